/**
 * What signatories do, each through @undersigned/client as the command does it: real requests to real servers. This file
 * holds their phrases and tokens, in memory only, as their own devices would.
 */
import {
  ClientError,
  type ClientView,
  enrol,
  type Files,
  keyState,
  postRequest,
  prepareEndorsement,
  type Registrar,
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
import type { Job, Outcome } from "./signatory-jobs.ts";

type Device = { readonly secrets: Secrets; tokens: EnrolmentTokens | null; head: KeyHead | null };

export type SignatoryContext = {
  readonly view: ClientView;
  readonly source: Files;
  readonly letter: string;
  readonly epoch: number;
  /** The eight digits of the next mail to this mailbox, or null if none came. */
  readonly readMail: (inbox: string) => Promise<string | null>;
};

/** A client's patience on a machine that does everything at once. */
const PATIENCE = { attempts: 5, timeoutMs: 30_000 };

export type Signatories = { readonly act: (job: Job) => Promise<Outcome> };

export function createSignatories(context: SignatoryContext): Signatories {
  const { view, source, letter, epoch } = context;
  const devices = new Map<number, Device>();

  function device(person: number): Device {
    const found = devices.get(person);
    if (found === undefined) throw amiss("Somebody acts who has not enrolled.");
    return found;
  }

  async function enrolAs(secrets: Secrets, mailbox: string, inbox: string, losesAnswer: boolean) {
    const network = lossyFetch(losesAnswer ? "/v1/enrolments" : null);
    const result = await enrol({
      ...PATIENCE,
      secrets,
      view,
      epoch,
      class: "mailbox",
      mailbox,
      askCode: (_: Registrar) => context.readMail(inbox),
      fetch: network.fetch,
    });
    return { result, lost: network.lost() };
  }

  async function enrolFirst(person: number, losesAnswer: boolean): Promise<Outcome> {
    const { typed, inbox } = samplePerson(person);
    const secrets = new Secrets(generatePhrase());
    const { result, lost } = await enrolAs(secrets, typed, inbox, losesAnswer);
    if (result.answered < result.quorum) {
      const failed = result.outcomes.find((outcome) => outcome.state === "failed");
      return failed?.state === "failed"
        ? { ok: false, code: failed.code, message: failed.message }
        : { ok: false, code: "not-enrolled", message: "No registrar enrolled this person." };
    }
    devices.set(person, { secrets, tokens: result.tokens, head: null });
    return { ok: true, lost };
  }

  /** With another phrase and another spelling, and the right code: proof that the mailbox is theirs, and still no second token. */
  async function tryAgain(person: number): Promise<Outcome> {
    const { typedOtherwise, inbox } = samplePerson(person);
    const { result } = await enrolAs(new Secrets(generatePhrase()), typedOtherwise, inbox, false);
    const outcome = result.outcomes[0];
    if (result.answered === 0 && outcome?.state === "failed" && outcome.code === "already-enrolled") {
      return { ok: true, lost: 0 };
    }
    const code = outcome?.state === "failed" ? outcome.code : (outcome?.state ?? "none");
    throw amiss(`A second enrolment of one mailbox was answered with ${code} instead of already-enrolled.`);
  }

  async function sign(job: Extract<Job, { act: "sign" }>): Promise<Outcome> {
    const own = device(job.person);
    const { appearance } = samplePerson(job.person);
    if (own.tokens === null) throw amiss("Somebody signs without tokens.");
    const network = lossyFetch(job.losesAnswer ? "/v1/endorsements" : null);
    const request = await prepareEndorsement({
      view,
      secrets: own.secrets,
      letter,
      tokens: own.tokens,
      appearance,
      remainder: "release",
    });
    const posting = { ...PATIENCE, fetch: network.fetch };
    const receipt = await postRequest(view, request, posting);
    if (job.twice && !same(receipt, await postRequest(view, request, posting))) {
      throw amiss("The same endorsement posted twice got two different receipts.");
    }
    own.head = { seq: 0, leaf: receipt.leaf };
    return { ok: true, lost: network.lost() };
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

function isTyped(error: unknown): error is ClientError | CoreError | DemoError {
  return error instanceof ClientError || error instanceof CoreError || error instanceof DemoError;
}

function same(a: object, b: object): boolean {
  return Buffer.compare(encodeCanonical(a as JsonValue), encodeCanonical(b as JsonValue)) === 0;
}

function amiss(message: string): DemoError {
  return new DemoError("not-as-planned", message);
}
