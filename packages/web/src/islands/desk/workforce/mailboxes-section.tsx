/** Which mailboxes are those of people who work there. */
import { Actions, Button } from "../../ui/button.tsx";
import { Check } from "../../ui/choice.tsx";
import { Field } from "../../ui/field.tsx";
import { Lines } from "../../ui/lines.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";

const NEW = { domain: "", aliases: [] };

export function MailboxesSection({ values, problems, set }: SectionProps) {
  const domains = values.domains.length === 0 ? [NEW] : values.domains;
  const change = (at: number, part: Partial<(typeof domains)[number]>) =>
    set(
      "domains",
      domains.map((entry, i) => (i === at ? { ...entry, ...part } : entry)),
    );
  return (
    <>
      {domains.map((entry, i) => (
        // A domain has no name but its place while it is typed.
        <fieldset class="card" key={i}>
          <legend>Domain {i + 1}</legend>
          <Field
            id={`domain-${i}`}
            label="What stands behind the @"
            hint="As example.com."
            dir="ltr"
            value={entry.domain}
            onType={(domain) => change(i, { domain })}
          />
          <Lines
            id={`aliases-${i}`}
            label="Other domains of the same mailboxes"
            hint="One on a line. If ana@example.com and ana@example.org are one mailbox, name example.org here: else one person could sign twice."
            dir="ltr"
            rows={2}
            value={entry.aliases}
            onList={(aliases) => change(i, { aliases })}
          />
          {domains.length > 1 && (
            <Button
              onPress={() =>
                set(
                  "domains",
                  domains.filter((_, at) => at !== i),
                )
              }
            >
              Take domain {String(i + 1)} away
            </Button>
          )}
        </fieldset>
      ))}
      <Checks problems={problems} of={["domains"]} />
      <Actions>
        <Button onPress={() => set("domains", [...domains, NEW])}>Add a domain</Button>
      </Actions>
      <fieldset>
        <legend>What counts as the same mailbox</legend>
        <Check
          id="plus"
          checked={values.plus}
          onChange={() => set("plus", !values.plus)}
          label="What follows a + does not count"
        >
          ana+news@… is ana@…. So it is with most mail systems.
        </Check>
        <Check
          id="dots"
          checked={values.dots}
          onChange={() => set("dots", !values.dots)}
          label="Dots before the @ do not count"
        >
          a.na@… is ana@…. So it is with few mail systems, Google’s among them.
        </Check>
      </fieldset>
      <Lines
        id="groups"
        label="Mailboxes that several people read"
        hint="One on a line, what stands before the @; * stands for anything, as in team-*. Nobody can enrol with these."
        dir="ltr"
        rows={5}
        value={values.groups}
        onList={(groups) => set("groups", groups)}
      />
      <Checks problems={problems} of={["groups"]} />
    </>
  );
}
