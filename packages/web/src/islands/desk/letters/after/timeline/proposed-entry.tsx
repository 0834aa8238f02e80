/** An entry that one owner proposes: another signs the very same, or it is dropped. */
import { type ActAnswer, encodeRecord, type LetterManifest, recordHash } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useCall } from "../../../shell/use-call.ts";
import { useSignedAct } from "../../use-signed-act.ts";
import { type OfLetter, signNew } from "../new-record.ts";
import { type Entry, isBehind, kindWords } from "./entries.ts";
import { ShownEntry } from "./shown-entry.tsx";

export type ProposedEntry = ActAnswer<"chronicle">["proposed"][number];

export interface ProposalProps {
  readonly of: OfLetter;
  readonly manifest: LetterManifest;
  readonly chronicle: readonly Entry[];
  readonly proposed: ProposedEntry;
  readonly onDone: () => void;
}

export function Proposal({ of, manifest, chronicle, proposed, onDone }: ProposalProps) {
  const { record, by, yours } = proposed;
  const { announce } = useDesk();
  const may = useMay();
  const { act, busy, problem } = useSignedAct("chronicle-agree");
  const dropping = useCall("chronicle-drop");
  const kind = kindWords(record);
  const behind = isBehind(record, chronicle);
  const hash = recordHash("chronicle-record", encodeRecord(record));

  const agree = async () => {
    const done = await act(
      {
        title: say("desk-timeline.sign-an-entry"),
        does: [
          record.replaces === null
            ? say("desk-timeline.log-tells", { kind })
            : say("desk-timeline.log-corrects", { kind }),
          record.entry.kind === "translation"
            ? say("desk-timeline.readers-take-it-for-the-letter")
            : say("desk-timeline.you-have-looked-at-it"),
          say("desk-timeline.both-have-signed", { by: foreign(by) }),
        ],
        button: say("desk-timeline.sign-it"),
        forever: true,
      },
      (signer) => ({ ...of, record: hash, sig: signNew("chronicle", record, signer) }),
    );
    if (done === null) return;
    announce(say("desk-timeline.it-is-published"));
    onDone();
  };
  const drop = async (again: (() => Promise<unknown>) | null = null) => {
    const done = await (again === null ? dropping.call({ ...of, record: hash }) : again());
    if (done === null) return;
    announce(say("desk-timeline.the-proposal-is-dropped"));
    onDone();
  };
  const repeat = dropping.again;
  return (
    <li class="card">
      <p>
        <Says
          words={say.rich("desk-timeline.proposes", {
            yours: yours ? "yes" : "no",
            by: foreign(by),
            kind,
            corrects: record.replaces === null ? "no" : "yes",
            strong: (inner) => (
              <strong>
                <Says words={inner} />
              </strong>
            ),
          })}
        />{" "}
        {behind
          ? say("desk-timeline.another-came-before")
          : say(yours ? "desk-timeline.another-owner-must-sign" : "desk-timeline.if-you-sign-it")}
      </p>
      <ShownEntry record={record} manifest={manifest} unfolded={!yours} />
      <ProblemNotice
        problem={problem ?? dropping.problem}
        again={problem !== null ? agree : repeat === null ? null : () => drop(repeat)}
      />
      {may("chronicle-agree") && (
        <Actions>
          {!yours && !behind && (
            <Button kind="primary" busy={busy} onPress={agree}>
              {say("desk-timeline.sign-it-too")}
              <span class="visually-hidden"> ({kind})</span>
            </Button>
          )}
          <Button busy={dropping.busy} onPress={() => drop()}>
            {say(yours ? "desk-timeline.drop-it" : "desk-timeline.turn-it-down")}
            <span class="visually-hidden"> ({kind})</span>
          </Button>
        </Actions>
      )}
    </li>
  );
}
