/** What both ends of the way share: a strange day, a receipt saved, what a check has found. */
import { say } from "../../say.ts";
import { Notice } from "../../ui/notice.tsx";
import type { State } from "../machine/state.ts";
import { receiptWords } from "../words/places.ts";

export function TakenNotes({ state }: { readonly state: State }) {
  const { taken, checked, note, busy } = state;
  const found = checked === null ? null : receiptWords(checked);
  return (
    <>
      {taken?.implausible && (
        <Notice tone="warning">{say("sign-signing.taken-notes.the-boards-day-does-not")}</Notice>
      )}
      {note === "receipt-saved" && (
        <Notice tone="good" speak="status">
          {say("sign-signing.taken-notes.the-receipt-is-saved")}
        </Notice>
      )}
      <p role="status">
        {busy === "checking" || busy === "looking" ? say("sign-signing.shared.the-log-is-being-read") : ""}
      </p>
      {found !== null && (
        <Notice tone={found.tone} speak="status">
          {found.text}
        </Notice>
      )}
    </>
  );
}
