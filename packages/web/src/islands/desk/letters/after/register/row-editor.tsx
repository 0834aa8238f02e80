/** One row by hand: added, changed, ended or removed, as one signed change. */
import type { DealingStatus } from "@undersigned/core";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { longDay } from "../../../../../shared/words/days.ts";
import { STATUS_WORDS, VALUE_KINDS } from "../../../../../shared/words/dealings.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Choices } from "../../../../ui/choice.tsx";
import { DayField } from "../../../../ui/day-field.tsx";
import { Form } from "../../../../ui/form.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { TextField } from "../../editor/text-field.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { type OfLetter, signNew } from "../new-record.ts";
import { EMPTY_SOURCE, type SourceDraft } from "../source-draft.ts";
import { SourceFields } from "../source-fields.tsx";
import { useSameRecord } from "../use-same-record.ts";
import { useTyped } from "../use-typed.ts";
import {
  CHANGE_PROBLEMS,
  changeProblem,
  changeRecord,
  type RegisterNow,
  type RowChange,
} from "./register-state.ts";
import { checkRow, draftOfRow, EMPTY_ROW, type ValueKind } from "./row-draft.ts";

const MOST_SOURCES = 10;
const STATUSES: readonly { readonly value: DealingStatus; readonly label: string; readonly hint: string }[] =
  [
    { value: "reported", label: STATUS_WORDS.reported, hint: "A source says so." },
    { value: "confirmed", label: STATUS_WORDS.confirmed, hint: "The company has said so itself." },
    { value: "denied", label: STATUS_WORDS.denied, hint: "The company has said that it is not so." },
    { value: "ended", label: STATUS_WORDS.ended, hint: "It was, and is over." },
  ];
const KINDS: readonly { readonly value: ValueKind; readonly label: string }[] = [
  { value: "obligated", label: `What is ${VALUE_KINDS.obligated} by contract` },
  { value: "current", label: "The contract's present value" },
  { value: "potential", label: "What it can become at most" },
];

export interface RowEditorProps {
  readonly of: OfLetter;
  readonly register: RegisterNow;
  /** Of a row that stands, or of a new one. */
  readonly id: string;
  readonly onDone: (words: string) => void;
  readonly onStop: () => void;
}

export function RowEditor({ of, register, id, onDone, onStop }: RowEditorProps) {
  const before = register.rows.get(id) ?? null;
  const form = `row ${of.letter} ${before === null ? "new" : id}`;
  const { value, change, clear } = useTyped(form, before === null ? EMPTY_ROW : draftOfRow(before));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("dealings-change");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { entry, errors } = checkRow(value);
  const shown = tried ? (errors ?? {}) : {};

  const send = async (rowChange: RowChange, title: string, does: string, button: string, words: string) => {
    const record = same(changeRecord(of, register.head, [rowChange]));
    const stops = changeProblem(register, record);
    setRefused(stops === null ? null : CHANGE_PROBLEMS[stops]);
    if (stops !== null) return;
    const question = {
      title,
      does: [does, "Everybody can see it, with the day. What stood there before stays readable."],
    };
    const done = await act({ ...question, button, forever: true }, (signer) => ({
      record,
      sig: signNew("dealings", record, signer),
    }));
    if (done === null) return;
    clear();
    onDone(words);
  };
  const save = () => {
    setTried(true);
    if (entry === null) return;
    const title = before === null ? "Add a row to the register" : "Change a row of the register";
    const does = `The register says of “${entry.what}”: ${entry.supplier} supplies it to ${entry.recipient}.`;
    const words = before === null ? "The row is added." : "The row is changed.";
    void send({ row: id, entry }, title, does, before === null ? "Add it" : "Change it", words);
  };
  const remove = () =>
    void send(
      { row: id, entry: null },
      "Remove a row from the register",
      `“${before?.what ?? ""}” does not stand in the register any more. If it has only ended, give it the status “Ended” instead.`,
      "Remove it",
      "The row is removed.",
    );
  const setSource = (at: number, part: Partial<SourceDraft>) =>
    change({ sources: value.sources.map((source, i) => (i === at ? { ...source, ...part } : source)) });
  const text = (
    field: "what" | "supplier" | "recipient" | "office" | "currency" | "amount",
    label: string,
    hint?: string,
  ) => (
    <TextField
      id={`row-${field}`}
      field="row"
      label={label}
      {...(hint === undefined ? {} : { hint })}
      {...(field === "what" ? { lines: 2 } : {})}
      value={value[field]}
      error={shown[field] ?? null}
      onType={(typed) => change({ [field]: typed })}
    />
  );
  const day = (field: "agreed" | "from" | "until" | "since", label: string) => (
    <DayField
      id={`row-${field}`}
      label={label}
      value={value[field]}
      error={shown[field] ?? null}
      onType={(typed) => change({ [field]: typed })}
    />
  );
  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {before === null ? "A new row" : "Change a row"}
      </h3>
      <Form onSubmit={save}>
        {text("what", "What is supplied")}
        {text("supplier", "By whom", "The company, or the part of it that is named.")}
        {text("recipient", "To which agency")}
        {text("office", "To which part or office of it, if known")}
        <Group legend="When, as far as known">
          {day("agreed", "Agreed on")}
          {day("from", "From")}
          {day("until", "Until")}
        </Group>
        <Group legend="Value, if known">
          {text("amount", "Amount", "In digits, as 1200000.50. Leave it empty if it is not known.")}
          {value.amount.trim() !== "" && (
            <>
              {text("currency", "Currency", "Three letters, as USD or EUR.")}
              <Choices<ValueKind>
                name="row-kind"
                legend="What the amount is"
                options={KINDS}
                value={value.kind}
                onChoose={(kind) => change({ kind })}
              />
            </>
          )}
        </Group>
        <Choices<DealingStatus>
          name="row-status"
          legend="How it stands"
          options={STATUSES}
          value={value.status}
          onChoose={(status) => change({ status })}
        />
        {day("since", "Since when that is so, if known")}
        {value.sources.map((source, i) => (
          <SourceFields
            key={`source ${i}`}
            id={`row-source-${i}`}
            legend={`Source ${i + 1}`}
            source={source}
            errors={shown.sources?.[i] ?? {}}
            onChange={(part) => setSource(i, part)}
          />
        ))}
        <Actions>
          {value.sources.length < MOST_SOURCES && (
            <Button kind="quiet" onPress={() => change({ sources: [...value.sources, EMPTY_SOURCE] })}>
              Add a source
            </Button>
          )}
          {value.sources.length > 1 && (
            <Button kind="quiet" onPress={() => change({ sources: value.sources.slice(0, -1) })}>
              Take out source {value.sources.length}
            </Button>
          )}
        </Actions>
        {tried && errors !== null && (
          <Notice tone="bad" speak="alert">
            Something is missing or does not fit: look at what is said beside the fields.
          </Notice>
        )}
        {refused !== null && (
          <Notice tone="bad" speak="alert">
            {refused}
          </Notice>
        )}
        <ProblemNotice problem={problem} again={save} />
        <Actions>
          <Button kind="primary" busy={busy}>
            {before === null ? "Add the row …" : "Save the change …"}
          </Button>
          <Button
            kind="quiet"
            onPress={() => {
              clear();
              onStop();
            }}
          >
            Do not
          </Button>
          {before !== null && (
            <Button kind="quiet" busy={busy} onPress={remove}>
              Remove the row …
            </Button>
          )}
        </Actions>
      </Form>
      <History register={register} id={id} />
    </>
  );
}

function Group({ legend, children }: { readonly legend: string; readonly children: ComponentChildren }) {
  return (
    <fieldset class="source-fields">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

function History({ register, id }: Pick<RowEditorProps, "register" | "id">) {
  const changes = register.history.get(id) ?? [];
  if (changes.length === 0) return null;
  return (
    <>
      <h4>Changes of this row</h4>
      <ul>
        {changes.map(({ day, record, entry }, i) => (
          <li key={record}>
            <time datetime={day}>{longDay(day)}</time>:{" "}
            {entry === null ? "removed" : i === 0 ? "added" : `changed (${STATUS_WORDS[entry.status]})`}
          </li>
        ))}
      </ul>
    </>
  );
}
