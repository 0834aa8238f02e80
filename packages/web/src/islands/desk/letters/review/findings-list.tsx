/** Everything in the letter that may give somebody away, field by field, each with its cleaning button. */
import type { JsonValue } from "@undersigned/core";
import { useMemo } from "preact/hooks";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { hashOf } from "../../shell/route.ts";
import { FoundList } from "../editor/found-notice.tsx";
import { labelOf, sectionOf } from "../editor/letter-fields.ts";
import { cleanedField, foundInDraft } from "../findings.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

export function FindingsList({ draft }: { readonly draft: LetterDraft }) {
  const { document, fields, values } = draft;
  const all = useMemo(() => {
    const parsed = [...fields].map(([name, text]): [string, JsonValue] => [name, JSON.parse(text)]);
    // What was taken out of the letter is not published.
    const inLetter = parsed.filter(([name]) => !name.includes(":") || isPart(name, values));
    return foundInDraft(new Map(inLetter));
  }, [fields, values]);
  if (all.length === 0) {
    return <Notice tone="good">{say("desk-writing.no-hidden-characters-tracked-links")}</Notice>;
  }
  return (
    <ul class="plain">
      {all.map(({ field, found }) => {
        const section = sectionOf(field);
        const label = labelOf(field, values);
        const value = document.value(field) as JsonValue;
        return (
          <li class="notice warning" key={field}>
            <p>
              <strong>{label}</strong>
            </p>
            <FoundList found={found} />
            <Actions>
              {found.some(({ mends }) => mends) && (
                <Button onPress={() => document.set(field, cleanedField(field, value))}>
                  {say("desk.clean-field", { label })}
                </Button>
              )}
              {section !== null && (
                <a class="button" href={hashOf("draft", document.id, section)}>
                  {say("desk-writing.look-at-it")}
                  <span class="visually-hidden"> {label}</span>
                </a>
              )}
            </Actions>
          </li>
        );
      })}
    </ul>
  );
}

function isPart(name: string, { demands, claims }: LetterDraft["values"]): boolean {
  const id = name.slice(name.indexOf(":") + 1);
  return (name.startsWith("demand:") ? demands : claims).some((part) => part.id === id);
}
