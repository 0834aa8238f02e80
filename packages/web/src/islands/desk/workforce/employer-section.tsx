/** Who the employer is, and how many work there. */
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
        label="The employer"
        hint="As people know it. Readers see it beside every number."
        value={values.employer}
        onType={(value) => set("employer", value)}
      />
      <Checks problems={problems} of={["employer"]} />
      <h3>How many work there</h3>
      <p>
        Readers see the number of signatories out of so many. Say where you have it from, so that nobody can
        call it invented.
      </p>
      <NumberField
        id="headcount"
        label="People who work there"
        value={headcount.number}
        onNumber={(number) => change({ number })}
      />
      <Field
        id="headcount-source"
        label="Where this number is from"
        hint="Such as: annual report 2025, page 12."
        value={headcount.source}
        onType={(source) => change({ source })}
      />
      <Field
        id="headcount-day"
        label="Of which day it is"
        hint="As 2026-12-31: year, month, day."
        dir="ltr"
        value={headcount.day}
        onType={(day) => change({ day })}
      />
      <Checks problems={problems} of={["headcount"]} />
    </>
  );
}
