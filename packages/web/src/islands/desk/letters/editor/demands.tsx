/** What is demanded: each with a short name, a text, and what would count as met. */

import { say } from "../../../say.ts";
import { errorAt, type SectionProps } from "./editing.ts";
import { PartsList } from "./parts-list.tsx";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

const EMPTY = { title: "", text: "", met: "" };

export function DemandsSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <p>{say("desk-writing.a-demand-that-can-be")}</p>
      <PartsList
        document={document}
        order="demands"
        prefix="demand"
        ids={values.demands.map(({ id }) => id)}
        most={50}
        empty={EMPTY}
      >
        {(id) => {
          const field = `demand:${id}`;
          const { id: _, ...demand } = values.demands.find((one) => one.id === id) ?? { id, ...EMPTY };
          const set = (part: Partial<typeof demand>) => document.set(field, { ...demand, ...part });
          return (
            <>
              <TextField
                id={`${id}-title`}
                field={field}
                label={say("desk-writing.short-name")}
                value={demand.title}
                error={errorAt(editing, field)}
                onType={(title) => set({ title })}
              />
              <TextField
                id={`${id}-text`}
                field={field}
                label={say("desk-writing.what-is-demanded")}
                lines={4}
                value={demand.text}
                onType={(text) => set({ text })}
              />
              <TextField
                id={`${id}-met`}
                field={field}
                label={say("desk-writing.what-would-count-as-met")}
                hint={say("desk-writing.as-a-stranger-could-check")}
                lines={3}
                value={demand.met}
                onType={(met) => set({ met })}
              />
              <WrittenBy editing={editing} field={field} />
            </>
          );
        }}
      </PartsList>
    </>
  );
}
