/**
 * Enrolment (PROTOCOL §5, §6, §9): once an epoch, every registrar blindly signs the person's key of each slot.
 *
 * First every registrar is asked to reserve, which tells it the mailbox and the hash of the requests. Only when the
 * quorum has reserved is a code asked for and handed to the registrar that sent it: so a dishonest registrar cannot
 * use the evidence elsewhere first. A registrar learns that this mailbox enrols in this epoch and nothing of letters.
 *
 * All requests derive from the phrase and the logged keys, so everything may be repeated: after a lost answer, a
 * crash or on another device the same bytes are sent and the same answers come. What a registrar answers is
 * unblinded and checked under the logged key before it counts.
 */
import {
  CoreError,
  canonicalMailbox,
  type EndorsementClass,
  type EnrolmentTokens,
  SLOTS,
  type TokenKey,
  TokenVerifier,
} from "@undersigned/core";
import { ClientError } from "./errors.ts";
import {
  type Asking,
  blindFor,
  handOver,
  type Job,
  type Registrar,
  reserve,
  tidyCode,
} from "./registrar-visit.ts";
import { type ClientView, rulesOf } from "./view.ts";

export type EnrolmentStep =
  | "blinding"
  | "reserving"
  | "reserved"
  | "enrolling"
  | "enrolled"
  | "skipped"
  | "failed";

/** How it went with one registrar. `known`: its tokens were there already, it was not asked. */
export type RegistrarOutcome = { readonly registrar: Registrar } & (
  | { readonly state: "known" | "enrolled" | "reserved" | "skipped" }
  | { readonly state: "failed"; readonly code: string; readonly message: string }
);

export interface EnrolOptions extends Asking {
  /** As the person typed it; the canonical form is what is sent. */
  readonly mailbox: string;
  /** Tokens of an enrolment that was not finished: whoever answered then is not asked again. */
  readonly earlier?: EnrolmentTokens | undefined;
  /**
   * The eight digits that this registrar mailed, or null to go on without it. Asked again, with `wrong` above 0, when
   * the registrar says that the code is not right.
   */
  readonly askCode: (registrar: Registrar, wrong: number) => Promise<string | null>;
  readonly onProgress?: ((registrar: Registrar, step: EnrolmentStep) => void) | undefined;
}

export interface EnrolmentResult {
  /** All tokens so far, those of `earlier` included, sorted by slot and registrar. */
  readonly tokens: EnrolmentTokens;
  readonly outcomes: readonly RegistrarOutcome[];
  /** Tokens of how many registrars a signature needs, and of how many there are. */
  readonly quorum: number;
  readonly answered: number;
}

/** The registrar's word for a code that does not fit: worth asking the person again. */
const WRONG_CODE = "wrong-code";
const CODE_TRIES = 5;

/**
 * Enrols. Returns also when some or all registrars failed: `answered` below `quorum` means that it is to be repeated,
 * with `earlier` set to the tokens. Throws before anything is sent: CoreError of `canonicalMailbox` for a mailbox that
 * the rules do not take, ClientError `epoch-unknown` where the log has no such keys, `wrong-enrolment` where `earlier`
 * is of another epoch, class or workforce.
 */
export async function enrol(options: EnrolOptions): Promise<EnrolmentResult> {
  const { view, epoch } = options;
  const { quorum, mailboxes } = rulesOf(view, epoch);
  const mailbox = canonicalMailbox(options.mailbox, mailboxes);
  const registrars = registrarsOf(view, epoch, options.class);
  const earlier = await earlierTokens(options, registrars);
  const outcomes = new Map<string, RegistrarOutcome>();
  const tokens: EnrolmentTokens["tokens"] = [...earlier];
  const todo: Registrar[] = [];
  for (const { registrar } of registrars) {
    if (earlier.some((token) => token.registrar === registrar.identity)) {
      outcomes.set(registrar.identity, { registrar, state: "known" });
    } else todo.push(registrar);
  }

  const known = outcomes.size;
  const reserved = await reserveAll(options, mailbox, todo, outcomes);
  if (known + reserved.length >= quorum) {
    for (const job of reserved) {
      const found = await hand(options, mailbox, job, outcomes);
      if (found !== null) tokens.push(...found);
    }
  }
  tokens.sort((a, b) => a.slot - b.slot || (a.registrar < b.registrar ? -1 : 1));
  return {
    tokens: { type: "tokens", v: 1, workforce: view.workforce, epoch, class: options.class, tokens },
    outcomes: registrars.map(({ registrar }) => outcomes.get(registrar.identity) as RegistrarOutcome),
    quorum,
    answered: new Set(tokens.map((token) => token.registrar)).size,
  };
}

/**
 * The registrars whose keys for all slots of the epoch are in the log, in the manifest's order; with their present
 * addresses, where they have moved since.
 */
function registrarsOf(
  view: ClientView,
  epoch: number,
  of: EndorsementClass,
): { readonly registrar: Registrar; readonly keys: readonly TokenKey[] }[] {
  const bySlot = Array.from({ length: SLOTS }, (_, slot) => view.tokenKeys(epoch, slot, of));
  const rules = rulesOf(view, epoch);
  const found = rules.registrars.flatMap((then) => {
    const now = view.manifest.registrars.find(({ identity }) => identity === then.identity);
    const keys = bySlot.flatMap((slot) => slot.filter((key) => key.registrar === then.identity));
    return keys.length === SLOTS ? [{ registrar: now ?? then, keys }] : [];
  });
  if (found.length < rules.quorum) {
    throw new ClientError(
      "epoch-unknown",
      "The log has no keys for enrolling in this epoch. Choose an epoch that has been opened.",
    );
  }
  return found;
}

/** The tokens of earlier whose registrar gave valid ones for all slots; the others are fetched again. */
async function earlierTokens(
  options: EnrolOptions,
  registrars: ReturnType<typeof registrarsOf>,
): Promise<EnrolmentTokens["tokens"]> {
  const { earlier, view, epoch, secrets } = options;
  if (earlier === undefined) return [];
  if (earlier.workforce !== view.workforce || earlier.epoch !== epoch || earlier.class !== options.class) {
    throw new ClientError(
      "wrong-enrolment",
      "The enrolment that was begun belongs to another workforce or epoch. Leave it out or choose its epoch.",
    );
  }
  const kept: EnrolmentTokens["tokens"] = [];
  for (const { registrar, keys } of registrars) {
    const own = earlier.tokens.filter((token) => token.registrar === registrar.identity);
    const checks = keys.map(async (key) => {
      const slotKey = secrets.slotSigner(key).publicKey;
      const token = own.find(({ slot }) => slot === key.slot);
      return token !== undefined && (await new TokenVerifier(key).verify(token, slotKey));
    });
    if (own.length === SLOTS && (await Promise.all(checks)).every((valid) => valid)) kept.push(...own);
  }
  return kept;
}

/** Reserves at all of them at once, and tells who took it. */
async function reserveAll(
  options: EnrolOptions,
  mailbox: string,
  registrars: readonly Registrar[],
  outcomes: Map<string, RegistrarOutcome>,
): Promise<Job[]> {
  const all = registrarsOf(options.view, options.epoch, options.class);
  const jobs = await Promise.all(
    registrars.map(async (registrar) => {
      const keys = all.find((entry) => entry.registrar.identity === registrar.identity)?.keys ?? [];
      try {
        options.onProgress?.(registrar, "blinding");
        const job = await blindFor(options, registrar, keys);
        options.onProgress?.(registrar, "reserving");
        await reserve(options, mailbox, job);
        options.onProgress?.(registrar, "reserved");
        outcomes.set(registrar.identity, { registrar, state: "reserved" });
        return job;
      } catch (error) {
        outcomes.set(registrar.identity, failed(options, registrar, error));
        return null;
      }
    }),
  );
  return jobs.filter((job) => job !== null);
}

/** Asks for the code and hands it over; the tokens, or null with the outcome noted. */
async function hand(
  options: EnrolOptions,
  mailbox: string,
  job: Job,
  outcomes: Map<string, RegistrarOutcome>,
): Promise<EnrolmentTokens["tokens"] | null> {
  const { registrar } = job;
  try {
    for (let wrong = 0; ; wrong++) {
      const code = await options.askCode(registrar, wrong);
      if (code === null) {
        options.onProgress?.(registrar, "skipped");
        outcomes.set(registrar.identity, { registrar, state: "skipped" });
        return null;
      }
      try {
        options.onProgress?.(registrar, "enrolling");
        const tokens = await handOver(options, mailbox, job, tidyCode(code));
        options.onProgress?.(registrar, "enrolled");
        outcomes.set(registrar.identity, { registrar, state: "enrolled" });
        return tokens;
      } catch (error) {
        const again =
          error instanceof ClientError && (error.code === "code-malformed" || error.remote === WRONG_CODE);
        if (!again || wrong + 1 >= CODE_TRIES) throw error;
      }
    }
  } catch (error) {
    outcomes.set(registrar.identity, failed(options, registrar, error));
    return null;
  }
}

function failed(options: EnrolOptions, registrar: Registrar, error: unknown): RegistrarOutcome {
  if (!(error instanceof ClientError) && !(error instanceof CoreError)) throw error;
  options.onProgress?.(registrar, "failed");
  const code = error instanceof ClientError ? (error.remote ?? error.code) : error.code;
  return { registrar, state: "failed", code, message: error.message };
}
