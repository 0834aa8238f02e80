/** What cannot be changed afterwards: all that stands in the manifest, whose hash is the letter's name in the log. */
import { longDay } from "../../../../shared/words/days.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

export function Frozen({ draft }: { readonly draft: LetterDraft }) {
  const { values, organisers } = draft;
  return (
    <>
      <p>
        Every signature is given for exactly this letter. So nothing of what follows can be changed once it is
        published, by anyone: not a comma. A changed text is a new letter, and everybody who signed is asked
        again.
      </p>
      <ul>
        <li>Title, text, demands and supplement, with the copies that belong to it.</li>
        <li>To whom it goes, and the mailbox from which an answer would come.</li>
        <li>
          The days: {dayOr(values.opens)} to {dayOr(values.closes)}, delivered on {dayOr(values.delivers)}.
          Two owners can close it earlier, with two days’ notice that everybody sees.
        </li>
        <li>How people may appear, and when signatures come out.</li>
        <li>
          The keys of {organisers.length === 1 ? "its owner" : `its ${organisers.length} owners`}. The keys
          are public; your names at this desk are not.
        </li>
      </ul>
      <p>What can be changed: the text to pass on, who organises, what is hidden under “Moderation”.</p>
    </>
  );
}

function dayOr(day: string) {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? <time datetime={day}>{longDay(day)}</time> : "(no day yet)";
}
