/** When it opens, closes and is delivered, and in which way. */

import { say } from "../../../say.ts";
import { DayField } from "../../../ui/day-field.tsx";
import { type DayNote, dayNotes } from "./day-words.ts";
import { errorAt, type SectionProps } from "./editing.ts";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

export function DaysSection({ editing }: SectionProps) {
  const { document, values, today } = editing;
  const notes = dayNotes(values, today);
  const field = (name: "opens" | "closes" | "delivers", label: string) => (
    <>
      <DayField
        id={name}
        label={label}
        value={values[name]}
        error={notes[name].some(({ tone }) => tone === "warning") ? null : errorAt(editing, name)}
        onType={(day) => document.set(name, day)}
      >
        <Notes notes={notes[name]} />
      </DayField>
      <WrittenBy editing={editing} field={name} />
    </>
  );
  return (
    <>
      <p>{say("desk-writing.days-are-whole-days-in")}</p>
      {field("opens", say("desk-writing.opens-for-signing-on"))}
      {field("closes", say("desk-writing.last-day-for-signing"))}
      {field("delivers", say("desk-writing.delivered-on"))}
      <TextField
        id="delivery"
        field="delivery"
        label={say("desk-writing.how-it-is-delivered")}
        hint={say("desk-writing.by-whom-to-which-office")}
        lines={3}
        value={values.delivery}
        error={errorAt(editing, "delivery")}
        onType={(text) => document.set("delivery", text)}
      />
      <WrittenBy editing={editing} field="delivery" />
    </>
  );
}

export function Notes({ notes }: { readonly notes: readonly DayNote[] }) {
  return (
    <>
      {notes.map(({ tone, words }) => (
        <p class={tone === "warning" ? "hint caution" : "hint"} key={words}>
          {words}
        </p>
      ))}
    </>
  );
}
