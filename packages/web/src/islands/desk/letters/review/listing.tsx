/** Listed or unlisted, and plainly what can be seen either way. */

import { say } from "../../../say.ts";
import { Choices } from "../../../ui/choice.tsx";
import type { LetterDraft } from "../use-letter-draft.ts";

export function Listing({ draft }: { readonly draft: LetterDraft }) {
  const { document, values } = draft;
  return (
    <>
      <Choices
        name="listed"
        legend={say("desk-writing.who-can-read-it-at")}
        value={values.listed ? "listed" : "unlisted"}
        options={[
          {
            value: "listed",
            label: say("desk-writing.anyone"),
            hint: say("desk-writing.it-stands-on-the-boards"),
          },
          {
            value: "unlisted",
            label: say("desk-writing.only-people-with-the-link"),
            hint: say("desk-writing.the-text-can-be-read"),
          },
        ]}
        onChoose={(choice) => document.set("listed", choice === "listed")}
      />
      {!values.listed && <p>{say("desk-writing.even-then-anyone-can-see")}</p>}
    </>
  );
}
