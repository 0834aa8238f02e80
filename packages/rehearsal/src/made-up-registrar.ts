/** The one registrar of a rehearsal: its keys live in memory and sign for whoever is made up. */
import { constants, generateKeyPair, type KeyObject, privateDecrypt } from "node:crypto";
import { promisify } from "node:util";
import {
  blindRequest,
  type EnrolmentTokens,
  encodeBase64url,
  type IssuanceLeaf,
  type KeyStatement,
  nameKey,
  randomBytes,
  type Secrets,
  type Signer,
  SLOTS,
  SUITE,
  signerFromSeed,
  signName,
  signObject,
  tokenKey,
  unblind,
  type WorkforceManifest,
} from "@undersigned/core";

const EPOCH = 1;
/** The letter's: the first of its epoch. */
const SLOT = 0;
const BATCH = 20;

interface RsaKey {
  readonly spki: string;
  readonly privateKey: KeyObject;
}

export class MadeUpRegistrar {
  readonly #signer: Signer = signerFromSeed(randomBytes(32));
  #keys: readonly RsaKey[] = [];
  #workforce = "";
  #enrolled = 0;

  get identity(): string {
    return this.#signer.publicKey;
  }

  signManifest(sign: (signer: Signer) => string): string {
    return sign(this.#signer);
  }

  /** Makes the keys of all slots, some seconds of work on other threads, and states them. */
  async openEpoch(of: {
    readonly workforce: string;
    readonly manifest: Pick<WorkforceManifest, "mailboxes" | "evidence">;
    readonly opens: string;
    readonly closes: string;
  }): Promise<KeyStatement> {
    this.#workforce = of.workforce;
    this.#keys = await Promise.all(Array.from({ length: SLOTS }, makeKey));
    const keys = this.#keys.map(({ spki }, slot): KeyStatement["keys"][number] => {
      return { class: "mailbox", slot, suite: SUITE, spki };
    });
    return signObject(
      {
        type: "key-statement" as const,
        v: 1 as const,
        workforce: of.workforce,
        manifest: of.workforce,
        epoch: EPOCH,
        opens: of.opens,
        closes: of.closes,
        mailboxes: of.manifest.mailboxes,
        evidence: of.manifest.evidence,
        registrar: this.identity,
        keys,
        invitations: [],
      },
      this.#signer,
    );
  }

  /** What a person has after enrolling, for the letter's slot; with `name`, confirmed by a note. */
  enrol(secrets: Secrets, name: string | null): EnrolmentTokens {
    const at = { workforce: this.#workforce, epoch: EPOCH, slot: SLOT };
    const { spki, privateKey } = this.#keys[SLOT]!;
    const key = tokenKey({ ...at, class: "mailbox", registrar: this.identity }, spki);
    const blindSignature = privateDecrypt(
      { key: privateKey, padding: constants.RSA_NO_PADDING },
      blindRequest(secrets, key),
    );
    this.#enrolled++;
    const confirmations = name === null ? [] : [this.#confirm(secrets, name)];
    return {
      type: "tokens",
      v: 1,
      workforce: this.#workforce,
      epoch: EPOCH,
      class: "mailbox",
      tokens: [{ slot: SLOT, ...unblind(secrets, key, new Uint8Array(blindSignature)) }],
      invitations: [],
      names: confirmations,
    };
  }

  issuance(day: string): IssuanceLeaf {
    const count = Math.floor(this.#enrolled / BATCH) * BATCH;
    return signObject(
      {
        type: "issuance" as const,
        v: 1 as const,
        workforce: this.#workforce,
        epoch: EPOCH,
        registrar: this.identity,
        day,
        batch: BATCH,
        issued: [{ evidence: "mailbox-code" as const, count }],
      },
      this.#signer,
    );
  }

  #confirm(secrets: Secrets, name: string): EnrolmentTokens["names"][number] {
    const sigs = Array.from({ length: SLOTS }, (_, slot) => {
      const at = { workforce: this.#workforce, epoch: EPOCH, slot };
      const key = nameKey(secrets.slotSigner(at).publicKey, encodeBase64url(secrets.nameSalt(at)));
      return signName({ ...at, name, rule: "note", key }, this.#signer);
    });
    return { registrar: this.identity, name, rule: "note", sigs };
  }
}

async function makeKey(): Promise<RsaKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicExponent: 65_537,
  });
  return { spki: encodeBase64url(publicKey.export({ type: "spki", format: "der" })), privateKey };
}
