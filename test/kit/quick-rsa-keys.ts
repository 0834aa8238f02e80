/**
 * Spares tests the search for primes, most of their time otherwise: once this is imported, `generateKeyPair` and its Sync
 * of node:crypto give RSA-2048 keys that are made of two published primes each, no two of the same modulus. All else of making an
 * epoch's keys is the product's own code, which knows nothing of this.
 *
 * Vitest imports it (quick-rsa-setup.ts), and so do the processes that a test starts with `quickRsa()` in their environment.
 * All of a test file share one folder: whoever makes the folder n in it has the n-th block of moduli. Where the folder is
 * not named, keys are generated as ever.
 */
import crypto, { createPublicKey } from "node:crypto";
import { mkdirSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { publishedPrimes, rsaFromPrimes } from "./rsa-from-primes.ts";

export const FOLDER_VARIABLE = "UNDERSIGNED_TEST_RSA";
const BLOCK = 32;

/** The environment of a process that makes its keys quickly too. */
export function quickRsa(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS = "" } = process.env;
  return { ...process.env, NODE_OPTIONS: `${NODE_OPTIONS} --import=${import.meta.url}` };
}

/** From here on, keys are generated in this test file and in the processes that it starts. */
export function makeRealKeys(): void {
  delete process.env[FOLDER_VARIABLE];
}

type Options = { readonly modulusLength?: number; readonly publicExponent?: number };

const generate = crypto.generateKeyPair as unknown as (...args: unknown[]) => void;
const generateNow = crypto.generateKeyPairSync as unknown as (...args: unknown[]) => unknown;
const generateLater = promisify(crypto.generateKeyPair) as unknown as (
  ...args: unknown[]
) => Promise<unknown>;

/** Ed25519 pairs are asked for without options. */
function isQuick(type: unknown, options: Options = {}): boolean {
  const { modulusLength, publicExponent = 65_537, ...more } = options;
  return (
    process.env[FOLDER_VARIABLE] !== undefined &&
    type === "rsa" &&
    modulusLength === 2048 &&
    publicExponent === 65_537 &&
    Object.keys(more).length === 0
  );
}

let next = 0;
let last = 0;
/** Where that block is from: a process may go through several test files. */
let of = "";

/**
 * Blocks that this process has had, of whatever folder: keys that one test file has made in a module stay for the next one, whose
 * own must differ from them.
 */
const taken = new Set<number>();

/** The number of a modulus that nobody else of this folder has. */
function takeNumber(folder: string): number {
  if (next === last || of !== folder) {
    of = folder;
    let block = 0;
    while (taken.has(block) || !make(join(folder, String(block)))) block++;
    taken.add(block);
    next = block * BLOCK;
    last = next + BLOCK;
  }
  return next++;
}

function make(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function quickPair() {
  const primes = publishedPrimes().flat();
  const number = takeNumber(process.env[FOLDER_VARIABLE] as string);
  // Every pair of primes once: `distance` apart on a circle, less than halfway round.
  const at = number % primes.length;
  const distance = 1 + Math.floor(number / primes.length);
  if (2 * distance >= primes.length) throw new Error("One test file needs more moduli than there are.");
  const privateKey = rsaFromPrimes(primes[at]!, primes[(at + distance) % primes.length]!);
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

const replacement = Object.assign(
  (type: unknown, options: Options, done: (...args: unknown[]) => void): void => {
    if (isQuick(type, options)) {
      const { publicKey, privateKey } = quickPair();
      setImmediate(done, null, publicKey, privateKey);
    } else generate(type, options, done);
  },
  {
    [promisify.custom]: async (type: unknown, options: Options) =>
      isQuick(type, options) ? quickPair() : await generateLater(type, options),
  },
);
const replacementNow = (type: unknown, options: Options) =>
  isQuick(type, options) ? quickPair() : generateNow(type, options);

Object.assign(crypto, { generateKeyPair: replacement, generateKeyPairSync: replacementNow });
syncBuiltinESMExports();
