/** *Hand it over*: the document, how it goes, what the addressee is told, and what came of it. */
import type { PreparedDelivery } from "@undersigned/core";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
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
import type { Delivery } from "../words.ts";
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
        <Progress label={say("desk-after.the-board-is-being-asked")} />
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
          <h3>{made.length > 0 ? say("desk-after.the-document-for-another-delivery") : "1. The document"}</h3>
          <Document letter={letter} prepared={prepared} fixed={step === "uncertain"} onMade={reload} />
        </>
      )}
      {prepared !== null && (step === "ready" || step === "uncertain") && span !== null && (
        <>
          <h3>{made.length > 0 ? say("desk-after.hand-it-over-once-more") : "2. Handing it over"}</h3>
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
        <p>
          <Says words={say.rich("desk-after.from-the-day-after", { day: say.day(letter.closes) })} />
        </p>
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
          <h3>{say("desk-after.it-is-handed-over")}</h3>
          <ul>
            {made.map(({ how, delivered, day, document }) => (
              <li key={`${how} ${delivered} ${document}`}>
                <Says
                  words={say.rich("desk-after.handed-over-how", {
                    how,
                    delivered: say.day(delivered),
                    same: day === delivered ? "yes" : "no",
                    day: say.day(day),
                  })}
                />
              </li>
            ))}
          </ul>
          <p>{say("desk-after.readers-see-since-when-there")}</p>
        </>
      )}
      {mail === "refused" && (
        <Notice tone="bad" speak="status">
          {say("desk-after.the-receiving-server-has-refused")}
        </Notice>
      )}
      {reply !== null && (
        <>
          <p>{say("desk-after.what-the-receiving-server-answered")}</p>
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
        {say("desk-after.the-letter-is-unlisted-make-it")}{" "}
        <a href={hashOf("letter", letter.letter)}>{say("desk-after.to-the-letter")}</a>
      </Notice>
    );
  }
  if (missing === "too-few") {
    return <Notice>{say("desk-after.too-few-have-signed-so")}</Notice>;
  }
  return (
    <Notice>
      <Says words={say.rich("desk-after.open-until", { day: say.day(letter.closes) })} />
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
        <p>{say("desk-after.a-pdf-with-the-letter")}</p>
      ) : (
        <DocumentFacts letter={letter} prepared={prepared} />
      )}
      <ProblemNotice problem={making.problem} again={making.again} />
      {making.busy && <Progress label={say("desk-after.the-document-is-being-made")} />}
      {may("delivery-prepare") && !fixed && (
        <Actions>
          <Button kind={prepared === null ? "primary" : "quiet"} busy={making.busy} onPress={make}>
            {prepared === null
              ? say("desk-after.make-the-document")
              : say("desk-after.make-it-anew-from-the")}
          </Button>
        </Actions>
      )}
    </>
  );
}
