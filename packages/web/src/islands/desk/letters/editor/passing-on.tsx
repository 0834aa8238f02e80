/** The short text with which people pass the link on. It is no part of what is signed, and can be changed at any time before. */

import { say } from "../../../say.ts";
import { Notice } from "../../../ui/notice.tsx";
import { errorAt, type SectionProps } from "./editing.ts";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

export function PassingOnSection({ editing }: SectionProps) {
  const { document, values } = editing;
  return (
    <>
      <TextField
        id="pass-on"
        field="passOn"
        label={say("desk-writing.short-text-to-pass-on")}
        hint={say("desk-writing.two-or-three-sentences-as")}
        lines={5}
        value={values.passOn}
        error={errorAt(editing, "passOn")}
        onType={(text) => document.set("passOn", text)}
      />
      <Notice>{say("desk-writing.say-in-it-open-the")}</Notice>
      <WrittenBy editing={editing} field="passOn" />
    </>
  );
}
