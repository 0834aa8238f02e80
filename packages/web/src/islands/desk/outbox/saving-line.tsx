/** How it stands with what was typed: one line that stays in view, and the choice where two have written in one field. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { problemWords } from "../words/problems.ts";
import type { Conflict, OpenDocument } from "./open-document.ts";

export function SavingLine({ document }: { readonly document: OpenDocument }) {
  const { saving, problem, keeps } = document;
  return (
    <div class="saving" data-saving={saving}>
      <p role="status">{say(`desk.saving.${saving}`)}</p>
      {saving === "refused" && problem !== null && (
        <Notice tone="bad" speak="alert">
          {problemWords(problem)}
        </Notice>
      )}
      {!keeps && saving !== "saved" && (
        <Notice tone="warning">{say("desk.this-browser-keeps-nothing-on")}</Notice>
      )}
    </div>
  );
}

export interface ConflictsProps {
  readonly document: OpenDocument;
  /** What a field is called on the page. */
  readonly label: (name: string) => string;
  /** How a value is shown, if it is no text. */
  readonly show?: (name: string, value: unknown) => string;
}

export function Conflicts({ document, label, show = asText }: ConflictsProps) {
  return (
    <>
      {document.conflicts.map((conflict) => (
        <Both
          key={conflict.name}
          conflict={conflict}
          open={document.open}
          label={label(conflict.name)}
          show={(text) => show(conflict.name, JSON.parse(text))}
          onChoose={(which) => document.choose(conflict.name, which)}
        />
      ))}
    </>
  );
}

interface BothProps {
  readonly conflict: Conflict;
  readonly open: boolean;
  readonly label: string;
  readonly show: (text: string) => string;
  readonly onChoose: (which: "mine" | "theirs") => void;
}

function Both({ conflict, open, label, show, onChoose }: BothProps) {
  const { mine, theirs } = conflict;
  return (
    <section class="notice warning" aria-label={say("desk.two-texts", { label })}>
      <p role="alert">
        <Says
          words={say.rich("desk.wrote-here-too", {
            what: label,
            who: foreign(theirs.by),
            label: (words) => (
              <strong>
                <Says words={words} />
              </strong>
            ),
          })}
        />
      </p>
      <h3>{say("desk.yours")}</h3>
      <p class="lines both" dir="auto">
        {show(mine)}
      </p>
      <h3>{say("desk.theirs")}</h3>
      <p class="lines both" dir="auto">
        {show(theirs.value)}
      </p>
      <Actions>
        {open && <Button onPress={() => onChoose("mine")}>{say("desk.take-yours")}</Button>}
        <Button onPress={() => onChoose("theirs")}>{say("desk.take-theirs")}</Button>
      </Actions>
    </section>
  );
}

function asText(_name: string, value: unknown): string {
  if (value === null) return say("desk.taken-away");
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
