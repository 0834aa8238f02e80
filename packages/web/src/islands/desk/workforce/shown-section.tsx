/** Which roles and places signatories may show: closed lists, and a value that few share becomes coarser. */
import type { Fate, WorkforceValues } from "@undersigned/core";
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
      <p>
        Whoever signs may show a role or a place, chosen from these lists. One that few people share points at
        them: it is shown coarser, or not at all.
      </p>
      <NumberField
        id="least-shared"
        label="Fewer people than this, and it is shown coarser"
        value={values.leastShared}
        onNumber={(number) => set("leastShared", number)}
      />
      <Checks problems={problems} of={["leastShared"]} />
      <List
        of="role"
        title="Roles"
        values={values.roles}
        fates={result?.shown.roles ?? []}
        onValues={(roles) => set("roles", roles)}
      />
      <Checks problems={problems} of={["roles"]} />
      <List
        of="place"
        title="Places"
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
          <legend>
            {of === "role" ? "Role" : "Place"} {i + 1}
          </legend>
          <Field
            id={`${of}-${i}`}
            label={of === "role" ? "Role" : "Place"}
            value={value.name}
            onType={(name) => change(i, { name })}
          />
          <NumberField
            id={`${of}-${i}-people`}
            label="How many people"
            value={value.people}
            onNumber={(people) => change(i, { people })}
          />
          <Field
            id={`${of}-${i}-coarser`}
            label="Coarser, if these are too few"
            hint={
              of === "role" ? "As “Engineering” for “Compiler engineer”." : "As “North” for a small town."
            }
            value={value.coarser}
            onType={(coarser) => change(i, { coarser })}
          />
          <p role="status" class="small">
            {fateWords(value, fates[i])}
          </p>
          <Button onPress={() => onValues(values.filter((_, at) => at !== i))}>
            Take {of} {String(i + 1)} away
          </Button>
        </fieldset>
      ))}
      <Actions>
        <Button onPress={() => onValues([...values, NEW])}>Add a {of}</Button>
      </Actions>
    </section>
  );
}

function fateWords({ name }: Value, fate: Fate | undefined): string {
  if (fate === undefined || name.trim() === "" || fate.name !== name.trim()) return "";
  if (fate.becomes === null) return "Too few share it: it cannot be chosen.";
  return fate.becomes === fate.name
    ? "Can be chosen as it stands."
    : `Too few share it: shown as “${fate.becomes}”.`;
}
