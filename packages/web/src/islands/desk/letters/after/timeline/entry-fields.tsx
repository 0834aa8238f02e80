/** The fields of an entry, after its kind: what happened, when, and where it can be read. */
import { say } from "../../../../say.ts";
import { DayField } from "../../../../ui/day-field.tsx";
import { dayInWords } from "../../editor/day-words.ts";
import { TextField } from "../../editor/text-field.tsx";
import { SourceFields } from "../source-fields.tsx";
import {
  type EntryDraft,
  type EntryErrors,
  hasDay,
  hasSource,
  type TextName,
  type WrittenKind,
} from "./entry-draft.ts";

interface FieldOf {
  readonly name: TextName;
  readonly lines?: number;
  readonly hint?: true;
  readonly dir?: "ltr";
}

/** A translation has fields of its own. */
const FIELDS: Readonly<Record<Exclude<WrittenKind, "translation">, readonly FieldOf[]>> = {
  report: [{ name: "text", lines: 5 }],
  statement: [{ name: "text", lines: 5 }],
  remark: [{ name: "text", lines: 5 }],
  figure: [
    { name: "what", hint: true },
    { name: "value", hint: true, dir: "ltr" },
    { name: "unit", hint: true },
  ],
  elsewhere: [{ name: "title" }, { name: "organisation" }, { name: "follows", hint: true, dir: "ltr" }],
  mirror: [{ name: "url", hint: true, dir: "ltr" }],
  topics: [{ name: "topics", lines: 4, hint: true }],
};

export interface EntryFieldsProps {
  /** Before the ids of the fields. */
  readonly id: string;
  readonly kind: Exclude<WrittenKind, "translation">;
  readonly draft: EntryDraft;
  /** The board's day. */
  readonly today: string;
  /** Shown once somebody has tried to go on. */
  readonly errors: EntryErrors;
  readonly onChange: (part: Partial<EntryDraft>) => void;
}

export function EntryFields({ id, kind, draft, today, errors, onChange }: EntryFieldsProps) {
  return (
    <>
      {FIELDS[kind].map(({ name, hint, ...rest }) => (
        <TextField
          key={name}
          id={`${id}-${name}`}
          field="chronicle"
          label={say(
            name === "text" ? `desk-timeline.field.text.${textKind(kind)}` : `desk-timeline.field.${name}`,
          )}
          {...(hint === true && name !== "text" ? { hint: hintOf(name) } : {})}
          {...rest}
          value={draft[name]}
          error={errors[name] ?? null}
          onType={(typed) => onChange({ [name]: typed })}
        />
      ))}
      {hasDay(kind) && (
        <DayField
          id={`${id}-on`}
          label={say("desk-timeline.when")}
          value={draft.on}
          max={today}
          error={errors.on ?? null}
          onType={(on) => onChange({ on })}
        >
          {draft.on !== "" && <p class="hint">{dayInWords(draft.on)}</p>}
        </DayField>
      )}
      {hasSource(kind) && (
        <SourceFields
          id={`${id}-source`}
          legend={say(kind === "remark" ? "desk-timeline.source-if-any" : "desk-timeline.source")}
          source={draft.source}
          errors={errors.source ?? {}}
          onChange={(part) => onChange({ source: { ...draft.source, ...part } })}
        />
      )}
    </>
  );
}

function textKind(kind: WrittenKind): "report" | "statement" | "remark" {
  return kind === "report" || kind === "statement" ? kind : "remark";
}

function hintOf(name: TextName): string {
  return say.known(`desk-timeline.field.${name}.hint`) ?? "";
}
