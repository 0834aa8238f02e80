/** What cannot be changed afterwards: all that stands in the manifest, whose hash is the letter's name in the log. */
import { isDay } from "@undersigned/core";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

export function Frozen({ draft }: { readonly draft: LetterDraft }) {
  const { values, organisers } = draft;
  return (
    <>
      <p>{say("desk-writing.every-signature-is-given-for")}</p>
      <ul>
        <li>{say("desk-writing.title-text-demands-and-supplement")}</li>
        <li>{say("desk-writing.to-whom-it-goes-and")}</li>
        <li>
          <Says
            words={say.rich("desk-writing.the-days", {
              opens: dayOr(values.opens),
              closes: dayOr(values.closes),
              delivers: dayOr(values.delivers),
            })}
          />
        </li>
        <li>{say("desk-writing.how-people-may-appear-and")}</li>
        <li>{say("desk-writing.the-keys", { count: organisers.length })}</li>
      </ul>
      <p>{say("desk-writing.what-can-be-changed-the")}</p>
    </>
  );
}

function dayOr(day: string) {
  return isDay(day) ? say.day(day) : say("desk-writing.no-day-yet");
}
