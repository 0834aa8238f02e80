/** By mail, by hand or by post: what the addressee is told, the signature, and the question before something may arrive twice. */
import type { DeliveryWay, PreparedDelivery } from "@undersigned/core";
import { useState } from "preact/hooks";
import { longDay } from "../../../../../shared/words/days.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Check, Choices } from "../../../../ui/choice.tsx";
import { DayField } from "../../../../ui/day-field.tsx";
import { Form } from "../../../../ui/form.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import type { Letter } from "../../words.ts";
import { type Delivery, WAY_WORDS } from "../words.ts";
import { dayProblem, deliveryBody, noMailWords, type Span } from "./delivery-steps.ts";

export interface HandingOverProps {
  readonly letter: Letter;
  readonly delivery: Delivery;
  readonly prepared: PreparedDelivery;
  readonly span: Span;
  /** A mail may have arrived already. */
  readonly uncertain: boolean;
  readonly onDone: () => void;
}

export function HandingOver(props: HandingOverProps) {
  const { letter, delivery, prepared, span, uncertain, onDone } = props;
  const { say } = useDesk();
  const may = useMay();
  const noMail = noMailWords(delivery);
  const [chosen, setHow] = useState<DeliveryWay>("mail");
  // Mail may be no way any more once it has gone.
  const how = chosen === "mail" && noMail !== null ? "hand" : chosen;
  const [day, setDay] = useState("");
  const [withBundle, setWithBundle] = useState(false);
  const [tried, setTried] = useState(false);
  const { act, busy, problem } = useSignedAct("delivery-make");
  const wrong = dayProblem(how, day, span);

  if (!may("delivery-make")) {
    return <p>An owner whom the letter names hands it over.</p>;
  }
  const make = async () => {
    setTried(true);
    if (wrong !== null) return;
    const { workforce, letter: id } = letter;
    const delivered = how === "mail" ? span.last : day;
    const of = { workforce, letter: id, how, delivered, withBundle, again: uncertain };
    const done = await act(questionOf(how, delivered, delivery, uncertain), (signer) =>
      deliveryBody(of, prepared, signer),
    );
    if (done === null) {
      // What became of it, the board says.
      if (how === "mail") onDone();
      return;
    }
    setTried(false);
    say(
      done.mail === "refused" && how === "mail"
        ? "The receiving server has refused it."
        : "It is handed over.",
    );
    onDone();
  };
  return (
    <Form onSubmit={make}>
      {uncertain && (
        <Notice tone="warning" speak="status">
          The mail may have been sent: the board was stopped, or the connection broke off, before the other
          server had answered. Ask the addressee first. If you send it again, they may have it twice.
        </Notice>
      )}
      <Choices<DeliveryWay>
        name="how"
        legend="How does it go?"
        value={how}
        options={[
          ...(noMail === null
            ? [
                {
                  value: "mail" as const,
                  label: "By mail",
                  hint: `The board sends it to ${delivery.mailbox ?? ""}, with ${prepared.bundle === null ? "the PDF" : "PDF and bundle"} attached.`,
                },
              ]
            : []),
          {
            value: "hand",
            label: "By hand",
            hint: "Print the PDF and the cover sheet. Enter the day once it was handed over.",
          },
          {
            value: "post",
            label: "By post",
            hint: "Print the PDF and the cover sheet. Enter the day on which it was posted.",
          },
        ]}
        onChoose={setHow}
      />
      {noMail !== null && <p class="hint">{noMail}</p>}
      {how !== "mail" && (
        <>
          <DayField
            id="delivered"
            label={how === "hand" ? "Day on which it was handed over" : "Day on which it was posted"}
            value={day}
            min={span.first}
            max={span.last}
            error={
              wrong === "outside"
                ? `Choose a day from ${longDay(span.first)} to ${longDay(span.last)}.`
                : tried && wrong === "missing"
                  ? "Choose the day."
                  : null
            }
            onType={setDay}
          />
          {prepared.bundle !== null && (
            <Check
              id="with-bundle"
              label="The bundle went along"
              checked={withBundle}
              onChange={() => setWithBundle(!withBundle)}
            >
              On a stick or a disc, as a file. Leave it out if only paper was handed over.
            </Check>
          )}
        </>
      )}
      <Told delivery={delivery} how={how} />
      <ProblemNotice problem={problem} again={make} />
      <Actions>
        <Button kind="primary" busy={busy}>
          {how !== "mail" ? "Log that it was handed over …" : uncertain ? "Send it again …" : "Send it …"}
        </Button>
      </Actions>
    </Form>
  );
}

/** Where answers go, and what lets them count. */
function Told({ delivery, how }: { readonly delivery: Delivery; readonly how: DeliveryWay }) {
  const { address, nonce, mailbox } = delivery;
  const where = how === "mail" ? "The mail says" : "The cover sheet says";
  if (mailbox === null) {
    return (
      <p>
        The letter names no mailbox of its addressee, so no mail can be shown to be theirs. Enter what they
        say in public, with its source, under “Answers”.
      </p>
    );
  }
  return (
    <div class="card quiet">
      <h4>What the addressee is told</h4>
      <ul>
        <li>
          An answer is published word for word if it comes from <bdi>{mailbox}</bdi>, and its signature (DKIM)
          shows that.
        </li>
        {address !== null ? (
          <li>
            {where} that it goes to <span class="fingerprint">{address}</span>
          </li>
        ) : (
          <li>This board has no address for answers. You can give the desk a mail as a file.</li>
        )}
        {nonce !== null && (
          <li>
            Its subject must hold the mark <span class="fingerprint">{nonce}</span>. Only the addressee is
            given it: do not pass it on, and do not publish it.
          </li>
        )}
      </ul>
    </div>
  );
}

function questionOf(how: DeliveryWay, day: string, { mailbox }: Delivery, again: boolean) {
  const does =
    how === "mail"
      ? [
          `The board sends the letter to ${mailbox}.`,
          ...(again ? ["An earlier mail may have arrived: then they have it twice."] : []),
          "As soon as their server takes it, the log says that it was delivered today, and names the document by its hash.",
        ]
      : [
          `The log says that the letter was handed over ${WAY_WORDS[how]} on ${longDay(day)}, and names the document by its hash.`,
        ];
  return {
    title: how === "mail" ? (again ? "Send the letter again" : "Send the letter") : "Log the delivery",
    does: [...does, "Everybody can see it, and since when there is no answer."],
    button: how === "mail" ? (again ? "Send it again" : "Send it") : "Log it",
    forever: true,
  };
}
