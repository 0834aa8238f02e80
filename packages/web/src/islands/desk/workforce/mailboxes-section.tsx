/** Which mailboxes are those of people who work there. */

import { say } from "../../say.ts";
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
          <legend>{say("desk-workforce.domain-n", { n: i + 1 })}</legend>
          <Field
            id={`domain-${i}`}
            label={say("desk-workforce.what-stands-behind-the")}
            hint={say("desk-workforce.as-example-com")}
            dir="ltr"
            value={entry.domain}
            onType={(domain) => change(i, { domain })}
          />
          <Lines
            id={`aliases-${i}`}
            label={say("desk-workforce.other-domains-of-the-same")}
            hint={say("desk-workforce.one-on-a-line-if")}
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
              {say("desk-workforce.take-domain-away", { n: i + 1 })}
            </Button>
          )}
        </fieldset>
      ))}
      <Checks problems={problems} of={["domains"]} />
      <Actions>
        <Button onPress={() => set("domains", [...domains, NEW])}>
          {say("desk-workforce.add-a-domain")}
        </Button>
      </Actions>
      <fieldset>
        <legend>{say("desk-workforce.what-counts-as-the-same")}</legend>
        <Check
          id="plus"
          checked={values.plus}
          onChange={() => set("plus", !values.plus)}
          label={say("desk-workforce.what-follows-a-does-not")}
        >
          {say("desk-workforce.ana-news-is-ana-so")}
        </Check>
        <Check
          id="dots"
          checked={values.dots}
          onChange={() => set("dots", !values.dots)}
          label={say("desk-workforce.dots-before-the-do-not")}
        >
          {say("desk-workforce.a-na-is-ana-so")}
        </Check>
      </fieldset>
      <Lines
        id="groups"
        label={say("desk-workforce.mailboxes-that-several-people-read")}
        hint={say("desk-workforce.one-on-a-line-what")}
        dir="ltr"
        rows={5}
        value={values.groups}
        onList={(groups) => set("groups", groups)}
      />
      <Checks problems={problems} of={["groups"]} />
    </>
  );
}
