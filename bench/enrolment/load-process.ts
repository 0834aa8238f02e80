/**
 * People who enrol: each sends a code and all 16 blinded requests at once. The blinded messages are random numbers below
 * every modulus, which is what blinding makes. Codes are derived here as packages/registrar/src/codes.ts derives them.
 */
import { constants, createHmac, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import {
  type BlindedSlots,
  bytesToBigInt,
  decodeBase64url,
  domainMessage,
  type Enrolment,
  encodeBase64url,
  encodeCanonical,
  type KeyStatement,
  parseKeyStatement,
  requestsHash,
} from "@undersigned/core";
import { answer, usage } from "../lib/child.ts";
import { closedLoop, type Posted } from "../lib/post.ts";

const SLOTS = 16;
const WINDOW_MS = 300_000;

let url = "";
let statement: KeyStatement;
let codeKey: Uint8Array;
const ready: { slots: BlindedSlots; body: Buffer }[] = [];
let made = 0;

function codeFor(mailbox: string, requests: string): string {
  const window = Math.floor(Date.now() / WINDOW_MS);
  const message = domainMessage("code", encodeCanonical({ mailbox, requests, window }));
  const mac = createHmac("sha256", codeKey).update(message).digest();
  return String(bytesToBigInt(mac.subarray(0, 16)) % 100_000_000n).padStart(8, "0");
}

function newPerson(): { slots: BlindedSlots; body: Buffer } {
  const { workforce, epoch, registrar } = statement;
  const slots = Array.from({ length: SLOTS }, (_, slot) => {
    const blinded = new Uint8Array(randomBytes(256));
    blinded[0] = 0;
    return { slot, blinded: encodeBase64url(blinded) };
  });
  const mailbox = `p${made++}@example.com`;
  const requests = requestsHash({ workforce, epoch, class: "mailbox", registrar, slots, invitations: [] });
  const evidence = { kind: "mailbox-code", mailbox, code: codeFor(mailbox, requests) };
  const body = encodeCanonical({
    type: "enrolment-request",
    v: 1,
    workforce,
    epoch,
    class: "mailbox",
    evidence,
    slots,
    invitations: [],
    name: null,
    work: null,
  });
  return { slots, body: Buffer.from(body) };
}

function requireAccepted({ status, body }: Posted): void {
  if (status !== 200) throw new Error(`The registrar answered ${status}: ${body.toString()}`);
}

/** Whether the answers are the signatures that were asked for. */
function requireSigned(asked: BlindedSlots, { body }: Posted): void {
  const { slots } = JSON.parse(body.toString()) as Enrolment;
  for (const { slot, signature } of slots) {
    const spki = Buffer.from(statement.keys[slot]!.spki, "base64url");
    const key = createPublicKey({ key: spki, format: "der", type: "spki" });
    const message = publicEncrypt(
      { key, padding: constants.RSA_NO_PADDING },
      decodeBase64url(signature, 256),
    );
    if (encodeBase64url(new Uint8Array(message)) !== asked[slot]!.blinded)
      throw new Error("A blind signature is not one on its request.");
  }
}

const calls = {
  begin(input: { url: string; statement: string; codeKey: string }) {
    url = input.url;
    statement = parseKeyStatement(new Uint8Array(Buffer.from(input.statement, "base64")));
    codeKey = decodeBase64url(input.codeKey, 32);
  },
  /** Makes people; their codes last for ten minutes. */
  prepare({ people }: { people: number }) {
    while (ready.length < people) ready.push(newPerson());
  },
  async enrol({ seconds, connections }: { seconds: number; connections: number }) {
    const before = usage().cpuSeconds;
    const next = () => ready.pop()?.body ?? null;
    const result = await closedLoop(`${url}/v1/enrolments`, connections, seconds, next, requireAccepted);
    const cpuSeconds = usage().cpuSeconds - before;
    return { ...result, cpuSeconds, left: ready.length };
  },
  /** One more enrolment, whose signatures are all checked. */
  async check() {
    const one = ready.pop();
    if (one === undefined) throw new Error("Nobody is left to enrol.");
    let posted: Posted | undefined;
    let left: Buffer | null = one.body;
    const next = () => {
      const body = left;
      left = null;
      return body;
    };
    await closedLoop(`${url}/v1/enrolments`, 1, 60, next, (answered) => {
      posted = answered;
    });
    requireAccepted(posted!);
    requireSigned(one.slots, posted!);
  },
};
export type LoadCalls = typeof calls;
answer(calls);
