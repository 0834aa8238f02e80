/**
 * One registrar's part of an enrolment (PROTOCOL §9): blinded requests, reservation, code, tokens. The registrar is not
 * trusted: it must answer in its own name to these very requests, and a token counts once it verifies under the
 * logged key.
 */
import {
  blindRequest,
  decodeBase64url,
  type EnrolmentTokens,
  encodeBase64url,
  enrolment,
  requestsHash,
  reservation,
  type Secrets,
  type TokenKey,
  unblind,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
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
  readonly class: "mailbox";
}

const CODE = /^\d{8}$/;

/** The requests to one registrar; `keys` are its logged ones, by slot. */
export interface Job {
  readonly registrar: Registrar;
  readonly keys: readonly TokenKey[];
  readonly slots: { slot: number; blinded: string }[];
  readonly requests: string;
}

/** The same phrase and keys always make the same requests. */
export async function blindFor(
  asking: Asking,
  registrar: Registrar,
  keys: readonly TokenKey[],
): Promise<Job> {
  const slots: Job["slots"] = [];
  for (const key of keys) {
    slots.push({ slot: key.slot, blinded: encodeBase64url(blindRequest(asking.secrets, key)) });
    // Some milliseconds of arithmetic a key: lets a page draw in between.
    await new Promise<void>((resolve) => setTimeout(resolve));
  }
  const { epoch, view } = asking;
  const requests = requestsHash({
    workforce: view.workforce,
    epoch,
    class: asking.class,
    registrar: registrar.identity,
    slots,
  });
  return { registrar, keys, slots, requests };
}

/** Has the registrar mail a code for these requests. Throws as `postWithWork` does. */
export async function reserve(asking: Asking, mailbox: string, job: Job): Promise<void> {
  const answer = await postWithWork(
    job.registrar,
    "v1/reservations",
    {
      type: "reservation-request",
      v: 1,
      workforce: asking.view.workforce,
      epoch: asking.epoch,
      class: asking.class,
      evidence: { kind: "mailbox-code", mailbox },
      requests: job.requests,
    },
    reservation,
    asking,
  );
  if (answer.registrar !== job.registrar.identity || answer.requests !== job.requests) throw notTheOne();
}

/** Tokens for the code. Throws as `postWithWork` does, and CoreError of `unblind` for signatures that are not what was asked for. */
export async function handOver(
  asking: Asking,
  mailbox: string,
  job: Job,
  code: string,
): Promise<EnrolmentTokens["tokens"]> {
  const { epoch, view, secrets } = asking;
  const answer = await postWithWork(
    job.registrar,
    "v1/enrolments",
    {
      type: "enrolment-request",
      v: 1,
      workforce: view.workforce,
      epoch,
      class: asking.class,
      evidence: { kind: "mailbox-code", mailbox, code },
      slots: job.slots,
    },
    enrolment,
    asking,
  );
  if (
    answer.registrar !== job.registrar.identity ||
    answer.epoch !== epoch ||
    answer.class !== asking.class
  ) {
    throw notTheOne();
  }
  return job.keys.map((key) => {
    // The shape has made sure that there are 16 different slots.
    const { signature } = answer.slots.find(({ slot }) => slot === key.slot) as { signature: string };
    return { slot: key.slot, ...unblind(secrets, key, decodeBase64url(signature, 256)) };
  });
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
