/** The fields of one source: what it is called, who has published it, where, the very words, and a captured copy. */

import { say } from "../../../say.ts";
import { DayField } from "../../../ui/day-field.tsx";
import { SourceCopy } from "../editor/source-copy.tsx";
import { TextField } from "../editor/text-field.tsx";
import type { SourceDraft, SourceErrors } from "./source-draft.ts";

export interface SourceFieldsProps {
  /** Before the ids of the fields. */
  readonly id: string;
  readonly legend: string;
  readonly source: SourceDraft;
  /** Shown once somebody has tried to go on. */
  readonly errors: SourceErrors;
  readonly onChange: (part: Partial<SourceDraft>) => void;
}

export function SourceFields({ id, legend, source, errors, onChange }: SourceFieldsProps) {
  return (
    <fieldset class="source-fields">
      <legend>{legend}</legend>
      <TextField
        id={`${id}-title`}
        field="source"
        label={say("desk.title")}
        value={source.title}
        error={errors.title ?? null}
        onType={(title) => onChange({ title })}
      />
      <TextField
        id={`${id}-publisher`}
        field="source"
        label={say("desk.publisher")}
        value={source.publisher}
        error={errors.publisher ?? null}
        onType={(publisher) => onChange({ publisher })}
      />
      <DayField
        id={`${id}-day`}
        label={say("desk.day-of-publication-if-it")}
        value={source.day}
        error={errors.day ?? null}
        onType={(day) => onChange({ day })}
      />
      <TextField
        id={`${id}-url`}
        field="source"
        label={say("desk.link")}
        dir="ltr"
        value={source.url}
        error={errors.url ?? null}
        onType={(url) => onChange({ url })}
      />
      <TextField
        id={`${id}-quote`}
        field="source"
        label={say("desk.the-very-words")}
        hint={say("desk.a-short-quotation-that-bears")}
        lines={3}
        value={source.quote}
        error={errors.quote ?? null}
        onType={(quote) => onChange({ quote })}
      />
      <SourceCopy
        id={`${id}-copy`}
        copy={source.copy}
        url={source.url}
        onCopy={(copy) => onChange({ copy })}
      />
    </fieldset>
  );
}
