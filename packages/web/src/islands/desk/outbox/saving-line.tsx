/** How it stands with what was typed: one line that stays in view, and the choice where two have written in one field. */
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { problemWords } from "../words/problems.ts";
import type { Conflict, OpenDocument, Saving } from "./open-document.ts";

const WORDS: Readonly<Record<Saving, string>> = {
  saved: "Everything is saved.",
  unsaved: "Being saved …",
  saving: "Being saved …",
  offline:
    "Not saved yet: the board does not answer. It is kept on this device, sealed, and tried again by itself.",
  choose: "Not all is saved: somebody else has written in the same place. Choose which text stays.",
  refused: "Not saved. It is kept on this device, sealed.",
};

export function SavingLine({ document }: { readonly document: OpenDocument }) {
  const { saving, problem, keeps } = document;
  return (
    <div class="saving" data-saving={saving}>
      <p role="status">{WORDS[saving]}</p>
      {saving === "refused" && problem !== null && (
        <Notice tone="bad" speak="alert">
          {problemWords(problem)}
        </Notice>
      )}
      {!keeps && saving !== "saved" && (
        <Notice tone="warning">
          This browser keeps nothing on the device. Do not close this page before everything is saved.
        </Notice>
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
    <section class="notice warning" aria-label={`Two texts: ${label}`}>
      <p role="alert">
        <strong>{label}:</strong> <bdi>{theirs.by}</bdi> has written here while you did. Both are kept until
        you choose.
      </p>
      <h3>Yours</h3>
      <p class="lines both" dir="auto">
        {show(mine)}
      </p>
      <h3>Theirs</h3>
      <p class="lines both" dir="auto">
        {show(theirs.value)}
      </p>
      <Actions>
        {open && <Button onPress={() => onChoose("mine")}>Take yours</Button>}
        <Button onPress={() => onChoose("theirs")}>Take theirs</Button>
      </Actions>
    </section>
  );
}

function asText(_name: string, value: unknown): string {
  if (value === null) return "(taken away)";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
