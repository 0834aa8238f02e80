/** What one owner proposes: another agrees, or it is dropped. */

import { encodeRecord, recordHash } from "@undersigned/core";
import { Actions, Button } from "../../../../ui/button.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useCall } from "../../../shell/use-call.ts";
import { useSignedAct } from "../../use-signed-act.ts";
import { signNew } from "../new-record.ts";
import { judgementWords, type Proposed } from "../words.ts";
import { type DemandProps, Reasons } from "./demand.tsx";
import { isBehind } from "./judgement-draft.ts";

export interface ProposalProps extends DemandProps {
  readonly proposed: Proposed;
}

export function Proposal({ of, demand, day, onDone, proposed }: ProposalProps) {
  const { record, by, yours } = proposed;
  const { say } = useDesk();
  const may = useMay();
  const { act, busy, problem } = useSignedAct("judgement-agree");
  const dropping = useCall("judgement-drop");
  const words = judgementWords(record, day);
  const behind = isBehind(demand);
  const hash = recordHash("judgement-record", encodeRecord(record));

  const agree = async () => {
    const done = await act(
      {
        title: "Agree to a judgement",
        does: [
          `The log says of “${demand.title}”: ${words}. With the reason that is shown.`,
          `${by} and you have signed it. Everybody can see it; what was said before stays readable.`,
        ],
        button: "Agree",
        forever: true,
      },
      (signer) => ({ ...of, record: hash, sig: signNew("judgement", record, signer) }),
    );
    if (done === null) return;
    say("It is published.");
    onDone();
  };
  const drop = async () => {
    if ((await dropping.call({ ...of, record: hash })) === null) return;
    say("The proposal is dropped.");
    onDone();
  };
  return (
    <div class="notice">
      <p>
        <strong>{yours ? "You propose" : <bdi>{by}</bdi>}</strong>
        {yours ? "" : " proposes"}: <strong>{words}</strong>. Readers do not see it yet.{" "}
        {behind
          ? "The demand was judged otherwise meanwhile, so this cannot be agreed to any more."
          : yours
            ? "Another owner must agree."
            : "If you agree, it is published."}
      </p>
      <Reasons record={record} />
      <ProblemNotice
        problem={problem ?? dropping.problem}
        again={problem === null ? dropping.again : agree}
      />
      {may("judgement-agree") && (
        <Actions>
          {!yours && !behind && (
            <Button kind="primary" busy={busy} onPress={agree}>
              Agree …<span class="visually-hidden"> {demand.title}</span>
            </Button>
          )}
          <Button busy={dropping.busy} onPress={drop}>
            {yours ? "Take it back" : "Turn it down"}
            <span class="visually-hidden"> {demand.title}</span>
          </Button>
        </Actions>
      )}
    </div>
  );
}
