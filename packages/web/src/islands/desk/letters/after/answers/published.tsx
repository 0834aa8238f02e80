/** One answer that stands in the log, as readers see it, and how its text is withheld where it endangers people. */
import type { WithheldRecord } from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { useState } from "preact/hooks";
import { longDay } from "../../../../../shared/words/days.ts";
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
  const which = `${leaf.kind === "mail" ? "the mail" : "the statement"} of ${longDay(leaf.day)}`;
  return (
    <li class="card">
      <p>
        <strong>
          {leaf.kind === "mail" ? "A mail from the addressee" : "A statement, entered by organisers"}
        </strong>
        , logged on <time datetime={leaf.day}>{longDay(leaf.day)}</time>
      </p>
      {record === null && (
        <p>{withheld === null ? "Its text is not among the public files." : withheldWords(withheld)}</p>
      )}
      {record?.kind === "mail" && (
        <p class="hint">
          From <bdi>{record.mailbox}</bdi>, dated {longDay(record.dated)}: “<bdi>{record.subject}</bdi>”.{" "}
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
        <Opening button="Withhold its text …" about={`(${which})`} kind="quiet">
          {(close) => <Withhold of={of} record={leaf.record} which={which} onDone={onDone} onStop={close} />}
        </Opening>
      )}
    </li>
  );
}

/** `named`: the record names a file to check it with. `there`: it is among the public files. */
function evidenceWords(named: boolean, there: boolean): string {
  if (there) return "The mail's signature was checked, and everybody can check it again.";
  return named
    ? "The mail's signature was checked. The file to check it again with is not among the public files."
    : "The mail's signature was checked. The mail itself is not shown, since it names others.";
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
  const { say } = useDesk();
  const [reason, setReason] = useState<WithheldRecord["reason"] | "">("");
  const [tried, setTried] = useState(false);
  const { act, busy, problem } = useSignedAct("response-withhold");
  const withhold = async () => {
    setTried(true);
    if (reason === "") return;
    const done = await act(
      {
        title: "Withhold a text",
        does: [
          "The text is erased from this board, with the file by which it could be checked.",
          "It stays visible that there was an answer, on which day, its hash, and that you have withheld it, with the day and your reason.",
          "Whoever has read or copied it still has it.",
        ],
        button: "Withhold it",
        forever: true,
      },
      (signer) => withholding(of, record, reason, signer),
    );
    if (done === null) return;
    onStop();
    say("The text is withheld.");
    onDone();
  };
  return (
    <Form onSubmit={withhold}>
      <p>
        Withhold it only where it puts people in danger. What stays: that there was an answer, its day, its
        hash, and your reason. Readers see that you did it.
      </p>
      <Choices
        name={`withhold-${record}`}
        legend={`Why is the text of ${which} withheld?`}
        value={reason as WithheldRecord["reason"]}
        options={WITHHELD_REASONS}
        error={tried && reason === "" ? "Choose a reason: readers see it." : null}
        onChoose={setReason}
      />
      <ProblemNotice problem={problem} again={withhold} />
      <Actions>
        <Button busy={busy}>Withhold it …</Button>
        <Button kind="quiet" onPress={onStop}>
          Do not
        </Button>
      </Actions>
    </Form>
  );
}
