/**
 * Three fake registrars of a workforce that takes all kinds of evidence: each with an RSA key for all slots and classes, and one
 * for each of two invitations. They answer as the protocol says; a test changes what it wants to see fail.
 */
import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from "node:crypto";
import {
  decodeBase64url,
  type EnrolmentRequest,
  encodeBase64url,
  InvitationVerifier,
  invitationKey,
  type JsonValue,
  type ReservationRequest,
  requestsHash,
  type Signer,
  SUITE,
  signerFromSeed,
  signName,
  tokenKey,
  type WorkforceManifest,
} from "@undersigned/core";
import { MAIL_KEYS, MAIL_SENDER } from "../../../test/kit/signed-mail.ts";
import type { ClientView } from "../src/index.ts";
import { CODE, errorOf, type Handler, makeView, manifest, type Reply, WORKFORCE } from "./kit.ts";

export const EVERY_KIND = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
    { kind: "vouch", class: "vouched" },
  ],
  existingMail: {
    senders: [MAIL_SENDER],
    notBefore: "2026-04-01",
    notAfter: "2026-12-31",
    records: Object.entries(MAIL_KEYS).map(([name, record]) => ({
      name,
      record,
      first: "2026-04-01",
      last: "2026-05-15",
    })),
  },
  vouching: { invitations: 2 },
  names: { pattern: "{given}{family}", order: "given-family" },
} satisfies Partial<WorkforceManifest>;

const NUMBERS = [0, 1];

class FakeRegistrar {
  readonly signer: Signer;
  readonly url: string;
  readonly #slots = rsa();
  readonly #invitations = NUMBERS.map(rsa);
  readonly used = new Map<string, string>();

  constructor(fill: number) {
    this.signer = signerFromSeed(new Uint8Array(32).fill(fill));
    this.url = `https://r${fill}.example.com`;
  }

  get identity(): string {
    return this.signer.publicKey;
  }

  tokenKey(epoch: number, slot: number, of: "mailbox" | "vouched") {
    return tokenKey(
      { workforce: WORKFORCE, epoch, slot, class: of, registrar: this.identity },
      this.#slots.spki,
    );
  }

  get statement() {
    const keys = this.#invitations.map(({ spki }, number) => ({ number, suite: SUITE, spki }));
    return { invitations: keys as { number: number; suite: typeof SUITE; spki: string }[] };
  }

  reserve({ requests }: ReservationRequest): Reply {
    return answer({ type: "reservation", v: 1, registrar: this.identity, requests, minutes: 60 });
  }

  async enrol(request: EnrolmentRequest): Promise<Reply> {
    const { evidence, epoch, slots, invitations, name } = request;
    const requests = requestsHash({ ...request, registrar: this.identity });
    if (evidence.kind === "mailbox-code" && evidence.code !== CODE) return errorOf(403, "wrong-code");
    if (evidence.kind === "vouch") {
      const { number } = evidence;
      const where = { workforce: WORKFORCE, epoch, number, registrar: this.identity };
      const verifier = new InvitationVerifier(invitationKey(where, this.#invitations[number]!.spki));
      if (!(await verifier.accepts(evidence, requests))) return errorOf(403, "invitation-invalid");
      const before = this.used.get(evidence.key) ?? requests;
      if (before !== requests) return errorOf(409, "invitation-used");
      this.used.set(evidence.key, requests);
    }
    const statement = (key: string, slot: number) => ({
      ...{ workforce: WORKFORCE, epoch, slot, key, rule: "pattern" as const, name: name!.name },
    });
    return answer({
      type: "enrolment",
      v: 1,
      registrar: this.identity,
      epoch,
      class: request.class,
      slots: slots.map(({ slot, blinded }) => ({ slot, signature: raw(this.#slots.privateKey, blinded) })),
      invitations: invitations.map(({ number, blinded }) => ({
        number,
        signature: raw(this.#invitations[number]!.privateKey, blinded),
      })),
      name: name && {
        rule: "pattern",
        sigs: name.keys.map((key, slot) => signName(statement(key, slot), this.signer)),
      },
    });
  }
}

function rsa(): { privateKey: KeyObject; spki: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, spki: encodeBase64url(publicKey.export({ type: "spki", format: "der" })) };
}

function raw(key: KeyObject, blinded: string): string {
  return encodeBase64url(
    privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, decodeBase64url(blinded, 256)),
  );
}

function answer(body: JsonValue): Reply {
  return { status: 200, body };
}

export const offices = [31, 32, 33]
  .map((fill) => new FakeRegistrar(fill))
  .sort((a, b) => (a.identity < b.identity ? -1 : 1));

const registrars = offices.map(({ identity, url }, i) => ({
  identity,
  url,
  name: `R${i}`,
  operator: "Office",
}));

/** What the log says, with other rules where a test wants them. */
export function viewWith(
  changes: Partial<WorkforceManifest> = {},
  more: Partial<ClientView> = {},
): ClientView {
  const own: WorkforceManifest = { ...manifest, ...EVERY_KIND, registrars, ...changes };
  const epoch = {
    leaf: { closes: "2026-06-30" },
    version: { manifest: own },
    statements: new Map(offices.map((office) => [office.identity, office.statement])),
  };
  return makeView({
    manifest: own,
    epochs: new Map([[1, epoch]]),
    tokenKeys: (of, slot, cls) => (of === 1 ? offices.map((office) => office.tokenKey(1, slot, cls)) : []),
    ...more,
  });
}

/** All three by address. `other` changes what one of them answers. */
export function answering(
  other: (
    index: number,
    path: string,
    body: JsonValue,
    honest: () => Promise<Reply>,
  ) => Promise<Reply> | null = () => null,
): Handler {
  return (url, body) => {
    const index = offices.findIndex((office) => office.url === url.origin);
    const office = offices[index]!;
    const honest = async () =>
      url.pathname === "/v1/reservations"
        ? office.reserve(body as unknown as ReservationRequest)
        : await office.enrol(body as unknown as EnrolmentRequest);
    return other(index, url.pathname, body, honest) ?? honest();
  };
}
