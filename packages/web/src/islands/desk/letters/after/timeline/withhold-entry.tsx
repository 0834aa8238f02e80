/** Withholds the text of an entry where it endangers people. For mistakes there are corrections, which everybody can see. */
import type { WithheldRecord } from "@undersigned/core";
import { useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Choices } from "../../../../ui/choice.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { type OfLetter, withholding } from "../new-record.ts";
import { WITHHELD_REASONS } from "../words.ts";
import { type Entry, entryName } from "./entries.ts";

export interface WithholdEntryProps {
  readonly of: OfLetter;
  readonly entry: Entry;
  readonly onDone: () => void;
  readonly onStop: () => void;
}

export function WithholdEntry({ of, entry, onDone, onStop }: WithholdEntryProps) {
  const { announce } = useDesk();
  const [reason, setReason] = useState<WithheldRecord["reason"] | "">("");
  const [tried, setTried] = useState(false);
  const { act, busy, problem } = useSignedAct("response-withhold");
  const withhold = async () => {
    setTried(true);
    if (reason === "") return;
    const done = await act(
      {
        title: say("desk-timeline.withhold-a-text"),
        does: [
          say("desk-timeline.the-text-is-erased"),
          say("desk-timeline.what-stays-of-it"),
          say("desk-timeline.who-copied-it-has-it"),
        ],
        button: say("desk-timeline.withhold-it"),
        forever: true,
      },
      (signer) => withholding(of, entry.leaf.record, reason, signer),
    );
    if (done === null) return;
    onStop();
    announce(say("desk-timeline.the-text-is-withheld"));
    onDone();
  };
  return (
    <Form onSubmit={withhold}>
      <p>{say("desk-timeline.withhold-only-where")}</p>
      <Choices
        name={`withhold-${entry.index}`}
        legend={say("desk-timeline.why-withheld", { which: entryName(entry) })}
        value={reason as WithheldRecord["reason"]}
        options={WITHHELD_REASONS.map((value) => ({
          value,
          label: say(`desk-timeline.withheld.${value}`),
          hint: say(`desk-timeline.withheld.${value}.hint`),
        }))}
        error={tried && reason === "" ? say("desk-timeline.choose-a-reason") : null}
        onChoose={setReason}
      />
      <ProblemNotice problem={problem} again={withhold} />
      <Actions>
        <Button busy={busy}>{say("desk-timeline.withhold-it-now")}</Button>
        <Button kind="quiet" onPress={onStop}>
          {say("desk-timeline.do-not")}
        </Button>
      </Actions>
    </Form>
  );
}
