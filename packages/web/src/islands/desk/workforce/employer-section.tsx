/** Who the employer is, and how many work there. */

import { say } from "../../say.ts";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";

const NONE = { number: null, source: "", day: "" };

export function EmployerSection({ values, problems, set }: SectionProps) {
  const headcount = values.headcount ?? NONE;
  const change = (part: Partial<typeof headcount>) => {
    const next = { ...headcount, ...part };
    const isEmpty = next.number === null && next.source === "" && next.day === "";
    set("headcount", isEmpty ? null : next);
  };
  return (
    <>
      <Field
        id="employer"
        label={say("desk-workforce.the-employer")}
        hint={say("desk-workforce.as-people-know-it-readers")}
        value={values.employer}
        onType={(value) => set("employer", value)}
      />
      <Checks problems={problems} of={["employer"]} />
      <h3>{say("desk-workforce.how-many-work-there")}</h3>
      <p>{say("desk-workforce.readers-see-the-number-of")}</p>
      <NumberField
        id="headcount"
        label={say("desk-workforce.people-who-work-there")}
        value={headcount.number}
        onNumber={(number) => change({ number })}
      />
      <Field
        id="headcount-source"
        label={say("desk-workforce.where-this-number-is-from")}
        hint={say("desk-workforce.such-as-annual-report-2025")}
        value={headcount.source}
        onType={(source) => change({ source })}
      />
      <Field
        id="headcount-day"
        label={say("desk-workforce.of-which-day-it-is")}
        hint={say("desk-workforce.as-2026-12-31-year")}
        dir="ltr"
        value={headcount.day}
        onType={(day) => change({ day })}
      />
      <Checks problems={problems} of={["headcount"]} />
    </>
  );
}
