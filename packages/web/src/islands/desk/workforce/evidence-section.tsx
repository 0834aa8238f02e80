/** How people prove that they work there: each way with what the employer could see of it. */
import { type EvidenceKind, KNOWN_SENDERS, type KnownSender } from "@undersigned/core";
import { EVIDENCE } from "../../signatory/words/evidence.ts";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";

const KINDS: readonly EvidenceKind[] = ["mailbox-code", "existing-mail", "vouch"];
const NAMES: Readonly<Record<EvidenceKind, string>> = {
  "mailbox-code": "A code by mail",
  "existing-mail": "A mail that they already have",
  vouch: "A colleague’s invitation",
};

function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

export function EvidenceSection({ values, problems, set }: SectionProps) {
  const { evidence, codeMail, existingMail, vouching, names } = values;
  return (
    <>
      <fieldset>
        <legend>Ways to prove that one works there</legend>
        {KINDS.map((kind) => (
          <Check
            key={kind}
            id={`evidence-${kind}`}
            checked={evidence.includes(kind)}
            onChange={() => set("evidence", toggled(evidence, kind))}
            label={NAMES[kind]}
          >
            What people are told that the employer sees: “{EVIDENCE[kind].employer}”. How they are counted: “
            {EVIDENCE[kind].counted}”.
          </Check>
        ))}
      </fieldset>
      <Checks problems={problems} of={["evidence"]} />
      {evidence.includes("mailbox-code") && (
        <>
          <h3>The mail with the code</h3>
          <p>The employer’s mail system sees it. It should not say what it is for.</p>
          <Field
            id="code-subject"
            label="Its subject"
            value={codeMail.subject}
            onType={(subject) => set("codeMail", { ...codeMail, subject })}
          />
          <Field
            id="code-body"
            label="Its text"
            hint="With {code} in it once, and without a link: scanners at work open links."
            lines={5}
            value={codeMail.body}
            onType={(body) => set("codeMail", { ...codeMail, body })}
          />
          <Checks problems={problems} of={["codeMail"]} />
        </>
      )}
      {evidence.includes("existing-mail") && (
        <>
          <h3>Mails that people have</h3>
          <p>
            Notices that a service has sent to work mailboxes, signed by it. Which ones do many of you have?
          </p>
          <fieldset>
            <legend>Senders</legend>
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
                From {KNOWN_SENDERS[sender].from}
              </Check>
            ))}
          </fieldset>
          <Field
            id="mails-from"
            label="Mails from this day on"
            hint="As 2026-01-31. Choose days before anybody knew of the letter."
            dir="ltr"
            value={existingMail.notBefore}
            onType={(notBefore) => set("existingMail", { ...existingMail, notBefore })}
          />
          <Field
            id="mails-until"
            label="Mails until this day"
            dir="ltr"
            value={existingMail.notAfter}
            onType={(notAfter) => set("existingMail", { ...existingMail, notAfter })}
          />
          <Checks problems={problems} of={["existingMail"]} />
        </>
      )}
      {evidence.includes("vouch") && (
        <>
          <h3>Invitations</h3>
          <NumberField
            id="vouching"
            label="Invitations that each mailbox may give"
            hint="From 1 to 8. Who comes by one is counted apart, as vouched for."
            value={vouching.invitations}
            onNumber={(invitations) => set("vouching", { invitations })}
          />
          <Checks problems={problems} of={["vouching"]} />
        </>
      )}
      <h3>Confirmed names</h3>
      <Check
        id="names"
        checked={names !== null}
        onChange={() =>
          set("names", names === null ? { pattern: "{given}.{family}", order: "given-family" } : null)
        }
        label="Mailboxes show people’s names"
      >
        Then registrars can confirm that a name fits the mailbox, and readers see which names are confirmed.
      </Check>
      {names !== null && (
        <Field
          id="names-pattern"
          label="How a mailbox is made of a name"
          hint="What stands before the @, as {given}.{family} for ana.silva@…"
          dir="ltr"
          value={names.pattern}
          onType={(pattern) => set("names", { ...names, pattern })}
        />
      )}
      <Checks problems={problems} of={["names"]} />
    </>
  );
}
