/** Suppliers that the file names, the most frequent first: whose rows are wanted. */
import type { ImportOptions, ImportResult } from "@undersigned/dealings";
import { useState } from "preact/hooks";
import { counted } from "../../../../../../shared/words/numbers.ts";
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
    setError(options === null ? "Tick at least one supplier, or type a part of a name." : null);
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
      <p>
        {counted(counts.read, "entry", "entries")} in the file. Tick the names under which the company, or a
        part of it, supplies. Names that only look alike are others: look closely.
      </p>
      {suppliers.length > 12 && (
        <Field id="find-supplier" label="Find a supplier" value={find} onType={setFind} />
      )}
      <fieldset>
        <legend>Suppliers, the most frequent first</legend>
        {shown.map(({ name, count }, i) => (
          <Check
            key={name}
            id={`supplier-${i}`}
            label={name}
            checked={picked.names.includes(name)}
            onChange={() => toggle(name)}
          >
            {counted(count, "entry", "entries")}
          </Check>
        ))}
        {shown.length === 0 && <p>No supplier of this name among the most frequent.</p>}
      </fieldset>
      <Field
        id="supplier-part"
        label="Or a part of a name"
        hint="It counts wherever it stands in a supplier's name, or its parent's."
        error={error}
        value={picked.part}
        onType={(part) => setPicked({ ...picked, part })}
      />
      {noSource && (
        <fieldset class="source-fields">
          <legend>Where the file was taken from</legend>
          <p class="hint">
            {counted(counts.skipped["no-source"], "entry bears", "entries bear")} no address of its own, and
            is left out unless you say where the file can be found.
          </p>
          <Field
            id="from-title"
            label="Title"
            error={checked?.errors?.title ?? null}
            value={source.title}
            onType={(title) => setSource({ ...source, title })}
          />
          <Field
            id="from-publisher"
            label="Publisher"
            error={checked?.errors?.publisher ?? null}
            value={source.publisher}
            onType={(publisher) => setSource({ ...source, publisher })}
          />
          <Field
            id="from-url"
            label="Link"
            dir="ltr"
            error={checked?.errors?.url ?? null}
            value={source.url}
            onType={(url) => setSource({ ...source, url })}
          />
        </fieldset>
      )}
      <Actions>
        <Button kind="primary">Show what they become</Button>
        <Button kind="quiet" onPress={onBack}>
          Another file
        </Button>
      </Actions>
    </Form>
  );
}
