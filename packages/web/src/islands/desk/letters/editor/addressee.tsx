/** To whom the letter goes, and from which mailbox an answer would come. */

import { say } from "../../../say.ts";
import { Notice } from "../../../ui/notice.tsx";
import { errorAt, type SectionProps } from "./editing.ts";
import { TextField } from "./text-field.tsx";
import { WrittenBy } from "./written-by.tsx";

export function AddresseeSection({ editing }: SectionProps) {
  const { document, values } = editing;
  const { addressee } = values;
  const set = (part: Partial<typeof addressee>) => document.set("addressee", { ...addressee, ...part });
  const error = errorAt(editing, "addressee");
  return (
    <>
      <TextField
        id="addressee-name"
        field="addressee"
        label={say("desk-writing.name-or-office")}
        hint={say("desk-writing.as-it-stands-above-the")}
        value={addressee.name}
        error={error}
        onType={(name) => set({ name })}
      />
      <TextField
        id="addressee-organisation"
        field="addressee"
        label={say("desk-writing.organisation")}
        value={addressee.organisation}
        onType={(organisation) => set({ organisation })}
      />
      <TextField
        id="addressee-mailbox"
        field="addressee"
        label={say("desk-writing.mailbox-from-which-an-answer")}
        hint={say("desk-writing.may-be-left-empty-it")}
        dir="ltr"
        value={addressee.mailbox}
        onType={(mailbox) => set({ mailbox })}
      />
      <Notice>{say("desk-writing.an-answer-to-an-open")}</Notice>
      <WrittenBy editing={editing} field="addressee" />
    </>
  );
}
