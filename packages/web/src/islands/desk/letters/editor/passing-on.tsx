/** The short text with which people pass the link on. It is no part of what is signed, and can be changed at any time before. */
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
        label="Short text to pass on with the link"
        hint="Two or three sentences, as a colleague would write them to another."
        lines={5}
        value={values.passOn}
        error={errorAt(editing, "passOn")}
        onType={(text) => document.set("passOn", text)}
      />
      <Notice>
        Say in it: open the link on a device of your own and not in the company’s network, and do not forward
        it from the work mailbox. A link that is opened at work can be seen there.
      </Notice>
      <WrittenBy editing={editing} field="passOn" />
    </>
  );
}
