/** Listed or unlisted, and plainly what can be seen either way. */
import { Choices } from "../../../ui/choice.tsx";
import type { LetterDraft } from "../use-letter-draft.ts";

export function Listing({ draft }: { readonly draft: LetterDraft }) {
  const { document, values } = draft;
  return (
    <>
      <Choices
        name="listed"
        legend="Who can read it at first"
        value={values.listed ? "listed" : "unlisted"}
        options={[
          {
            value: "listed",
            label: "Anyone",
            hint: "It stands on the board’s first page, and whoever signs by name or role is shown.",
          },
          {
            value: "unlisted",
            label: "Only people with the link",
            hint: "The text can be read with a key that is part of the link. Whoever has the link can pass it on. You make it public when you want; then text and names are shown, and everybody can check that it is what was signed.",
          },
        ]}
        onChoose={(choice) => document.set("listed", choice === "listed")}
      />
      {!values.listed && (
        <p>
          Even then anyone can see in the log that a letter of this workforce exists, its days, and its number
          once it comes out. Its title, its text and who is shown cannot be seen. Whoever runs the board can
          read the text while the board runs.
        </p>
      )}
    </>
  );
}
