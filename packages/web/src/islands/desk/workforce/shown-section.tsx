/** Which roles and places signatories may show: closed lists, and a value that few share becomes coarser. */

import type { Fate, WorkforceValues } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";

type Value = WorkforceValues["roles"][number];
const NEW: Value = { name: "", people: null, coarser: "" };

export function ShownSection({ values, problems, result, set }: SectionProps) {
  return (
    <>
      <p>{say("desk-workforce.whoever-signs-may-show-a")}</p>
      <NumberField
        id="least-shared"
        label={say("desk-workforce.fewer-people-than-this-and")}
        value={values.leastShared}
        onNumber={(number) => set("leastShared", number)}
      />
      <Checks problems={problems} of={["leastShared"]} />
      <List
        of="role"
        title={say("desk-workforce.roles")}
        values={values.roles}
        fates={result?.shown.roles ?? []}
        onValues={(roles) => set("roles", roles)}
      />
      <Checks problems={problems} of={["roles"]} />
      <List
        of="place"
        title={say("desk-workforce.places")}
        values={values.places}
        fates={result?.shown.places ?? []}
        onValues={(places) => set("places", places)}
      />
      <Checks problems={problems} of={["places"]} />
    </>
  );
}

interface ListProps {
  readonly of: "role" | "place";
  readonly title: string;
  readonly values: readonly Value[];
  readonly fates: readonly Fate[];
  readonly onValues: (values: Value[]) => void;
}

function List({ of, title, values, fates, onValues }: ListProps) {
  const change = (at: number, part: Partial<Value>) =>
    onValues(values.map((value, i) => (i === at ? { ...value, ...part } : value)));
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {values.map((value, i) => (
        <fieldset class="card row" key={i}>
          <legend>{say("desk-workforce.role-or-place-n", { of, n: i + 1 })}</legend>
          <Field
            id={`${of}-${i}`}
            label={of === "role" ? say("desk-workforce.role") : say("desk-workforce.place")}
            value={value.name}
            onType={(name) => change(i, { name })}
          />
          <NumberField
            id={`${of}-${i}-people`}
            label={say("desk-workforce.how-many-people")}
            value={value.people}
            onNumber={(people) => change(i, { people })}
          />
          <Field
            id={`${of}-${i}-coarser`}
            label={say("desk-workforce.coarser-if-these-are-too")}
            hint={
              of === "role"
                ? say("desk-workforce.as-engineering-for-compiler-engineer")
                : say("desk-workforce.as-north-for-a-small")
            }
            value={value.coarser}
            onType={(coarser) => change(i, { coarser })}
          />
          <p role="status" class="small">
            {fateWords(value, fates[i])}
          </p>
          <Button onPress={() => onValues(values.filter((_, at) => at !== i))}>
            {say("desk-workforce.take-role-away", { of, n: i + 1 })}
          </Button>
        </fieldset>
      ))}
      <Actions>
        <Button onPress={() => onValues([...values, NEW])}>{say("desk-workforce.add-a-role", { of })}</Button>
      </Actions>
    </section>
  );
}

function fateWords({ name }: Value, fate: Fate | undefined): string {
  if (fate === undefined || name.trim() === "" || fate.name !== name.trim()) return "";
  if (fate.becomes === null) return say("desk-workforce.too-few-share-it-it");
  return fate.becomes === fate.name
    ? say("desk-workforce.can-be-chosen-as-it")
    : say("desk-workforce.shown-as", { name: foreign(fate.becomes) });
}
