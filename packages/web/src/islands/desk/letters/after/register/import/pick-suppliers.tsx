/** Suppliers that the file names, the most frequent first: whose rows are wanted. */
import type { ImportOptions, ImportResult } from "@undersigned/dealings";
import { useState } from "preact/hooks";
import { say } from "../../../../../say.ts";
import { Actions, Button } from "../../../../../ui/button.tsx";
import { Check } from "../../../../../ui/choice.tsx";
import { Field } from "../../../../../ui/field.tsx";
import { Form } from "../../../../../ui/form.tsx";
import { checkSource, EMPTY_SOURCE, isUntouched, type SourceDraft } from "../../source-draft.ts";
import { type Picked, pickedOptions, shownSuppliers } from "./picking.ts";

export interface PickSuppliersProps {
  readonly result: ImportResult;
  readonly onPick: (options: ImportOptions) => void;
  readonly onBack: () => void;
}

export function PickSuppliers({ result, onPick, onBack }: PickSuppliersProps) {
  const { counts, suppliers } = result;
  const [picked, setPicked] = useState<Picked>({ names: [], part: "" });
  const [find, setFind] = useState("");
  const [source, setSource] = useState<SourceDraft>(EMPTY_SOURCE);
  const [error, setError] = useState<string | null>(null);
  const noSource = counts.skipped["no-source"] > 0;
  const checked = isUntouched(source) ? null : checkSource(source);
  const shown = shownSuppliers(suppliers, find, picked.names);
  const pick = () => {
    const options = pickedOptions(picked);
    setError(options === null ? say("desk-register.tick-at-least-one-supplier") : null);
    if (options === null || (noSource && checked?.errors)) return;
    const { title, publisher, url } = checked?.source ?? {};
    const from = title !== undefined && publisher !== undefined && url !== undefined;
    onPick(from ? { ...options, source: { title, publisher, url } } : options);
  };
  const toggle = (name: string) =>
    setPicked({
      ...picked,
      names: picked.names.includes(name)
        ? picked.names.filter((one) => one !== name)
        : [...picked.names, name],
    });
  return (
    <Form onSubmit={pick}>
      <p>{say("desk-register.entries-in-the-file", { count: counts.read })}</p>
      {suppliers.length > 12 && (
        <Field
          id="find-supplier"
          label={say("desk-register.find-a-supplier")}
          value={find}
          onType={setFind}
        />
      )}
      <fieldset>
        <legend>{say("desk-register.suppliers-the-most-frequent-first")}</legend>
        {shown.map(({ name, count }, i) => (
          <Check
            key={name}
            id={`supplier-${i}`}
            label={name}
            checked={picked.names.includes(name)}
            onChange={() => toggle(name)}
          >
            {say("desk-register.entries", { count })}
          </Check>
        ))}
        {shown.length === 0 && <p>{say("desk-register.no-supplier-of-this-name")}</p>}
      </fieldset>
      <Field
        id="supplier-part"
        label={say("desk-register.or-a-part-of-a")}
        hint={say("desk-register.it-counts-wherever-it-stands")}
        error={error}
        value={picked.part}
        onType={(part) => setPicked({ ...picked, part })}
      />
      {noSource && (
        <fieldset class="source-fields">
          <legend>{say("desk-register.where-the-file-was-taken")}</legend>
          <p class="hint">{say("desk-register.bear-no-address", { count: counts.skipped["no-source"] })}</p>
          <Field
            id="from-title"
            label={say("desk-register.title")}
            error={checked?.errors?.title ?? null}
            value={source.title}
            onType={(title) => setSource({ ...source, title })}
          />
          <Field
            id="from-publisher"
            label={say("desk-register.publisher")}
            error={checked?.errors?.publisher ?? null}
            value={source.publisher}
            onType={(publisher) => setSource({ ...source, publisher })}
          />
          <Field
            id="from-url"
            label={say("desk-register.link")}
            dir="ltr"
            error={checked?.errors?.url ?? null}
            value={source.url}
            onType={(url) => setSource({ ...source, url })}
          />
        </fieldset>
      )}
      <Actions>
        <Button kind="primary">{say("desk-register.show-what-they-become")}</Button>
        <Button kind="quiet" onPress={onBack}>
          {say("desk-register.another-file")}
        </Button>
      </Actions>
    </Form>
  );
}
