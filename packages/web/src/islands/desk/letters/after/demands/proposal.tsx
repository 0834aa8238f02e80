/** What one owner proposes: another agrees, or it is dropped. */

import { encodeRecord, recordHash } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
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
  const { announce } = useDesk();
  const may = useMay();
  const { act, busy, problem } = useSignedAct("judgement-agree");
  const dropping = useCall("judgement-drop");
  const words = judgementWords(record, day);
  const behind = isBehind(demand);
  const hash = recordHash("judgement-record", encodeRecord(record));

  const agree = async () => {
    const done = await act(
      {
        title: say("desk-after.agree-to-a-judgement"),
        does: [
          say("desk-after.log-says-of", { title: foreign(demand.title), judgement: words }),
          say("desk-after.both-have-signed", { by: foreign(by) }),
        ],
        button: say("desk-after.agree"),
        forever: true,
      },
      (signer) => ({ ...of, record: hash, sig: signNew("judgement", record, signer) }),
    );
    if (done === null) return;
    announce(say("desk-after.it-is-published"));
    onDone();
  };
  const drop = async () => {
    if ((await dropping.call({ ...of, record: hash })) === null) return;
    announce(say("desk-after.the-proposal-is-dropped"));
    onDone();
  };
  return (
    <div class="notice">
      <p>
        <Says
          words={say.rich("desk-after.proposes", {
            yours: yours ? "yes" : "no",
            by: foreign(by),
            judgement: words,
            strong: (inner) => (
              <strong>
                <Says words={inner} />
              </strong>
            ),
          })}
        />{" "}
        {behind
          ? say("desk-after.the-demand-was-judged-otherwise")
          : yours
            ? say("desk-after.another-owner-must-agree")
            : say("desk-after.if-you-agree-it-is")}
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
              {say("desk-after.agree-2")}
              <span class="visually-hidden"> {demand.title}</span>
            </Button>
          )}
          <Button busy={dropping.busy} onPress={drop}>
            {yours ? say("desk-after.take-it-back") : say("desk-after.turn-it-down")}
            <span class="visually-hidden"> {demand.title}</span>
          </Button>
        </Actions>
      )}
    </div>
  );
}
