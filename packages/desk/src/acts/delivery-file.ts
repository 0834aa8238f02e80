/** What was prepared last, or the sheet that goes with it where it is handed over by hand or by post. */
import { encodeBase64url } from "@undersigned/core";
import { makeCoverSheet } from "@undersigned/paper";
import { answerAddress } from "../answers/answer-address.ts";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { boardLetter, workforceInForce } from "../model/board-texts.ts";
import { findDelivery } from "../model/deliveries.ts";
import { requirePrepared } from "../model/prepared.ts";
import { around } from "./act.ts";

export const deliveryFile = around<"delivery-file">(async ({ desk }, { workforce, letter, which }) => {
  const { db } = desk.database;
  const file =
    which === "cover"
      ? await coverOf(desk, workforce, letter)
      : (await requirePrepared(desk, db, letter))[which];
  if (file === null) {
    throw new DeskError(
      "delivery-unprepared",
      "The bundle is too large to be handed out here: take it from the letter's page.",
    );
  }
  return { answer: { file: encodeBase64url(file) } };
});

async function coverOf(desk: Desk, workforce: string, letter: string): Promise<Uint8Array> {
  const { db } = desk.database;
  const { manifest } = await boardLetter(desk, db, workforce, letter);
  const known = await findDelivery(desk, db, letter);
  if (known?.prepared == null) {
    throw new DeskError("delivery-unprepared", "Make the document first: nothing is ready for this letter.");
  }
  const { employer, board } = (await workforceInForce(db, workforce)).manifest;
  const address = answerAddress(desk, letter);
  const { title, language, addressee } = manifest;
  const mailbox = addressee.mailbox || null;
  return makeCoverSheet({
    title,
    language,
    employer,
    addressee: { name: addressee.name, organisation: addressee.organisation },
    link: `${board.url.replace(/\/$/, "")}/w/${workforce}/letters/${letter}#${workforce}`,
    document: known.prepared.document,
    // Without a mailbox in the letter nothing can prove whose an answer is.
    answers: address === null || mailbox === null ? null : { address, mailbox, mark: known.nonce },
  });
}
