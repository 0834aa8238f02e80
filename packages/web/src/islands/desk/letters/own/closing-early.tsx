/** Closing before the day that stands in the letter: one owner proposes a day, a second agrees, and everybody is told two days before. */

import { signEarlyClosing } from "@undersigned/core";
import type { Words } from "@undersigned/messages";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
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
      <h3>{say("desk-letters.closing-early")}</h3>
      {dashboard.closing === null ? (
        <Propose {...props} />
      ) : dashboard.closing.logged ? (
        <p>
          <Says
            words={say.rich("desk-letters.have-agreed", {
              names: namesOf(dashboard.closing.by),
              day: say.day(dashboard.closing.closes),
            })}
          />
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
  if (span === null) return <p>{say("desk-letters.it-closes-so-soon-that")}</p>;
  if (!may("closing-propose")) return <p>{say("desk-letters.two-owners-together-can-close")}</p>;
  const fits = closes >= span.first && closes <= span.last;
  const propose = async () => {
    if (!fits) return;
    const { workforce, letter: id } = letter;
    const done = await act(
      {
        title: say("desk-letters.propose-to-close-early"),
        does: [
          say("desk-letters.would-close", { day: dayInWords(closes), planned: say.day(letter.closes) }),
          say("desk-letters.nothing-happens-before-a-second"),
        ],
        button: say("desk-letters.propose"),
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
      <p>{say("desk-letters.earliest", { day: dayInWords(span.first) })}</p>
      <DayField
        id="closes-early"
        label={say("desk-letters.new-last-day-for-signing")}
        value={closes}
        min={span.first}
        max={span.last}
        error={
          closes !== "" && !fits
            ? say("desk-letters.choose-a-day", { first: say.day(span.first), last: say.day(span.last) })
            : null
        }
        onType={setCloses}
      >
        {fits && <p class="hint">{dayInWords(closes)}</p>}
      </DayField>
      <ProblemNotice problem={problem} again={propose} />
      <Actions>
        <Button busy={busy}>{say("desk-letters.propose-2")}</Button>
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
        title: say("desk-letters.agree-to-close-early"),
        does: [
          say("desk-letters.closes-instead", { day: dayInWords(closes), planned: say.day(letter.closes) }),
          say("desk-letters.it-is-written-into-the"),
        ],
        button: say("desk-letters.agree"),
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
        <Says
          words={say.rich("desk-letters.have-proposed", {
            names: namesOf(by),
            count: by.length,
            day: dayInWords(closes),
            mine: mine ? "yes" : "no",
          })}
        />
      </Notice>
      <ProblemNotice problem={problem ?? dropping.problem} again={problem === null ? null : agree} />
      {may("closing-agree") && (
        <Actions>
          {!mine && (
            <Button kind="primary" busy={busy} onPress={agree}>
              {say("desk-letters.agree-2")}
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
            {mine ? say("desk-letters.take-the-proposal-back") : say("desk-letters.turn-it-down")}
          </Button>
        </Actions>
      )}
    </>
  );
}

function namesOf(aliases: readonly string[]): Words {
  return say.list(aliases.map((alias) => [foreign(alias)]));
}
