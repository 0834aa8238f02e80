/** Closing before the day that stands in the letter: one owner proposes a day, a second agrees, and everybody is told two days before. */
import { signEarlyClosing } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../../shared/words/days.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { DayField } from "../../../ui/day-field.tsx";
import { Form } from "../../../ui/form.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { useDesk, useMay } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useCall } from "../../shell/use-call.ts";
import { dayInWords } from "../editor/day-words.ts";
import { useSignedAct } from "../use-signed-act.ts";
import type { Dashboard, Letter } from "../words.ts";
import { earlyClosingSpan } from "./closing-days.ts";

export interface ClosingEarlyProps {
  readonly letter: Letter;
  readonly dashboard: Dashboard;
  readonly onDone: () => void;
}

export function ClosingEarly(props: ClosingEarlyProps) {
  const { dashboard, letter } = props;
  if (letter.state === "closed" || letter.state === "too-few") return null;
  return (
    <>
      <h3>Closing early</h3>
      {dashboard.closing === null ? (
        <Propose {...props} />
      ) : dashboard.closing.logged ? (
        <p>
          {namesOf(dashboard.closing.by)} have agreed: it closes with {longDay(dashboard.closing.closes)}.
          That stands in the log.
        </p>
      ) : (
        <Agree {...props} closing={dashboard.closing} />
      )}
    </>
  );
}

function Propose({ letter, dashboard, onDone }: ClosingEarlyProps) {
  const may = useMay();
  const { act, busy, problem } = useSignedAct("closing-propose");
  const span = earlyClosingSpan(dashboard.day, letter.opens, letter.closes);
  const [closes, setCloses] = useState("");
  if (span === null) return <p>It closes so soon that it cannot be closed earlier.</p>;
  if (!may("closing-propose")) return <p>Two owners together can close it early.</p>;
  const fits = closes >= span.first && closes <= span.last;
  const propose = async () => {
    if (!fits) return;
    const { workforce, letter: id } = letter;
    const done = await act(
      {
        title: "Propose to close early",
        does: [
          `The letter would close with ${dayInWords(closes)} instead of ${longDay(letter.closes)}.`,
          "Nothing happens before a second owner agrees. Then it is written into the log, and everybody can see it.",
        ],
        button: "Propose",
      },
      (signer) => ({
        workforce,
        letter: id,
        closes,
        sig: signEarlyClosing({ workforce, letter: id, closes }, signer).sig,
      }),
    );
    if (done !== null) onDone();
  };
  return (
    <Form onSubmit={propose}>
      <p>
        Two owners can agree on an earlier last day. The earliest is {dayInWords(span.first)}: at least two
        full days lie between, so that whoever still wants to sign, or to withdraw, can do it. The later the
        second owner agrees, the later that day.
      </p>
      <DayField
        id="closes-early"
        label="New last day for signing"
        value={closes}
        min={span.first}
        max={span.last}
        error={
          closes !== "" && !fits ? `Choose a day from ${longDay(span.first)} to ${longDay(span.last)}.` : null
        }
        onType={setCloses}
      >
        {fits && <p class="hint">{dayInWords(closes)}</p>}
      </DayField>
      <ProblemNotice problem={problem} again={propose} />
      <Actions>
        <Button busy={busy}>Propose …</Button>
      </Actions>
    </Form>
  );
}

type Closing = NonNullable<Dashboard["closing"]>;

function Agree({ letter, closing, onDone }: ClosingEarlyProps & { readonly closing: Closing }) {
  const may = useMay();
  const { session } = useDesk();
  const { act, busy, problem } = useSignedAct("closing-agree");
  const dropping = useCall("closing-drop");
  const { closes, by } = closing;
  const mine = by.includes(session.me.alias);
  const agree = async () => {
    const { workforce, letter: id } = letter;
    const done = await act(
      {
        title: "Agree to close early",
        does: [
          `The letter closes with ${dayInWords(closes)} instead of ${longDay(letter.closes)}.`,
          "It is written into the log at once, and everybody can see it.",
        ],
        button: "Agree",
        forever: true,
      },
      (signer) => ({
        workforce,
        letter: id,
        closes,
        sig: signEarlyClosing({ workforce, letter: id, closes }, signer).sig,
      }),
    );
    if (done !== null) onDone();
  };
  return (
    <>
      <Notice>
        {namesOf(by)} {by.length === 1 ? "has" : "have"} proposed that it closes with {dayInWords(closes)}.{" "}
        {mine ? "Another owner has to agree." : "If you agree, it is so."}
      </Notice>
      <ProblemNotice problem={problem ?? dropping.problem} again={problem === null ? null : agree} />
      {may("closing-agree") && (
        <Actions>
          {!mine && (
            <Button kind="primary" busy={busy} onPress={agree}>
              Agree …
            </Button>
          )}
          <Button
            busy={dropping.busy}
            onPress={() =>
              dropping
                .call({ workforce: letter.workforce, letter: letter.letter })
                .then((done) => done !== null && onDone())
            }
          >
            {mine ? "Take the proposal back" : "Turn it down"}
          </Button>
        </Actions>
      )}
    </>
  );
}

function namesOf(aliases: readonly string[]): string {
  return aliases.join(" and ");
}
