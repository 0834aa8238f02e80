/** How people prove that they work there: each way with what the employer could see of it. */

import { type EvidenceKind, KNOWN_SENDERS, type KnownSender } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";
import { isUsual, usualMail } from "./usual-mail.ts";

const KINDS: readonly EvidenceKind[] = ["mailbox-code", "existing-mail", "vouch"];
function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

export function EvidenceSection({ values, problems, set }: SectionProps) {
  const { evidence, codeMail, existingMail, vouching, names } = values;
  return (
    <>
      <fieldset>
        <legend>{say("desk-workforce.ways-to-prove-that-one")}</legend>
        {KINDS.map((kind) => (
          <Check
            key={kind}
            id={`evidence-${kind}`}
            checked={evidence.includes(kind)}
            onChange={() => set("evidence", toggled(evidence, kind))}
            label={say(`desk-workforce.evidence.${kind}`)}
          >
            {evidenceWords(kind)}
          </Check>
        ))}
      </fieldset>
      <Checks problems={problems} of={["evidence"]} />
      {evidence.includes("mailbox-code") && (
        <>
          <h3>{say("desk-workforce.the-mail-with-the-code")}</h3>
          <p>{say("desk-workforce.the-employers-mail-system-sees")}</p>
          {say.language !== "en" && isUsual(codeMail) && (
            <Actions>
              <Button onPress={() => set("codeMail", usualMail())}>
                {say("desk-workforce.usual-mail.take")}
              </Button>
            </Actions>
          )}
          <Field
            id="code-subject"
            label={say("desk-workforce.its-subject")}
            value={codeMail.subject}
            onType={(subject) => set("codeMail", { ...codeMail, subject })}
          />
          <Field
            id="code-body"
            label={say("desk-workforce.its-text")}
            hint={say("desk-workforce.with-code-in-it-once")}
            lines={5}
            value={codeMail.body}
            onType={(body) => set("codeMail", { ...codeMail, body })}
          />
          <Checks problems={problems} of={["codeMail"]} />
        </>
      )}
      {evidence.includes("existing-mail") && (
        <>
          <h3>{say("desk-workforce.mails-that-people-have")}</h3>
          <p>{say("desk-workforce.notices-that-a-service-has")}</p>
          <fieldset>
            <legend>{say("desk-workforce.senders")}</legend>
            {(Object.keys(KNOWN_SENDERS) as KnownSender[]).map((sender) => (
              <Check
                key={sender}
                id={`sender-${sender}`}
                checked={existingMail.known.includes(sender)}
                onChange={() =>
                  set("existingMail", { ...existingMail, known: toggled(existingMail.known, sender) })
                }
                label={KNOWN_SENDERS[sender].name}
              >
                {say("desk-workforce.mails-come-from", { address: foreign(KNOWN_SENDERS[sender].from) })}
              </Check>
            ))}
          </fieldset>
          <Field
            id="mails-from"
            label={say("desk-workforce.mails-from-this-day-on")}
            hint={say("desk-workforce.as-2026-01-31-choose")}
            dir="ltr"
            value={existingMail.notBefore}
            onType={(notBefore) => set("existingMail", { ...existingMail, notBefore })}
          />
          <Field
            id="mails-until"
            label={say("desk-workforce.mails-until-this-day")}
            dir="ltr"
            value={existingMail.notAfter}
            onType={(notAfter) => set("existingMail", { ...existingMail, notAfter })}
          />
          <Checks problems={problems} of={["existingMail"]} />
        </>
      )}
      {evidence.includes("vouch") && (
        <>
          <h3>{say("desk-workforce.invitations")}</h3>
          <NumberField
            id="vouching"
            label={say("desk-workforce.invitations-that-each-mailbox-may")}
            hint={say("desk-workforce.from-1-to-8-who")}
            value={vouching.invitations}
            onNumber={(invitations) => set("vouching", { invitations })}
          />
          <Checks problems={problems} of={["vouching"]} />
        </>
      )}
      <h3>{say("desk-workforce.confirmed-names")}</h3>
      <Check
        id="names"
        checked={names !== null}
        onChange={() =>
          set("names", names === null ? { pattern: "{given}.{family}", order: "given-family" } : null)
        }
        label={say("desk-workforce.mailboxes-show-peoples-names")}
      >
        {say("desk-workforce.then-registrars-can-confirm-that")}
      </Check>
      {names !== null && (
        <Field
          id="names-pattern"
          label={say("desk-workforce.how-a-mailbox-is-made")}
          hint={say("desk-workforce.what-stands-before-the-as")}
          dir="ltr"
          value={names.pattern}
          onType={(pattern) => set("names", { ...names, pattern })}
        />
      )}
      <Checks problems={problems} of={["names"]} />
    </>
  );
}

/** What people are told of it on the signing page, in the same words. */
function evidenceWords(kind: EvidenceKind): string {
  switch (kind) {
    case "mailbox-code":
      return say("desk-workforce.evidence.mailbox-code.told");
    case "existing-mail":
      return say("desk-workforce.evidence.existing-mail.told");
    case "vouch":
      return say("desk-workforce.evidence.vouch.told");
  }
}
