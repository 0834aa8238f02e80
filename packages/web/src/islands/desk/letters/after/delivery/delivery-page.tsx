/** *Hand it over*: the document, how it goes, what the addressee is told, and what came of it. */
import type { PreparedDelivery } from "@undersigned/core";
import { longDay } from "../../../../../shared/words/days.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { Progress } from "../../../../ui/progress.tsx";
import type { PageProps } from "../../../parts.ts";
import { useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { hashOf } from "../../../shell/route.ts";
import { useAnswer, useCall } from "../../../shell/use-call.ts";
import type { Letter } from "../../words.ts";
import { type AfterProps, AfterScreen } from "../after-screen.tsx";
import { type Delivery, WAY_WORDS } from "../words.ts";
import { deliverySpan, type Span, stepOf } from "./delivery-steps.ts";
import { DocumentFacts } from "./document-facts.tsx";
import { HandingOver } from "./handing-over.tsx";

export function DeliveryPage({ route }: PageProps) {
  return <AfterScreen route={route}>{(props) => <Standing {...props} />}</AfterScreen>;
}

function Standing({ after }: AfterProps) {
  const { letter } = after;
  const of = { workforce: letter.workforce, letter: letter.letter };
  const delivery = useAnswer("delivery", of);
  // The board's day, which may be another than this device's.
  const dashboard = useAnswer("dashboard", of);
  const problem = delivery.problem ?? dashboard.problem;
  const reload = () => {
    delivery.reload();
    dashboard.reload();
  };
  return (
    <>
      <ProblemNotice problem={problem} again={reload} />
      {(delivery.answer === null || dashboard.answer === null) && problem === null && (
        <Progress label="The board is being asked." />
      )}
      {delivery.answer !== null && dashboard.answer !== null && (
        <Steps
          letter={letter}
          delivery={delivery.answer}
          span={deliverySpan(letter.closes, dashboard.answer.day)}
          reload={reload}
        />
      )}
    </>
  );
}

interface StepsProps {
  readonly letter: Letter;
  readonly delivery: Delivery;
  readonly span: Span | null;
  readonly reload: () => void;
}

function Steps({ letter, delivery, span, reload }: StepsProps) {
  const step = stepOf(delivery);
  const { prepared, made } = delivery;
  return (
    <>
      <Made delivery={delivery} />
      {step === "waits" ? (
        <Waits letter={letter} missing={delivery.missing} />
      ) : (
        <>
          <h3>{made.length > 0 ? "The document, for another delivery" : "1. The document"}</h3>
          <Document letter={letter} prepared={prepared} fixed={step === "uncertain"} onMade={reload} />
        </>
      )}
      {prepared !== null && (step === "ready" || step === "uncertain") && span !== null && (
        <>
          <h3>{made.length > 0 ? "Hand it over once more" : "2. Handing it over"}</h3>
          <HandingOver
            letter={letter}
            delivery={delivery}
            prepared={prepared}
            span={span}
            uncertain={step === "uncertain"}
            onDone={reload}
          />
        </>
      )}
      {span === null && step !== "waits" && (
        <p>It can be handed over from the day after its last day, {longDay(letter.closes)}.</p>
      )}
    </>
  );
}

/** What stands in the log already, and what the receiving server said. */
function Made({ delivery: { made, mail, reply } }: { readonly delivery: Delivery }) {
  return (
    <>
      {made.length > 0 && (
        <>
          <h3>It is handed over</h3>
          <ul>
            {made.map(({ how, delivered, day, document }) => (
              <li key={`${how} ${delivered} ${document}`}>
                {WAY_WORDS[how]}, on <time datetime={delivered}>{longDay(delivered)}</time>
                {day !== delivered && ` (logged on ${longDay(day)})`}
              </li>
            ))}
          </ul>
          <p>Readers see since when there is no answer. What comes back stands under “Answers”.</p>
        </>
      )}
      {mail === "refused" && (
        <Notice tone="bad" speak="status">
          The receiving server has refused the mail. It did not arrive, and nothing stands in the log. Look at
          what it said, then try again, or hand the letter over by hand or by post.
        </Notice>
      )}
      {reply !== null && (
        <>
          <p>What the receiving server answered. It is kept here, for organisers alone:</p>
          <blockquote dir="auto">{reply}</blockquote>
        </>
      )}
    </>
  );
}

function Waits({ letter, missing }: { readonly letter: Letter; readonly missing: Delivery["missing"] }) {
  if (missing === "unlisted") {
    return (
      <Notice tone="warning">
        The letter is unlisted. Make it public first: what is handed over shows who has signed.{" "}
        <a href={hashOf("letter", letter.letter)}>To the letter</a>
      </Notice>
    );
  }
  if (missing === "too-few") {
    return <Notice>Too few have signed, so no number was published. There is nothing to hand over.</Notice>;
  }
  return (
    <Notice>
      The letter is open until {longDay(letter.closes)}. It can be handed over once it is closed and counted.
    </Notice>
  );
}

interface DocumentProps {
  readonly letter: Letter;
  readonly prepared: PreparedDelivery | null;
  /** A mail with it may be on its way. */
  readonly fixed: boolean;
  readonly onMade: () => void;
}

function Document({ letter, prepared, fixed, onMade }: DocumentProps) {
  const may = useMay();
  const making = useCall("delivery-prepare");
  const { workforce, letter: id } = letter;
  const make = async () => {
    if ((await making.call({ workforce, letter: id })) !== null) onMade();
  };
  return (
    <>
      {prepared === null ? (
        <p>
          A PDF with the letter, its demands, those who are shown, how they were verified, and a last page
          that says how to count again. It is made from the public log alone: anybody can make the very same.
        </p>
      ) : (
        <DocumentFacts letter={letter} prepared={prepared} />
      )}
      <ProblemNotice problem={making.problem} again={making.again} />
      {making.busy && <Progress label="The document is being made. That can take a minute." />}
      {may("delivery-prepare") && !fixed && (
        <Actions>
          <Button kind={prepared === null ? "primary" : "quiet"} busy={making.busy} onPress={make}>
            {prepared === null ? "Make the document" : "Make it anew from the log as it is now"}
          </Button>
        </Actions>
      )}
    </>
  );
}
