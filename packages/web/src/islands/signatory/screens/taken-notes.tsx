/** What both ends of the way share: a strange day, a receipt saved, what a check has found. */
import { Notice } from "../../ui/notice.tsx";
import type { State } from "../machine/state.ts";
import { receiptWords } from "../words/places.ts";

export function TakenNotes({ state }: { readonly state: State }) {
  const { taken, checked, note, busy } = state;
  const found = checked === null ? null : receiptWords(checked);
  return (
    <>
      {taken?.implausible && (
        <Notice tone="warning">
          The board's day does not fit this device's clock. If your clock is right, save the receipt and make
          this known.
        </Notice>
      )}
      {note === "receipt-saved" && (
        <Notice tone="good" speak="status">
          The receipt is saved.
        </Notice>
      )}
      <p role="status">{busy === "checking" || busy === "looking" ? "The log is being read …" : ""}</p>
      {found !== null && (
        <Notice tone={found.tone} speak="status">
          {found.text}
        </Notice>
      )}
    </>
  );
}
