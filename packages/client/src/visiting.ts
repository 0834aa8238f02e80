/** How a registrar is visited with each kind of evidence: what is reserved, what the person is asked, what is handed over. */
import {
  canonicalMailbox,
  encodeBase64url,
  mailReservationHash,
  type ReservedEvidence,
} from "@undersigned/core";
import type { CheckedMail } from "./check-mail.ts";
import { ClientError } from "./errors.ts";
import type { CodeOffer, EvidenceOffer } from "./evidence.ts";
import { invitationTokenKey, secretsOf } from "./invitations.ts";
import {
  type Asking,
  type Given,
  handOver,
  type Job,
  type Registrar,
  reserve,
  tidyCode,
} from "./registrar-visit.ts";
import { type ClientView, rulesOf } from "./view.ts";

export interface Visiting {
  /** Whether there is anything to show to this registrar. */
  isFor(registrar: Registrar): boolean;
  /** Null where nothing has to be reserved. Throws as `reserve` does. */
  readonly reserve: ((asking: Asking, job: Job) => Promise<void>) | null;
  /** Null where the person is not asked. */
  readonly askCode: CodeOffer["askCode"] | null;
  /** `code`: what `askCode` gave, or "". Throws as `handOver` does, and `code-malformed`. */
  handOver(asking: Asking, job: Job, code: string): Promise<Given>;
}

/** Throws CoreError of `canonicalMailbox`. The offer must be one of the epoch's (`classOfOffer`). */
export function visitingWith(view: ClientView, epoch: number, offer: EvidenceOffer): Visiting {
  if (offer.kind === "mailbox-code") return withCode(view, epoch, offer);
  if (offer.kind === "existing-mail") return withMail(offer.mail);
  const { invitation } = offer;
  const places = new Map(rulesOf(view, epoch).registrars.map(({ identity }, place) => [identity, place]));
  const tokenFor = ({ identity }: Registrar) =>
    invitation.tokens.find(({ registrar }) => registrar === places.get(identity));
  return {
    isFor: (registrar) => tokenFor(registrar) !== undefined,
    reserve: null,
    askCode: null,
    handOver: (asking, job) => {
      const { registrar, signature } = tokenFor(job.registrar)!;
      // `readInvitation` has found the key.
      const key = invitationTokenKey(view, invitation, registrar)!;
      return handOver(asking, secretsOf(view, invitation).use(key, signature, job.requests), job);
    },
  };
}

function withCode(view: ClientView, epoch: number, offer: CodeOffer): Visiting {
  const mailbox = canonicalMailbox(offer.mailbox, rulesOf(view, epoch).mailboxes);
  const kind = "mailbox-code";
  return {
    isFor: () => true,
    reserve: (asking, job) => reserve(asking, { kind, mailbox }, job),
    askCode: offer.askCode,
    // An async function, so that a code that is none is a failure of the visit.
    handOver: async (asking, job, code) => handOver(asking, { kind, mailbox, code: tidyCode(code) }, job),
  };
}

/** A registrar that was restarted has forgotten what it held. */
const RESERVATIONS = 3;

function withMail(mail: CheckedMail): Visiting {
  const kind = "existing-mail";
  const header = encodeBase64url(mail.header);
  const held = (job: Job): ReservedEvidence => ({
    kind,
    mail: mailReservationHash(job.registrar.identity, encodeBase64url(mail.signature)),
  });
  return {
    isFor: () => true,
    reserve: (asking, job) => reserve(asking, held(job), job),
    askCode: null,
    handOver: async (asking, job) => {
      for (let reserved = 1; ; reserved++) {
        try {
          return await handOver(asking, { kind, header }, job);
        } catch (error) {
          const isGone = error instanceof ClientError && error.remote === "not-reserved";
          if (!isGone || reserved >= RESERVATIONS) throw error;
        }
        await reserve(asking, held(job), job);
      }
    },
  };
}
