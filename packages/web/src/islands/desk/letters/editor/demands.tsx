/** What is demanded: each with a short name, a text, and what would count as met. */
import { errorAt, type SectionProps } from "./editing.ts";
import { PartsList } from "./parts-list.tsx";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

const EMPTY = { title: "", text: "", met: "" };

export function DemandsSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <p>
        A demand that can be met, and of which anyone can see later whether it was, is worth more than a
        strong word. A letter may also have none.
      </p>
      <PartsList
        document={document}
        order="demands"
        prefix="demand"
        ids={values.demands.map(({ id }) => id)}
        word="Demand"
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
                label="Short name"
                value={demand.title}
                error={errorAt(editing, field)}
                onType={(title) => set({ title })}
              />
              <TextField
                id={`${id}-text`}
                field={field}
                label="What is demanded"
                lines={4}
                value={demand.text}
                onType={(text) => set({ text })}
              />
              <TextField
                id={`${id}-met`}
                field={field}
                label="What would count as met"
                hint="As a stranger could check it: by which day, seen in what."
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
