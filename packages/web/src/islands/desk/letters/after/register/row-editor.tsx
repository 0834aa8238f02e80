/** One row by hand: added, changed, ended or removed, as one signed change. */

import type { DealingStatus } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
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
  changeProblem,
  changeProblemWords,
  changeRecord,
  type RegisterNow,
  type RowChange,
} from "./register-state.ts";
import { checkRow, draftOfRow, EMPTY_ROW, type ValueKind } from "./row-draft.ts";

const MOST_SOURCES = 10;
const STATUSES = ["reported", "confirmed", "denied", "ended"] as const satisfies readonly DealingStatus[];
const KINDS = ["obligated", "current", "potential"] as const satisfies readonly ValueKind[];

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
    setRefused(stops === null ? null : changeProblemWords(stops));
    if (stops !== null) return;
    const question = {
      title,
      does: [does, say("desk-register.everybody-can-see-it-with")],
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
    const title =
      before === null ? say("desk-register.add-a-row-to-the") : say("desk-register.change-a-row-of-the");
    const does = say("desk-register.register-says", {
      what: foreign(entry.what),
      supplier: foreign(entry.supplier),
      recipient: foreign(entry.recipient),
    });
    const words =
      before === null ? say("desk-register.the-row-is-added") : say("desk-register.the-row-is-changed");
    void send(
      { row: id, entry },
      title,
      does,
      before === null ? say("desk-register.add-it") : say("desk-register.change-it"),
      words,
    );
  };
  const remove = () =>
    void send(
      { row: id, entry: null },
      say("desk-register.remove-a-row-from-the"),
      say("desk-register.does-not-stand", { what: foreign(before?.what ?? "") }),
      say("desk-register.remove-it"),
      say("desk-register.the-row-is-removed"),
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
        {before === null ? say("desk-register.a-new-row") : say("desk-register.change-a-row")}
      </h3>
      <Form onSubmit={save}>
        {text("what", say("desk-register.what-is-supplied"))}
        {text("supplier", say("desk-register.by-whom"), say("desk-register.the-company-or-the-part"))}
        {text("recipient", say("desk-register.to-which-agency"))}
        {text("office", say("desk-register.to-which-part-or-office"))}
        <Group legend={say("desk-register.when-as-far-as-known")}>
          {day("agreed", say("desk-register.day-agreed"))}
          {day("from", say("desk-register.field.from"))}
          {day("until", say("desk-register.field.until"))}
        </Group>
        <Group legend={say("desk-register.value-if-known")}>
          {text("amount", say("desk-register.field.amount"), say("desk-register.in-digits-as-1200000-50"))}
          {value.amount.trim() !== "" && (
            <>
              {text(
                "currency",
                say("desk-register.field.currency"),
                say("desk-register.three-letters-as-usd-or"),
              )}
              <Choices<ValueKind>
                name="row-kind"
                legend={say("desk-register.what-the-amount-is")}
                options={KINDS.map((kind) => ({ value: kind, label: say(`desk-register.kind.${kind}`) }))}
                value={value.kind}
                onChoose={(kind) => change({ kind })}
              />
            </>
          )}
        </Group>
        <Choices<DealingStatus>
          name="row-status"
          legend={say("desk-register.how-it-stands")}
          options={STATUSES.map((status) => ({
            value: status,
            label: say(`desk-register.status.${status}`),
            hint: say(`desk-register.status.${status}.hint`),
          }))}
          value={value.status}
          onChoose={(status) => change({ status })}
        />
        {day("since", say("desk-register.since-when-that-is-so"))}
        {value.sources.map((source, i) => (
          <SourceFields
            key={`source ${i}`}
            id={`row-source-${i}`}
            legend={say("desk-register.source-n", { n: i + 1 })}
            source={source}
            errors={shown.sources?.[i] ?? {}}
            onChange={(part) => setSource(i, part)}
          />
        ))}
        <Actions>
          {value.sources.length < MOST_SOURCES && (
            <Button kind="quiet" onPress={() => change({ sources: [...value.sources, EMPTY_SOURCE] })}>
              {say("desk-register.add-a-source")}
            </Button>
          )}
          {value.sources.length > 1 && (
            <Button kind="quiet" onPress={() => change({ sources: value.sources.slice(0, -1) })}>
              {say("desk-register.take-out-source", { n: value.sources.length })}
            </Button>
          )}
        </Actions>
        {tried && errors !== null && (
          <Notice tone="bad" speak="alert">
            {say("desk-register.something-is-missing-or-does")}
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
            {before === null ? say("desk-register.add-the-row") : say("desk-register.save-the-change")}
          </Button>
          <Button
            kind="quiet"
            onPress={() => {
              clear();
              onStop();
            }}
          >
            {say("desk-register.do-not")}
          </Button>
          {before !== null && (
            <Button kind="quiet" busy={busy} onPress={remove}>
              {say("desk-register.remove-the-row")}
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
      <h4>{say("desk-register.changes-of-this-row")}</h4>
      <ul>
        {changes.map(({ day, record, entry }, i) => (
          <li key={record}>
            <Says
              words={say.rich("desk-register.row-change", {
                day: say.day(day),
                what: entry === null ? "removed" : i === 0 ? "added" : "changed",
                status: entry?.status ?? "",
              })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
