/** The published keys of interop/keys.json, made ready to use. Nothing in this folder draws on any other secret or on chance. */
import { readFileSync } from "node:fs";
import {
  bytesToBigInt,
  decodeBase64url,
  decodeHex,
  type EndorsementClass,
  encodeBase64url,
  encodeRsaSpki,
  Secrets,
  type Signer,
  signerFromSeed,
} from "@undersigned/core";

export interface Person {
  readonly phrase: string;
  /** 16 bytes, base64url. */
  readonly entropy: string;
  readonly secrets: Secrets;
}

/** A registrar's RSA key for one slot, or one number of invitations, of one epoch. */
export interface RsaTestKey {
  readonly n: bigint;
  /** DER, base64url. */
  readonly spki: string;
  /** Raw RSA on 256 bytes. */
  sign(input: Uint8Array): Uint8Array;
}

/** The keys of one workforce that are nobody's but its own. */
export interface WorkforceKeys {
  readonly log: Signer;
  readonly board: Signer;
  readonly opener: Signer;
  readonly organiser: Signer;
  readonly witness: Signer;
}

export interface TestKeys {
  /** Sorted by public key. They serve both workforces. */
  readonly registrars: readonly Signer[];
  readonly valid: WorkforceKeys;
  readonly small: WorkforceKeys;
  /** Of nobody whom any manifest names. */
  readonly stranger: Signer;
  readonly people: readonly Person[];
  /** Registrars are numbered in the order above. */
  slotKey(epoch: number, registrar: number, slot: number, cls?: EndorsementClass): RsaTestKey;
  /** Like those of class vouched, they are for the one epoch of a workforce that accepts invitations. */
  invitationKey(registrar: number, number: number): RsaTestKey;
}

interface Seed {
  readonly seed: string;
  readonly public: string;
}
type Primes = { readonly p: string; readonly q: string };
type PrimesByRegistrar = readonly (readonly Primes[])[];
interface KeysFile {
  readonly ed25519: {
    readonly registrars: readonly Seed[];
    readonly valid: Record<keyof WorkforceKeys, Seed>;
    readonly small: Record<keyof WorkforceKeys, Seed>;
    readonly stranger: Seed;
  };
  readonly people: readonly { readonly phrase: string; readonly entropy: string }[];
  readonly rsa: Readonly<Record<string, PrimesByRegistrar>>;
  readonly rsaVouching: { readonly slots: PrimesByRegistrar; readonly invitations: PrimesByRegistrar };
}

export function readTestKeys(path: URL): TestKeys {
  const { ed25519, people, rsa, rsaVouching } = JSON.parse(readFileSync(path, "utf8")) as KeysFile;
  const made = new Map<string, RsaTestKey>();
  const once = (name: string, primes: Primes) => {
    const key = made.get(name) ?? rsaKeyOf(primes);
    made.set(name, key);
    return key;
  };
  return {
    registrars: ed25519.registrars.map(signerOf),
    valid: workforceKeys(ed25519.valid),
    small: workforceKeys(ed25519.small),
    stranger: signerOf(ed25519.stranger),
    people: people.map((person) => ({ ...person, secrets: new Secrets(person.phrase) })),
    slotKey: (epoch, registrar, slot, cls = "mailbox") =>
      cls === "mailbox"
        ? once(`${epoch} ${registrar} ${slot}`, rsa[epoch]![registrar]![slot]!)
        : once(`vouched ${registrar} ${slot}`, rsaVouching.slots[registrar]![slot]!),
    invitationKey: (registrar, number) =>
      once(`invitation ${registrar} ${number}`, rsaVouching.invitations[registrar]![number]!),
  };
}

function signerOf({ seed, public: publicKey }: Seed): Signer {
  const signer = signerFromSeed(decodeBase64url(seed, 32));
  if (signer.publicKey !== publicKey) throw new Error("keys.json: a public key is not its seed's.");
  return signer;
}

function workforceKeys(seeds: Record<keyof WorkforceKeys, Seed>): WorkforceKeys {
  const { log, board, opener, organiser, witness } = seeds;
  return {
    log: signerOf(log),
    board: signerOf(board),
    opener: signerOf(opener),
    organiser: signerOf(organiser),
    witness: signerOf(witness),
  };
}

function rsaKeyOf(primes: Primes): RsaTestKey {
  const p = bytesToBigInt(decodeBase64url(primes.p, 128));
  const q = bytesToBigInt(decodeBase64url(primes.q, 128));
  const n = p * q;
  const [dp, dq] = [inverse(65537n, p - 1n), inverse(65537n, q - 1n)];
  const qInverse = inverse(q % p, p);
  return {
    n,
    spki: encodeBase64url(encodeRsaSpki(n)),
    sign: (input) => {
      const m = bytesToBigInt(input);
      const inQ = power(m % q, dq, q);
      const inP = power(m % p, dp, p);
      return toBytes(inQ + q * (((((inP - inQ) * qInverse) % p) + p) % p));
    },
  };
}

/** 256 bytes, big-endian. */
export function toBytes(value: bigint): Uint8Array {
  return decodeHex(value.toString(16).padStart(512, "0"), 256);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return x < 0n ? x + modulus : x;
}
