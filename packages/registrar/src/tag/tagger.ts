/**
 * The tag of a mailbox in an epoch: 32 bytes, the same each time, by which the registrar knows that the mailbox has
 * enrolled (PROTOCOL §12).
 *
 *     without a second party    HMAC-SHA256(tag key, canonical mailbox)
 *     with one                  HMAC-SHA256(tag key, VOPRF(M("tag-input", {epoch, mailbox, workforce})))
 */
import { createHmac } from "node:crypto";
import { domainMessage, encodeCanonical, type Signer } from "@undersigned/core";
import { type Clock, createLimiter, type Logger, systemClock } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import type { RegistrarEvents } from "../events.ts";
import type { Epoch, EpochSecrets } from "../keys/load-epochs.ts";
import { requireTaken } from "../limits.ts";
import { askSecondParty, SecondPartyDown, type SecondPartyPin } from "../second-party/ask-second-party.ts";

export type Tagger = {
  /**
   * For a canonical mailbox whose code was checked. Throws `second-party-down`, whatever was the matter with the second
   * party; nothing was stored then, and the same call completes it later. And ServiceError `too-many-requests`.
   */
  tag(
    epoch: Pick<Epoch, "number" | "statement">,
    secrets: EpochSecrets,
    mailbox: string,
  ): Promise<Uint8Array>;
};

/** How often one proved mailbox is asked about in a day, so that nobody who repeats an enrolment uses up what others need. */
const ASKS_PER_MAILBOX = 20;
const DAY_SECONDS = 86_400;
const MAX_MAILBOXES = 100_000;
/** Questions at once: a second party that hangs is not to fill the registrar with people who wait. */
const MOST_WAITING = 64;

/** `timeoutMs` is how long a second party may take; it is for tests. */
export function createTagger(
  identity: Signer,
  logger: Logger<RegistrarEvents>,
  options: { readonly timeoutMs?: number; readonly clock?: Pick<Clock, "now"> } = {},
): Tagger {
  const asks = createLimiter({
    capacity: ASKS_PER_MAILBOX,
    refillPerSecond: ASKS_PER_MAILBOX / DAY_SECONDS,
    maxKeys: MAX_MAILBOXES,
    clock: options.clock ?? systemClock,
  });
  let waiting = 0;

  async function evaluate(
    pin: SecondPartyPin,
    epoch: number,
    workforce: string,
    mailbox: string,
  ): Promise<Uint8Array> {
    requireTaken(
      asks.take(`${epoch} ${mailbox}`),
      "This mailbox was enrolled again and again. What is enrolled stays; try again tomorrow.",
    );
    if (waiting >= MOST_WAITING) throw new SecondPartyDown(false);
    waiting++;
    const input = tagInput(workforce, epoch, mailbox);
    try {
      return await askSecondParty(pin, { workforce, epoch, identity }, input, options.timeoutMs);
    } catch (error) {
      if (error instanceof SecondPartyDown) {
        logger.event("second-party-down", { epoch, limited: error.limited });
        throw error;
      }
      if (error instanceof RegistrarError) {
        logger.event("second-party-wrong", { epoch });
        // The person is told no more than that it can be tried again.
        throw new SecondPartyDown(false);
      }
      throw error;
    } finally {
      waiting--;
    }
  }

  return {
    async tag({ number, statement }, { tag, secondParty }, mailbox) {
      if (secondParty === null) return hmac(tag, Buffer.from(mailbox));
      return hmac(tag, await evaluate(secondParty, number, statement.workforce, mailbox));
    },
  };
}

/** What is hidden from the second party: the mailbox, bound to workforce and epoch. */
export function tagInput(workforce: string, epoch: number, mailbox: string): Uint8Array {
  return domainMessage("tag-input", encodeCanonical({ epoch, mailbox, workforce }));
}

function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(message).digest();
}
