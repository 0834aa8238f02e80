/** One answer that stands in the log, as readers see it, and how its text is withheld where it endangers people. */

import type { WithheldRecord } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import type { FurtherView } from "@undersigned/verify";
import { useState } from "preact/hooks";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Choices } from "../../../../ui/choice.tsx";
import { Form } from "../../../../ui/form.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import { type OfLetter, withholding } from "../new-record.ts";
import { Opening } from "../opening.tsx";
import { Lines, ShownSource } from "../shown-source.tsx";
import { WITHHELD_REASONS, withheldWords } from "../words.ts";

type Response = FurtherView["responses"][number];

export interface PublishedProps {
  readonly of: OfLetter;
  readonly response: Response;
  readonly onDone: () => void;
}

export function Published({ of, response, onDone }: PublishedProps) {
  const may = useMay();
  const { leaf, record, withheld } = response;
  const which = say("desk-after.which", { kind: leaf.kind, day: say.day(leaf.day) });
  return (
    <li class="card">
      <p>
        <Says
          words={say.rich("desk-after.logged-on", {
            kind: leaf.kind,
            day: say.day(leaf.day),
            strong: (words) => (
              <strong>
                <Says words={words} />
              </strong>
            ),
          })}
        />
      </p>
      {record === null && (
        <p>{withheld === null ? say("desk-after.its-text-is-not-among") : withheldWords(withheld)}</p>
      )}
      {record?.kind === "mail" && (
        <p class="hint">
          <Says
            words={say.rich("desk-after.mail-from", {
              mailbox: foreign(record.mailbox),
              day: say.day(record.dated),
              subject: foreign(record.subject),
            })}
          />{" "}
          {evidenceWords(record.evidence !== null, response.evidence)}
        </p>
      )}
      {record !== null && (
        <blockquote dir="auto">
          <Lines text={record.text} />
        </blockquote>
      )}
      {record?.kind === "statement" && <ShownSource source={record.source} />}
      {record !== null && may("response-withhold") && (
        <Opening button={say("desk-after.withhold-its-text")} about={`(${which})`} kind="quiet">
          {(close) => <Withhold of={of} record={leaf.record} which={which} onDone={onDone} onStop={close} />}
        </Opening>
      )}
    </li>
  );
}

/** `named`: the record names a file to check it with. `there`: it is among the public files. */
function evidenceWords(named: boolean, there: boolean): string {
  if (there) return say("desk-after.the-mails-signature-was-checked");
  return named
    ? say("desk-after.the-mails-signature-was-checked-the")
    : say("desk-after.the-mails-signature-was-checked-the-mail");
}

interface WithholdProps {
  readonly of: OfLetter;
  readonly record: string;
  /** As `the mail of 3 May 2026`. */
  readonly which: string;
  readonly onDone: () => void;
  readonly onStop: () => void;
}

function Withhold({ of, record, which, onDone, onStop }: WithholdProps) {
  const { announce } = useDesk();
  const [reason, setReason] = useState<WithheldRecord["reason"] | "">("");
  const [tried, setTried] = useState(false);
  const { act, busy, problem } = useSignedAct("response-withhold");
  const withhold = async () => {
    setTried(true);
    if (reason === "") return;
    const done = await act(
      {
        title: say("desk-after.withhold-a-text"),
        does: [
          say("desk-after.the-text-is-erased-from"),
          say("desk-after.it-stays-visible-that-there"),
          say("desk-after.whoever-has-read-or-copied"),
        ],
        button: say("desk-after.withhold-it"),
        forever: true,
      },
      (signer) => withholding(of, record, reason, signer),
    );
    if (done === null) return;
    onStop();
    announce(say("desk-after.the-text-is-withheld"));
    onDone();
  };
  return (
    <Form onSubmit={withhold}>
      <p>{say("desk-after.withhold-it-only-where-it")}</p>
      <Choices
        name={`withhold-${record}`}
        legend={say("desk-after.why-withheld", { which })}
        value={reason as WithheldRecord["reason"]}
        options={WITHHELD_REASONS.map((value) => ({
          value,
          label: say(`desk-after.withheld.${value}`),
          hint: say(`desk-after.withheld.${value}.hint`),
        }))}
        error={tried && reason === "" ? say("desk-after.choose-a-reason-readers-see") : null}
        onChoose={setReason}
      />
      <ProblemNotice problem={problem} again={withhold} />
      <Actions>
        <Button busy={busy}>{say("desk-after.withhold-it-3")}</Button>
        <Button kind="quiet" onPress={onStop}>
          {say("desk-after.do-not")}
        </Button>
      </Actions>
    </Form>
  );
}
