/** By mail, by hand or by post: what the addressee is told, the signature, and the question before something may arrive twice. */

import type { DeliveryWay, PreparedDelivery } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Check, Choices } from "../../../../ui/choice.tsx";
import { DayField } from "../../../../ui/day-field.tsx";
import { Form } from "../../../../ui/form.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { useSignedAct } from "../../use-signed-act.ts";
import type { Letter } from "../../words.ts";
import type { Delivery } from "../words.ts";
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
  const { announce } = useDesk();
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
    return <p>{say("desk-after.an-owner-whom-the-letter")}</p>;
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
    announce(
      done.mail === "refused" && how === "mail"
        ? say("desk-after.the-receiving-server-has-refused-it")
        : say("desk-after.it-is-handed-over-5"),
    );
    onDone();
  };
  return (
    <Form onSubmit={make}>
      {uncertain && (
        <Notice tone="warning" speak="status">
          {say("desk-after.the-mail-may-have-been")}
        </Notice>
      )}
      <Choices<DeliveryWay>
        name="how"
        legend={say("desk-after.how-does-it-go")}
        value={how}
        options={[
          ...(noMail === null
            ? [
                {
                  value: "mail" as const,
                  label: say("desk-after.by-mail"),
                  hint: say("desk-after.sent-to", {
                    mailbox: foreign(delivery.mailbox ?? ""),
                    bundle: prepared.bundle === null ? "no" : "yes",
                  }),
                },
              ]
            : []),
          {
            value: "hand",
            label: say("desk-after.by-hand"),
            hint: say("desk-after.print-the-pdf-and-the"),
          },
          {
            value: "post",
            label: say("desk-after.by-post"),
            hint: say("desk-after.print-the-pdf-and-the-cover"),
          },
        ]}
        onChoose={setHow}
      />
      {noMail !== null && <p class="hint">{noMail}</p>}
      {how !== "mail" && (
        <>
          <DayField
            id="delivered"
            label={
              how === "hand"
                ? say("desk-after.day-on-which-it-was")
                : say("desk-after.day-on-which-it-was-posted")
            }
            value={day}
            min={span.first}
            max={span.last}
            error={
              wrong === "outside"
                ? say("desk-after.choose-a-day-from", {
                    first: say.day(span.first),
                    last: say.day(span.last),
                  })
                : tried && wrong === "missing"
                  ? say("desk-after.choose-the-day")
                  : null
            }
            onType={setDay}
          />
          {prepared.bundle !== null && (
            <Check
              id="with-bundle"
              label={say("desk-after.the-bundle-went-along")}
              checked={withBundle}
              onChange={() => setWithBundle(!withBundle)}
            >
              {say("desk-after.on-a-stick-or-a")}
            </Check>
          )}
        </>
      )}
      <Told delivery={delivery} how={how} />
      <ProblemNotice problem={problem} again={make} />
      <Actions>
        <Button kind="primary" busy={busy}>
          {how !== "mail"
            ? say("desk-after.log-that-it-was-handed")
            : uncertain
              ? say("desk-after.send-it-again")
              : say("desk-after.send-it")}
        </Button>
      </Actions>
    </Form>
  );
}

/** Where answers go, and what lets them count. */
function Told({ delivery, how }: { readonly delivery: Delivery; readonly how: DeliveryWay }) {
  const { address, nonce, mailbox } = delivery;
  if (mailbox === null) {
    return <p>{say("desk-after.the-letter-names-no-mailbox-of")}</p>;
  }
  return (
    <div class="card quiet">
      <h4>{say("desk-after.what-the-addressee-is-told")}</h4>
      <ul>
        <li>
          <Says words={say.rich("desk-after.answer-published-if", { mailbox: foreign(mailbox) })} />
        </li>
        {address !== null ? (
          <li>
            <Says
              words={say.rich("desk-after.says-where", {
                how,
                address,
                code: (words) => (
                  <span class="fingerprint">
                    <Says words={words} />
                  </span>
                ),
              })}
            />
          </li>
        ) : (
          <li>{say("desk-after.this-board-has-no-address")}</li>
        )}
        {nonce !== null && (
          <li>
            <Says
              words={say.rich("desk-after.must-hold-the-mark", {
                nonce,
                code: (words) => (
                  <span class="fingerprint">
                    <Says words={words} />
                  </span>
                ),
              })}
            />
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
          say("desk-after.sends-the-letter", { mailbox: foreign(mailbox ?? "") }),
          ...(again ? [say("desk-after.an-earlier-mail-may-have")] : []),
          say("desk-after.as-soon-as-their-server"),
        ]
      : [say("desk-after.log-says-handed-over", { how, day: say.day(day) })];
  return {
    title:
      how === "mail"
        ? again
          ? say("desk-after.send-the-letter-again")
          : say("desk-after.send-the-letter")
        : say("desk-after.log-the-delivery"),
    does: [...does, say("desk-after.everybody-can-see-it-and")],
    button:
      how === "mail"
        ? again
          ? say("desk-after.send-it-again-4")
          : say("desk-after.send-it-3")
        : say("desk-after.log-it"),
    forever: true,
  };
}
