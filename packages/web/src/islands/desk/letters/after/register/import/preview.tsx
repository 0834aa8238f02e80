/** What each row becomes: added, changed or removed. Rows can be left out; the others become one signed change. */
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { say } from "../../../../../say.ts";
import { Actions, Button } from "../../../../../ui/button.tsx";
import { Check } from "../../../../../ui/choice.tsx";
import { Notice } from "../../../../../ui/notice.tsx";
import { ProblemNotice } from "../../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../../use-signed-act.ts";
import { type OfLetter, signNew } from "../../new-record.ts";
import { useSameRecord } from "../../use-same-record.ts";
import { changeProblem, changeProblemWords, changeRecord, type RegisterNow } from "../register-state.ts";
import { changesOf, type PlannedRow, plannedRows, type Steps } from "./import-steps.ts";
import { differences, leftOutWords, planWords, rowLine } from "./import-words.ts";

const AT_ONCE = 50;

export interface PreviewProps {
  readonly of: OfLetter;
  readonly register: RegisterNow;
  readonly steps: Extract<Steps, { at: "preview" }>;
  readonly onToggle: (id: string) => void;
  /** These are left out, and no others. */
  readonly onAll: (without: ReadonlySet<string>) => void;
  readonly onBack: () => void;
  /** How many rows were changed. */
  readonly onDone: (rows: number) => void;
}

export function Preview({ of, register, steps, onToggle, onAll, onBack, onDone }: PreviewProps) {
  const { result, plan, without } = steps;
  const [shown, setShown] = useState(AT_ONCE);
  const [refused, setRefused] = useState<string | null>(null);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("dealings-change");
  const rows = plannedRows(plan);
  const changes = changesOf(rows, without);
  const leftOut = leftOutWords(result);

  const send = async () => {
    const record = same(changeRecord(of, register.head, changes));
    const stops = changeProblem(register, record);
    setRefused(stops === null ? null : changeProblemWords(stops));
    if (stops !== null) return;
    const done = await act(
      {
        title: say("desk-register.change-the-register"),
        does: [
          say("desk-register.rows-changed-at-once", { count: changes.length }),
          say("desk-register.everybody-can-see-it-with"),
        ],
        button: say("desk-register.import"),
        forever: true,
      },
      (signer) => ({ record, sig: signNew("dealings", record, signer) }),
    );
    if (done !== null) onDone(changes.length);
  };
  return (
    <>
      <p role="status">
        {planWords(plan)}
        {without.size > 0 && say("desk-register.left-out-by-you", { count: without.size })}
      </p>
      {leftOut.length > 0 && (
        <ul class="hint">
          {leftOut.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {plan.kept.length > 0 && <p>{say("desk-register.rows-keep", { count: plan.kept.length })}</p>}
      {plan.replaced.length > 0 && (
        <Notice tone="warning">{say("desk-register.awards-that-have-a-contract")}</Notice>
      )}
      {rows.length > 1 && (
        <Actions>
          <Button kind="quiet" onPress={() => onAll(new Set())}>
            {say("desk-register.take-all")}
          </Button>
          <Button kind="quiet" onPress={() => onAll(new Set(rows.map(({ id }) => id)))}>
            {say("desk-register.leave-all-out")}
          </Button>
        </Actions>
      )}
      {rows.length > 0 && (
        <fieldset>
          <legend>{say("desk-register.rows-that-are-taken")}</legend>
          {rows.slice(0, shown).map((row, i) => (
            <Check
              key={row.id}
              id={`row-${i}`}
              label={labelOf(row)}
              checked={!without.has(row.id)}
              onChange={() => onToggle(row.id)}
            >
              <Becomes row={row} />
            </Check>
          ))}
        </fieldset>
      )}
      {rows.length > shown && (
        <Actions>
          <Button onPress={() => setShown(shown + AT_ONCE)}>
            {say("desk-register.show-more", { count: rows.length - shown })}
          </Button>
        </Actions>
      )}
      {refused !== null && (
        <Notice tone="bad" speak="alert">
          {refused}
        </Notice>
      )}
      <ProblemNotice problem={problem} again={send} />
      <Actions>
        <Button kind="primary" busy={busy} onPress={send}>
          {say("desk-register.import-rows", { count: changes.length })}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          {say("desk-register.back")}
        </Button>
      </Actions>
    </>
  );
}

function labelOf({ what, before, after }: PlannedRow): string {
  return say("desk-register.row-label", { what, name: foreign((after ?? before)?.what ?? "") });
}

function Becomes({ row: { before, after } }: { readonly row: PlannedRow }) {
  if (after === null) return <>{before !== null && rowLine(before)}</>;
  if (before === null) return <>{rowLine(after)}</>;
  return (
    <>
      {rowLine(after)}
      {differences(before, after).map((words) => (
        <span class="difference" key={words}>
          {words}
        </span>
      ))}
    </>
  );
}
