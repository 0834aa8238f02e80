/** To whom the letter goes, and from which mailbox an answer would come. */
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
        label="Name, or office"
        hint="As it stands above the letter: “the chief executive”, or a person’s name."
        value={addressee.name}
        error={error}
        onType={(name) => set({ name })}
      />
      <TextField
        id="addressee-organisation"
        field="addressee"
        label="Organisation"
        value={addressee.organisation}
        onType={(organisation) => set({ organisation })}
      />
      <TextField
        id="addressee-mailbox"
        field="addressee"
        label="Mailbox from which an answer would come"
        hint="May be left empty. It is public with the letter."
        dir="ltr"
        value={addressee.mailbox}
        onType={(mailbox) => set({ mailbox })}
      />
      <Notice>
        An answer to an open letter is easily made up. If this mailbox is stated, a mail that comes from it,
        and that its own mail server has signed, can be shown word for word beside the letter, and anyone can
        check that it came from there.
      </Notice>
      <WrittenBy editing={editing} field="addressee" />
    </>
  );
}
