/** Takes an entry back, with a reason: one owner can do it, whatever the entry is. What it said stays readable. */
import { checkText } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { TextField } from "../../editor/text-field.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { signNew } from "../new-record.ts";
import { lineOf, textProblem } from "../source-draft.ts";
import { useSameRecord } from "../use-same-record.ts";
import { useTyped } from "../use-typed.ts";
import { entryName } from "./entries.ts";
import { entryRecord } from "./entry-draft.ts";
import type { ToldProps } from "./told.tsx";

const EMPTY = { reason: "" };

export function TakeBack({ of, entry, today, onDone, onStop }: ToldProps & { readonly onStop: () => void }) {
  const { announce } = useDesk();
  const { record: hash } = entry.leaf;
  const { value, change, clear } = useTyped(`chronicle-removal ${of.letter} ${hash}`, EMPTY);
  const [tried, setTried] = useState(false);
  const same = useSameRecord();
  const { act, busy, problem } = useSignedAct("chronicle-add");
  const reason = lineOf(value.reason);
  const error = reasonProblem(reason);

  const takeBack = async () => {
    setTried(true);
    if (error !== null) return;
    const record = same(entryRecord(of, today, { kind: "removal", reason }, hash));
    const done = await act(
      {
        title: say("desk-timeline.take-an-entry-back"),
        does: [
          say("desk-timeline.log-takes-back", { which: entryName(entry) }),
          say("desk-timeline.what-it-said-stays"),
        ],
        button: say("desk-timeline.take-it-back"),
        forever: true,
      },
      (signer) => ({ record, sig: signNew("chronicle", record, signer) }),
    );
    if (done === null) return;
    clear();
    announce(say("desk-timeline.it-is-taken-back"));
    onStop();
    onDone();
  };
  return (
    <Form onSubmit={takeBack}>
      <TextField
        id={`removal-${entry.index}`}
        field="chronicle"
        label={say("desk-timeline.why-taken-back", { which: entryName(entry) })}
        hint={say("desk-timeline.readers-see-the-reason")}
        lines={2}
        value={value.reason}
        error={tried ? error : null}
        onType={(typed) => change({ reason: typed })}
      />
      <ProblemNotice problem={problem} again={takeBack} />
      <Actions>
        <Button busy={busy}>{say("desk-timeline.take-it-back-now")}</Button>
        <Button
          kind="quiet"
          onPress={() => {
            clear();
            onStop();
          }}
        >
          {say("desk-timeline.do-not")}
        </Button>
      </Actions>
    </Form>
  );
}

function reasonProblem(reason: string): string | null {
  if (reason === "") return say("desk-timeline.say-why");
  return checkText(reason, 1, 500, false) === null ? null : textProblem(reason);
}
