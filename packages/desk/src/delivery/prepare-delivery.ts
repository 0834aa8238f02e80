/**
 * Makes what is handed over: a bundle of the workforce's public files as they are now, and the PDF that is made from that bundle. So
 * both are of one state of the log, and the addressee can make the PDF anew.
 */
import { type BesideLetter, publicSite } from "@undersigned/board";
import {
  answerNonceHash,
  createAnswerNonce,
  encodeBase64url,
  MAX_DOCUMENT_BYTES,
  type PreparedDelivery,
  sha256,
} from "@undersigned/core";
import { bundleSource, CHECKPOINT_PATH, LIMITS, makeBundle } from "@undersigned/verify";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { type DeskDelivery, findDelivery, NOT_SENT, putDelivery } from "../model/deliveries.ts";
import { putPrepared } from "../model/prepared.ts";

/** A larger bundle is not attached: many mail servers take no more than 25 MB, and mail makes a third more of it. */
export const MAX_BUNDLE_BYTES = 15_000_000;

export type MissingForDelivery = "unlisted" | "not-closed" | "too-few";

const WAITS = {
  unlisted: "Make the letter public first: what is handed over shows who signed it.",
  "not-closed": "The letter is open still: hand it over once it is closed.",
  "too-few": "Too few have signed, so nothing was published: there is nothing to hand over.",
} as const satisfies Record<MissingForDelivery, string>;

export function missingForDelivery({ unlisted, row }: BesideLetter): MissingForDelivery | null {
  if (row.closing_index === null) return "not-closed";
  if (row.first_day === null) return "too-few";
  return unlisted ? "unlisted" : null;
}

/** Throws `delivery-not-yet`. */
export function requireDeliverable(of: BesideLetter): void {
  const missing = missingForDelivery(of);
  if (missing !== null) throw new DeskError("delivery-not-yet", WAITS[missing]);
}

/** One at a time for each letter. */
export class Preparations {
  readonly #running = new Map<string, Promise<PreparedDelivery>>();

  /** Durable when it resolves. Throws `delivery-not-yet`, `delivery-running`, `document-too-large`, `document-not-made`. */
  async prepare(desk: Desk, of: BesideLetter): Promise<PreparedDelivery> {
    requireDeliverable(of);
    const running =
      this.#running.get(of.letter) ?? prepare(desk, of).finally(() => this.#running.delete(of.letter));
    this.#running.set(of.letter, running);
    return await running;
  }
}

async function prepare(desk: Desk, { workforce, letter }: BesideLetter): Promise<PreparedDelivery> {
  const bundle = await makeBundle(publicSite(desk.board.internals).files(workforce), workforce);
  const size = await sizeOf(bundle);
  const { pdf, pages } = await desk.makeDocument({ bundle, workforce, letter });
  if (pdf.length > MAX_DOCUMENT_BYTES) {
    throw new DeskError("document-too-large", "The document is too large to be handed over in one piece.");
  }
  const attached = bundle.length <= MAX_BUNDLE_BYTES ? bundle : null;
  return await desk.database.transaction(async (trx) => {
    const known = await findDelivery(desk, trx, letter);
    // What is on its way goes on with what was prepared for it.
    if (known !== null && (known.mail.state === "sending" || known.mail.state === "accepted")) {
      throw new DeskError(
        "delivery-running",
        "A mail is on its way, or may be: finish that first, with the document that it has.",
      );
    }
    const nonce = known?.nonce ?? createAnswerNonce();
    const prepared: PreparedDelivery = {
      day: desk.clock.day(),
      size,
      document: hashOf(pdf),
      pages,
      bundle: attached === null ? null : hashOf(attached),
      bundleBytes: bundle.length,
      nonce: answerNonceHash(letter, nonce),
    };
    const mail = known?.mail ?? NOT_SENT;
    const delivery: DeskDelivery = { workforce, letter, nonce, prepared, mail, proofs: known?.proofs ?? [] };
    await putPrepared(desk, trx, letter, { document: pdf, bundle: attached });
    await putDelivery(desk, trx, delivery);
    return prepared;
  });
}

/** Of the checkpoint that the bundle holds: the board's own, so nothing is checked again here. */
async function sizeOf(bundle: Uint8Array): Promise<number> {
  const note = await bundleSource(bundle).read(CHECKPOINT_PATH, LIMITS.checkpoint);
  return Number(new TextDecoder().decode(note ?? new Uint8Array()).split("\n")[1]);
}

function hashOf(file: Uint8Array): string {
  return encodeBase64url(sha256(file));
}
