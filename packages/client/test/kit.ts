/**
 * A workforce in memory for the client's tests: three registrars with real RSA keys (one each, for all slots), a board
 * key, one letter; and a `fetch` that answers as they would, with faults on demand.
 */
import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from "node:crypto";
import {
  addDays,
  decodeBase64url,
  type EndorsementRequest,
  type EnrolmentRequest,
  encodeBase64url,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  type LetterLeaf,
  type LetterManifest,
  leafName,
  logOrigin,
  parseCanonical,
  quorumBounds,
  type ReservationRequest,
  requestsHash,
  Secrets,
  signerFromSeed,
  signObject,
  type TokenKey,
  tokenKey,
  type WorkforceManifest,
} from "@undersigned/core";
import type { ClientView, CodeOffer, EnrolOptions, Fetch, Sending } from "../src/index.ts";

export const PHRASE =
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
export const OTHER_PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
export const CODE = "12345678";
export const MAILBOX = "ana.lopez@example.com";

const b32 = (fill: number) => encodeBase64url(new Uint8Array(32).fill(fill));
const seed = (fill: number) => signerFromSeed(new Uint8Array(32).fill(fill));

export const WORKFORCE = b32(1);
export const LETTER = b32(2);
export const boardSigner = seed(9);

interface FakeRegistrar {
  readonly identity: string;
  readonly url: string;
  readonly privateKey: KeyObject;
  readonly spki: string;
}

function makeRegistrars(count: number): readonly FakeRegistrar[] {
  return Array.from({ length: count }, (_, i) => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const spki = encodeBase64url(publicKey.export({ type: "spki", format: "der" }));
    const fill = 21 + i;
    return { identity: seed(fill).publicKey, url: `https://r${fill}.example.com`, privateKey, spki };
  }).sort((a, b) => (a.identity < b.identity ? -1 : 1));
}

export const fakeRegistrars = makeRegistrars(3);

function described(registrars: readonly FakeRegistrar[]): WorkforceManifest["registrars"] {
  return registrars.map(({ identity, url }, i) => ({
    identity,
    url,
    name: `R${i}`,
    operator: `Operator ${i}`,
  }));
}

export const manifest: WorkforceManifest = {
  type: "workforce-manifest",
  v: 1,
  version: 1,
  workforce: null,
  previous: null,
  employer: "Example Works",
  mailboxes: {
    domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
    plus: true,
    dots: true,
    groups: ["team*"],
  },
  evidence: [{ kind: "mailbox-code", class: "mailbox" }],
  registrars: described(fakeRegistrars),
  quorum: 2,
  bounds: quorumBounds(3, 2),
  log: { key: b32(7), origin: logOrigin(decodeBase64url(b32(7), 32)) },
  board: { key: boardSigner.publicKey, url: "https://board.example.com" },
  witnesses: [],
  witnessQuorum: 0,
  openers: [b32(8)],
  headcount: null,
  roles: ["Engineer"],
  places: ["Lisbon"],
  existingMail: null,
  vouching: null,
  names: null,
  codeMail: { subject: "Your code", body: "{code}" },
};

export const letterManifest: LetterManifest = {
  type: "letter-manifest",
  v: 1,
  workforce: WORKFORCE,
  salt: b32(3),
  language: "en",
  title: "A letter",
  addressee: { name: "The board", organisation: "Example Works", mailbox: null },
  body: "Text.",
  demands: [],
  supplement: null,
  appearances: ["anonymous", "named"],
  names: "any",
  opens: "2026-05-01",
  closes: "2026-05-20",
  delivers: "2026-05-21",
  delivery: "By hand.",
  batch: { first: 1, classes: { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } } },
  organisers: [b32(8)],
  replaces: null,
};

export function letterLeaf(letter: string, slot: number): LetterLeaf {
  return signObject(
    {
      type: "letter" as const,
      v: 1 as const,
      workforce: WORKFORCE,
      letter,
      version: 1 as const,
      epoch: 1,
      slot,
      previous: null,
      opens: letterManifest.opens,
      closes: letterManifest.closes,
      batch: letterManifest.batch,
      by: b32(8),
    },
    seed(8),
  );
}

export function makeView(changes: Partial<ClientView> = {}): ClientView {
  return {
    workforce: WORKFORCE,
    manifest,
    size: 100,
    epochs: new Map([[1, loggedEpoch(manifest)]]),
    letters: new Map([[LETTER, logged(letterLeaf(LETTER, 0), letterManifest)]]),
    tokenKeys: keysOf(fakeRegistrars),
    ...changes,
  };
}

/** A letter whose last day nobody has moved. */
export function logged<M>(leaf: LetterLeaf, manifest: M) {
  return { leaf, closes: leaf.closes, manifest };
}

function loggedEpoch(of: WorkforceManifest) {
  return { leaf: { closes: "2026-06-30" }, version: { manifest: of }, statements: new Map() };
}

function keysOf(registrars: readonly FakeRegistrar[]): ClientView["tokenKeys"] {
  return (epoch, slot, of): TokenKey[] =>
    epoch !== 1 || of !== "mailbox"
      ? []
      : registrars.map(({ identity, spki }) =>
          tokenKey({ workforce: WORKFORCE, epoch, slot, class: of, registrar: identity }, spki),
        );
}

/** Another workforce's worth of registrars, with the view of a log that names them. */
export function makeCompany(count: number, quorum: number) {
  const registrars = makeRegistrars(count);
  const own = { ...manifest, registrars: described(registrars), quorum, bounds: quorumBounds(count, quorum) };
  const view = makeView({
    manifest: own,
    epochs: new Map([[1, loggedEpoch(own)]]),
    tokenKeys: keysOf(registrars),
  });
  const handler = (
    other: (index: number, path: string, body: JsonValue) => Reply | null = () => null,
  ): Handler => {
    return (url, body) => {
      const index = registrars.findIndex((registrar) => registrar.url === url.origin);
      return other(index, url.pathname, body) ?? honestRegistrar(registrars[index]!)(url.pathname, body);
    };
  };
  return { registrars, view, handler };
}

export const secrets = new Secrets(PHRASE);

/** What happens to one sending: `lost` reaches the server, whose answer does not come back. */
export type Fault = "none" | "unreachable" | "lost" | "cut" | "503";

export interface Sent {
  readonly url: string;
  readonly body: string;
  readonly init: RequestInit;
}

export type Reply = { status: number; body: JsonValue };
export type Handler = (url: URL, body: JsonValue) => Reply | Promise<Reply>;

/** A `fetch` over a handler. Every sending takes the next fault for its path, `none` when they are used up. */
export function makeFetch(handler: Handler, faults: (url: URL, nth: number) => Fault = () => "none") {
  const sent: Sent[] = [];
  const counts = new Map<string, number>();
  const fetch: Fetch = async (address, init) => {
    const body = init.body == null ? "null" : Buffer.from(init.body as Uint8Array).toString("utf8");
    sent.push({ url: address, body, init });
    const url = new URL(address);
    const nth = counts.get(url.href) ?? 0;
    counts.set(url.href, nth + 1);
    const fault = faults(url, nth);
    if (fault === "unreachable") throw new TypeError("fetch failed");
    if (fault === "503") return reply(503, { type: "error", v: 1, code: "busy", message: "Try again." });
    const answer = await handler(url, parseCanonical(Buffer.from(body), 1_000_000));
    if (fault === "lost") throw new TypeError("terminated");
    if (fault === "cut") return cutShort(answer);
    return reply(answer.status, answer.body);
  };
  return { fetch, sent };
}

function reply(status: number, body: JsonValue): Response {
  return new Response(encodeCanonical(body) as Uint8Array<ArrayBuffer>, { status });
}

function cutShort(answer: { status: number; body: JsonValue }): Response {
  const half = encodeCanonical(answer.body).slice(0, 20);
  let begun = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (begun) controller.error(new TypeError("terminated"));
      else controller.enqueue(half);
      begun = true;
    },
  });
  return new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, { status: answer.status });
}

export const errorOf = (status: number, code: string) => ({
  status,
  body: { type: "error", v: 1, code, message: "Because." } as JsonValue,
});

/** A registrar that does what the protocol says. */
export function honestRegistrar(of: FakeRegistrar) {
  return (path: string, body: JsonValue): { status: number; body: JsonValue } => {
    if (path === "/v1/reservations") {
      const { requests } = body as unknown as ReservationRequest;
      return {
        status: 200,
        body: { type: "reservation", v: 1, registrar: of.identity, requests, minutes: 10 },
      };
    }
    const request = body as unknown as EnrolmentRequest;
    if (request.evidence.kind !== "mailbox-code" || request.evidence.code !== CODE)
      return errorOf(403, "wrong-code");
    requestsHash({ ...request, registrar: of.identity });
    return {
      status: 200,
      body: {
        type: "enrolment",
        v: 1,
        registrar: of.identity,
        epoch: request.epoch,
        class: request.class,
        slots: request.slots.map(({ slot, blinded }) => ({ slot, signature: signBlinded(of, blinded) })),
        invitations: [],
        name: null,
      },
    };
  };
}

export function signBlinded(of: FakeRegistrar, blinded: string): string {
  const key = { key: of.privateKey, padding: constants.RSA_NO_PADDING };
  return encodeBase64url(privateDecrypt(key, decodeBase64url(blinded, 256)));
}

/** All three registrars by address; `other` answers instead where it returns something. */
export function registrarsHandler(
  other: (index: number, path: string, body: JsonValue) => { status: number; body: JsonValue } | null = () =>
    null,
): Handler {
  return (url, body) => {
    const index = fakeRegistrars.findIndex((registrar) => registrar.url === url.origin);
    const registrar = fakeRegistrars[index]!;
    return other(index, url.pathname, body) ?? honestRegistrar(registrar)(url.pathname, body);
  };
}

/** A board that takes every request, with a receipt that `change` may spoil before it is signed. */
export function boardHandler(
  change: (receipt: Record<string, JsonValue>) => Record<string, JsonValue> = (r) => r,
): (url: URL, body: JsonValue) => Reply {
  return (_url, body) => {
    const { leaf } = body as unknown as EndorsementRequest;
    const unsigned = {
      type: "receipt",
      v: 1,
      workforce: WORKFORCE,
      letter: leaf.letter,
      leaf: leafName(encodeLeaf(leaf)),
      due: addDays(letterManifest.closes, 1),
    };
    const changed = change(unsigned) as typeof unsigned;
    return { status: 200, body: signObject(changed, boardSigner) as unknown as JsonValue };
  };
}

/** What a test changes, with the parts of evidence by code where they stand in the options of most tests. */
export type EnrolChanges = Partial<EnrolOptions> & Partial<Pick<CodeOffer, "askCode" | "mailbox">>;

/** Enrols Ana by code in epoch 1. */
export function enrolOptions(
  fetch: Fetch,
  { mailbox = MAILBOX, askCode = async () => CODE, ...changes }: EnrolChanges = {},
): EnrolOptions {
  return {
    secrets,
    view: makeView(),
    epoch: 1,
    evidence: { kind: "mailbox-code", mailbox, askCode },
    name: null,
    ...sending(fetch),
    ...changes,
  };
}

/** No pauses. */
export function sending(fetch: Fetch): Sending {
  return { fetch, wait: async () => {} };
}

/** Holds answers back for as many milliseconds as `ms` says, as a slow server does; a request may be aborted meanwhile. */
export function slowly(fetching: { readonly fetch: Fetch }, ms: (url: URL) => number): Fetch {
  return async (url, init) => {
    const { signal } = init;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms(new URL(url)));
      const abort = () => {
        clearTimeout(timer);
        reject(new DOMException("aborted", "AbortError"));
      };
      if (signal?.aborted) abort();
      signal?.addEventListener("abort", abort, { once: true });
    });
    return fetching.fetch(url, init);
  };
}
