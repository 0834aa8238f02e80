/** The editor of a translation: each part of the letter with its field beside it. What stands in the letter binds, and stays as it is. */
import type { LetterManifest } from "@undersigned/core";
import { useMemo } from "preact/hooks";
import { directionOf } from "../../../../../shared/words/direction.ts";
import { say } from "../../../../say.ts";
import { TextField } from "../../editor/text-field.tsx";
import { Lines } from "../shown-source.tsx";
import type { EntryDraft, EntryErrors } from "./entry-draft.ts";
import { isLanguageTag, type LetterPart, languageName, partsOf, type Texts } from "./translation-draft.ts";

export interface TranslationFieldsProps {
  /** Before the ids of the fields. */
  readonly id: string;
  readonly manifest: LetterManifest;
  readonly draft: EntryDraft;
  /** That it corrects one: its language stays. */
  readonly fixed: boolean;
  readonly errors: EntryErrors;
  readonly onChange: (part: Partial<EntryDraft>) => void;
}

export function TranslationFields(props: TranslationFieldsProps) {
  const { id, manifest, draft, fixed, errors, onChange } = props;
  const parts = useMemo(() => partsOf(manifest), [manifest]);
  const into = draft.language.trim();
  const known = isLanguageTag(into);
  return (
    <>
      <p>{say("desk-timeline.binding-text", { language: languageName(manifest.language) })}</p>
      {fixed ? (
        <p>
          <strong>{say("desk-timeline.translation-into", { language: languageName(into) })}</strong>
        </p>
      ) : (
        <TextField
          id={`${id}-language`}
          field="chronicle"
          label={say("desk-timeline.field.language")}
          hint={known ? languageName(into) : say("desk-timeline.field.language.hint")}
          dir="ltr"
          value={draft.language}
          error={errors.language ?? null}
          onType={(language) => onChange({ language })}
        />
      )}
      {parts.map((part) => (
        <section class="translated" key={part.name} aria-labelledby={`${id}-${part.name}-part`}>
          <p id={`${id}-${part.name}-part`}>
            <strong>{partName(part)}</strong>
          </p>
          <div class="pair">
            <Binding part={part} language={manifest.language} />
            <TextField
              id={`${id}-${part.name}`}
              field="chronicle"
              label={say("desk-timeline.part-translated", { part: partName(part) })}
              {...(part.rows > 1 ? { lines: part.rows } : {})}
              dir="auto"
              value={draft.texts[part.name] ?? ""}
              error={errors.texts?.[part.name] ?? null}
              onType={(text) => onChange({ texts: { ...draft.texts, [part.name]: text } })}
            />
          </div>
        </section>
      ))}
    </>
  );
}

export interface SideBySideProps {
  readonly manifest: LetterManifest;
  readonly language: string;
  readonly texts: Texts;
}

/** A translation with the binding text beside it, for who is to sign it. */
export function SideBySide({ manifest, language, texts }: SideBySideProps) {
  return (
    <>
      {partsOf(manifest).map((part) => (
        <section class="translated" key={part.name}>
          <p>
            <strong>{partName(part)}</strong>
          </p>
          <div class="pair">
            <Binding part={part} language={manifest.language} />
            <blockquote lang={language} dir={directionOf(language)}>
              <Lines text={texts[part.name] ?? ""} />
            </blockquote>
          </div>
        </section>
      ))}
    </>
  );
}

function Binding({ part, language }: { readonly part: LetterPart; readonly language: string }) {
  return (
    <blockquote
      class="binding"
      lang={language}
      dir={directionOf(language)}
      aria-label={say("desk-timeline.in-the-letter", { part: partName(part) })}
    >
      <Lines text={part.binding} />
    </blockquote>
  );
}

function partName({ label, number }: LetterPart): string {
  return label === "title" || label === "body" || label === "supplement"
    ? say(`desk-timeline.part.${label}`)
    : say(`desk-timeline.part.${label}`, { number });
}
