/** How the handing over of a letter stands. */
import { type BesideLetter, type BoardReader, letterAfterClosing } from "@undersigned/board";
import { answerAddress } from "../answers/answer-address.ts";
import { shownState } from "../delivery/make-delivery.ts";
import { missingForDelivery } from "../delivery/prepare-delivery.ts";
import { boardLetter } from "../model/board-texts.ts";
import { findDelivery, NOT_SENT } from "../model/deliveries.ts";
import { within } from "./act.ts";

export const delivery = within<"delivery">(async ({ desk, trx }, { workforce, letter }) => {
  const of: BesideLetter = await boardLetter(desk, trx, workforce, letter);
  const known = await findDelivery(desk, trx, letter);
  const mail = known?.mail ?? NOT_SENT;
  const { deliveries } = await letterAfterClosing(trx as unknown as BoardReader, { workforce, letter });
  const mailbox = of.manifest.addressee.mailbox || null;
  return {
    answer: {
      missing: missingForDelivery(of),
      prepared: known?.prepared ?? null,
      nonce: known?.nonce ?? null,
      address: answerAddress(desk, letter),
      canMail: desk.mail !== null && mailbox !== null,
      mailbox,
      mail: shownState(mail),
      reply: mail.reply,
      made: deliveries.map(({ leaf: { how, delivered, day, document } }) => ({
        how,
        delivered,
        day,
        document,
      })),
    },
  };
});
