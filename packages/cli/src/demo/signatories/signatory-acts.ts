/**
 * What signatories do, each through @undersigned/client as the command does it: real requests to real servers. This file
 * holds their phrases and tokens, in memory only, as their own devices would.
 */
import {
  ClientError,
  type ClientView,
  type EnrolmentResult,
  enrol,
  type Files,
  keyState,
  postRequest,
  prepareEndorsement,
  revise,
  withdraw,
} from "@undersigned/client";
import {
  CoreError,
  type EnrolmentTokens,
  encodeCanonical,
  generatePhrase,
  type JsonValue,
  type KeyHead,
  Secrets,
} from "@undersigned/core";
import { DemoError } from "../demo-error.ts";
import { samplePerson } from "../sample/sample-people.ts";
import { lossyFetch } from "./lossy-fetch.ts";
import { ENROLLED_TWICE, type Enrolled, type Job, type Outcome } from "./signatory-jobs.ts";

type Device = { readonly secrets: Secrets; tokens: EnrolmentTokens | null; head: KeyHead | null };

export type SignatoryContext = {
  readonly view: ClientView;
  readonly source: Files;
  readonly letter: string;
  readonly epoch: number;
  /** The eight digits of the next mail of this registrar (identity) to this mailbox, or null if none came. */
  readonly readMail: (inbox: string, registrar: string, again: boolean) => Promise<string | null>;
};

/** A client's patience on a machine that does everything at once. */
const PATIENCE = { attempts: 5, timeoutMs: 30_000 };
/** With registrars: shorter than a person's, since all of them are on this machine and some never answer. */
const ENROLLING = { ...PATIENCE, patienceMs: 1_000, graceMs: 1_500 };
/** Where no quorum is going to answer, nothing cuts the wait for one that never does. */
const BRIEFLY = { attempts: 2, timeoutMs: 10_000 };
/** How often somebody begins again with the same phrase when too few registrars have answered. */
const ROUNDS = 3;

export type Signatories = { readonly act: (job: Job) => Promise<Outcome> };

export function createSignatories(context: SignatoryContext): Signatories {
  const { view, source, letter, epoch } = context;
  const devices = new Map<number, Device>();

  function device(person: number): Device {
    const found = devices.get(person);
    if (found === undefined) throw amiss("Somebody acts who has not enrolled.");
    return found;
  }

  async function enrolFirst(person: number, losesAnswer: boolean): Promise<Outcome> {
    const { typed, inbox } = samplePerson(person);
    const secrets = new Secrets(generatePhrase());
    const network = lossyFetch(losesAnswer ? "/v1/enrolments" : null);
    const round = (earlier: EnrolmentTokens | undefined): Promise<EnrolmentResult> =>
      enrol({
        ...ENROLLING,
        secrets,
        view,
        epoch,
        evidence: {
          kind: "mailbox-code",
          mailbox: typed,
          askCode: (registrar, wrong) => context.readMail(inbox, registrar.identity, wrong > 0),
        },
        name: null,
        earlier,
        fetch: network.fetch,
      });
    let result = await round(undefined);
    for (let rounds = 1; result.answered < result.quorum && rounds < ROUNDS; rounds++) {
      result = await round(result.tokens);
    }
    const enrolment = enrolled(result);
    if (result.answered < result.quorum) {
      const failed = result.outcomes.find((outcome) => outcome.state === "failed");
      const { code, message } =
        failed?.state === "failed"
          ? failed
          : { code: "not-enrolled", message: "Too few registrars enrolled this person." };
      return { ok: false, code, message, enrolment };
    }
    devices.set(person, { secrets, tokens: result.tokens, head: null });
    return { ok: true, lost: network.lost(), enrolment };
  }

  /**
   * With another phrase and another spelling, and the right codes: proof that the mailbox is theirs, and still no second
   * signature. Some registrars may be down, and dishonest ones may sign: it is enough that so many refuse that the
   * others are no quorum.
   */
  async function tryAgain(person: number): Promise<Outcome> {
    const { typedOtherwise, inbox } = samplePerson(person);
    const { registrars, quorum } = rulesAt(view, epoch);
    const result = await enrol({
      ...ENROLLING,
      ...BRIEFLY,
      secrets: new Secrets(generatePhrase()),
      view,
      epoch,
      evidence: {
        kind: "mailbox-code",
        mailbox: typedOtherwise,
        askCode: (registrar, wrong) => context.readMail(inbox, registrar.identity, wrong > 0),
      },
      name: null,
      fetch,
    });
    if (result.answered >= quorum) {
      return { ok: false, code: ENROLLED_TWICE, message: "One mailbox was enrolled with two phrases." };
    }
    const refused = result.outcomes.filter(
      (outcome) => outcome.state === "failed" && outcome.code === "already-enrolled",
    );
    if (refused.length > registrars.length - quorum) return { ok: true, lost: 0 };
    const states = result.outcomes.map((one) => (one.state === "failed" ? one.code : one.state)).join(", ");
    throw amiss(`A second enrolment of one mailbox was answered with ${states} instead of already-enrolled.`);
  }

  async function sign(job: Extract<Job, { act: "sign" }>): Promise<Outcome> {
    const own = device(job.person);
    const { appearance } = samplePerson(job.person);
    if (own.tokens === null) throw amiss("Somebody signs without tokens.");
    const network = lossyFetch(job.losesAnswer ? "/v1/endorsements" : null);
    const request = await prepareEndorsement({
      view,
      secrets: own.secrets,
      letter: job.letter ?? letter,
      tokens: own.tokens,
      appearance,
      remainder: "release",
    });
    const posting = { ...PATIENCE, fetch: network.fetch };
    const receipt = await postRequest(view, request, posting);
    if (job.twice && !same(receipt, await postRequest(view, request, posting))) {
      throw amiss("The same endorsement posted twice got two different receipts.");
    }
    if (job.letter === undefined) own.head = { seq: 0, leaf: receipt.leaf };
    return { ok: true, lost: network.lost(), key: request.leaf.key };
  }

  async function change(job: Extract<Job, { act: "revise" | "withdraw" }>): Promise<Outcome> {
    const own = device(job.person);
    const head = await headOf(own);
    const about = { view, secrets: own.secrets, letter, head };
    const posting = { ...PATIENCE, fetch: lossyFetch(null).fetch, today: job.today };
    const receipt =
      job.act === "revise"
        ? await revise({ ...about, appearance: samplePerson(job.person).secondThought }, posting)
        : await withdraw(about, posting);
    own.head = { seq: head.seq + 1, leaf: receipt.leaf };
    return { ok: true, lost: 0 };
  }

  /** From the public files once released, as on another device; before that from what this device was told. */
  async function headOf(own: Device): Promise<KeyHead> {
    if (own.head === null) throw amiss("Somebody changes a signature that they have not made.");
    const known = await keyState({ view, source, secrets: own.secrets, letter });
    if (known.state === "not-in-the-log") return own.head;
    if (!same(known.head, own.head))
      throw amiss("The public files show another state of a key than its receipts.");
    return known.head;
  }

  return {
    async act(job) {
      try {
        switch (job.act) {
          case "enrol":
            return await enrolFirst(job.person, job.losesAnswer);
          case "try-again":
            return await tryAgain(job.person);
          case "sign":
            return await sign(job);
          case "revise":
          case "withdraw":
            return await change(job);
        }
      } catch (error) {
        if (!isTyped(error)) throw error;
        return { ok: false, code: error.code, message: error.message };
      }
    },
  };
}

function enrolled({ tokens, outcomes }: EnrolmentResult): Enrolled {
  return {
    by: [...new Set(tokens.tokens.map((token) => token.registrar))],
    failed: Object.fromEntries(
      outcomes.flatMap((one) => (one.state === "failed" ? [[one.registrar.identity, one.code]] : [])),
    ),
    of: outcomes.length,
  };
}

/** The rules of the epoch, which the log has: people have enrolled in it. */
function rulesAt(view: ClientView, epoch: number) {
  const logged = view.epochs.get(epoch);
  if (logged === undefined) throw amiss("The log does not have the demo's epoch.");
  return logged.version.manifest;
}

function isTyped(error: unknown): error is ClientError | CoreError | DemoError {
  return error instanceof ClientError || error instanceof CoreError || error instanceof DemoError;
}

function same(a: object, b: object): boolean {
  return Buffer.compare(encodeCanonical(a as JsonValue), encodeCanonical(b as JsonValue)) === 0;
}

function amiss(message: string): DemoError {
  return new DemoError("not-as-planned", message);
}
