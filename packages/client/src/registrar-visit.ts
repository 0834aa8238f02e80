/**
 * One registrar's part of an enrolment (PROTOCOL §9): blinded requests, reservation, evidence, tokens. The registrar is not
 * trusted: it must answer in its own name to these very requests, and a token counts once it verifies under the
 * logged key, as do the tokens of invitations and what confirms a name.
 */
import {
  blindRequest,
  decodeBase64url,
  type EndorsementClass,
  type Enrolment,
  type EnrolmentTokens,
  type Evidence,
  encodeBase64url,
  enrolment,
  type ReservedEvidence,
  requestsHash,
  reservation,
  type Secrets,
  unblind,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import { nameHolds, nameKeysOf } from "./names.ts";
import type { KeyedRegistrar } from "./registrars-of.ts";
import type { ClientView } from "./view.ts";
import { postWithWork, type Working } from "./with-work.ts";

/** A registrar of the epoch, as the logged manifest describes it. */
export interface Registrar {
  readonly identity: string;
  readonly name: string;
  readonly operator: string;
  readonly url: string;
}

/** What all registrars are asked for. */
export interface Asking extends Working {
  readonly secrets: Secrets;
  readonly view: ClientView;
  readonly epoch: number;
  readonly class: EndorsementClass;
  /** The name that shall be confirmed; null where the rules know of none, or the person gives none. */
  readonly name: string | null;
}

const CODE = /^\d{8}$/;

/** The requests to one registrar, whose logged keys they are made for. */
export interface Job extends KeyedRegistrar {
  readonly slots: { slot: number; blinded: string }[];
  readonly invitations: { number: number; blinded: string }[];
  readonly requests: string;
}

/** What a registrar has given, checked. */
export interface Given {
  readonly tokens: EnrolmentTokens["tokens"];
  readonly invitations: EnrolmentTokens["invitations"];
  /** One, or none where it did not confirm the name. */
  readonly names: EnrolmentTokens["names"];
}

/** The same phrase and keys always make the same requests. */
export async function blindFor(asking: Asking, keyed: KeyedRegistrar): Promise<Job> {
  const { epoch, view, secrets } = asking;
  const slots: Job["slots"] = [];
  for (const key of keyed.keys) {
    slots.push({ slot: key.slot, blinded: encodeBase64url(blindRequest(secrets, key)) });
    await breathe();
  }
  const invitations: Job["invitations"] = [];
  for (const key of keyed.invitationKeys) {
    const blinded = secrets.invitation(key).request(key);
    invitations.push({ number: key.number, blinded: encodeBase64url(blinded) });
    await breathe();
  }
  const requests = requestsHash({
    workforce: view.workforce,
    epoch,
    class: asking.class,
    registrar: keyed.registrar.identity,
    slots,
    invitations,
  });
  return { ...keyed, slots, invitations, requests };
}

/** Some milliseconds of arithmetic a key: lets a page draw in between. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Has the registrar hold the mailbox or mail for these requests; for a mailbox it mails a code. Throws as `postWithWork` does. */
export async function reserve(asking: Asking, evidence: ReservedEvidence, job: Job): Promise<void> {
  const answer = await postWithWork(
    job.registrar,
    "v1/reservations",
    {
      type: "reservation-request",
      v: 1,
      workforce: asking.view.workforce,
      epoch: asking.epoch,
      class: asking.class,
      evidence: { ...evidence },
      requests: job.requests,
    },
    reservation,
    asking,
  );
  if (answer.registrar !== job.registrar.identity || answer.requests !== job.requests) throw notTheOne();
}

/** Tokens for the evidence. Throws as `postWithWork` does, and CoreError of `unblind` for signatures that are not what was asked for. */
export async function handOver(asking: Asking, evidence: Evidence, job: Job): Promise<Given> {
  const { epoch, view, secrets, name } = asking;
  const answer = await postWithWork(
    job.registrar,
    "v1/enrolments",
    {
      type: "enrolment-request",
      v: 1,
      workforce: view.workforce,
      epoch,
      class: asking.class,
      evidence: { ...evidence },
      slots: job.slots,
      invitations: job.invitations,
      name: name === null ? null : { name, keys: nameKeysOf(secrets, { workforce: view.workforce, epoch }) },
    },
    enrolment,
    asking,
  );
  const registrar = job.registrar.identity;
  if (
    answer.registrar !== registrar ||
    answer.epoch !== epoch ||
    answer.class !== asking.class ||
    answer.invitations.length !== job.invitations.length
  ) {
    throw notTheOne();
  }
  const tokens = job.keys.map((key) => {
    // The shape has made sure that there are 16 different slots.
    const { signature } = answer.slots.find(({ slot }) => slot === key.slot) as { signature: string };
    return { slot: key.slot, ...unblind(secrets, key, decodeBase64url(signature, 256)) };
  });
  const invitations = job.invitationKeys.map((key) => {
    const given = answer.invitations.find(({ number }) => number === key.number);
    if (given === undefined) throw notTheOne();
    const signature = secrets.invitation(key).unblind(key, decodeBase64url(given.signature, 256));
    return { number: key.number, registrar, signature: encodeBase64url(signature) };
  });
  return { tokens, invitations, names: await namesOf(asking, registrar, answer.name) };
}

/** A confirmation that does not hold is none: the tokens are good without it. */
async function namesOf(
  { secrets, view, epoch, name }: Asking,
  registrar: string,
  answer: Enrolment["name"],
): Promise<EnrolmentTokens["names"]> {
  if (name === null || answer === null) return [];
  const confirmation = { registrar, name, ...answer };
  const holds = await nameHolds(secrets, { workforce: view.workforce, epoch }, confirmation);
  return holds ? [confirmation] : [];
}

/** People type codes in groups. Throws `code-malformed`. */
export function tidyCode(typed: string): string {
  const code = typed.replace(/[\s-]/g, "");
  if (CODE.test(code)) return code;
  throw new ClientError("code-malformed", "A code has eight digits. Copy it from the registrar's mail.");
}

function notTheOne(): ClientError {
  return new ClientError(
    "answer-malformed",
    "Another registrar than the one in the log answers at this address. Tell whoever runs it.",
  );
}
