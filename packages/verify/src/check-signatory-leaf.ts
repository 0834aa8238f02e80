/**
 * Signatories' leaves by themselves (PROTOCOL §4 rule 7, §5): that the entry is the log's, is a leaf, bears tokens of its
 * letter's registrars and its key's signature. An attacker writes every byte of them.
 *
 * A bundle goes through in stages, each for all its leaves: read, then all tokens, then all signatures. The processor then
 * has one engine's code and tables at hand at a time, which is a fifth of the whole.
 */
import {
  CoreError,
  decodeBase64url,
  importRsaPss,
  type SignatoryLeaf,
  sha256,
  type Token,
  tokenKey,
  verifyEd25519,
  verifyRsaPss,
} from "@undersigned/core";
import type { CheckedLeaf, CheckUnit, LeafSummary, LetterContext, Problem } from "./checker.ts";
import { readSignatoryLeaf } from "./read-signatory-leaf.ts";
import { signedMessageOf, TokenInput } from "./signatory-bytes.ts";

/** One registrar's key for a letter's slot and a class. */
interface TokenCheck {
  readonly name: string;
  readonly rsa: ReturnType<typeof importRsaPss>;
  readonly input: TokenInput;
}

interface KnownLetter {
  readonly context: LetterContext;
  /** By `class registrar`. */
  readonly checks: ReadonlyMap<string, TokenCheck>;
}

/** What is still to be verified of a leaf. */
interface Pending {
  readonly problems: Problem[];
  readonly context: LetterContext | null;
  readonly leaf: SignatoryLeaf;
  readonly tokens: {
    readonly check: TokenCheck;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
  }[];
  readonly message: Uint8Array;
}

export class SignatoryLeafCheck {
  readonly #letters = new Map<string, KnownLetter>();

  addLetter(context: LetterContext): void {
    const { workforce, epoch, slot } = context;
    const checks = new Map(
      context.keys.map(({ registrar, name, class: cls, spki }) => {
        const key = tokenKey({ workforce, epoch, slot, class: cls, registrar }, spki);
        const check = { name, rsa: importRsaPss(key.rsa.spki), input: new TokenInput(key) };
        return [`${cls} ${registrar}`, check] as const;
      }),
    );
    this.#letters.set(context.letter, { context, checks });
  }

  async check(unit: CheckUnit): Promise<CheckedLeaf[]> {
    const checked: CheckedLeaf[] = [];
    const pending: Pending[] = [];
    for (let at = 0; at < unit.spans.length; at += 3) {
      const problems: Problem[] = [];
      const one = this.#prepare(unit, at, problems);
      if (one !== null) pending.push(one);
      checked.push({ place: unit.spans[at]!, leaf: one === null ? null : summaryOf(one.leaf), problems });
    }
    for (const one of pending) await checkTokens(one);
    for (const one of pending) await checkSignature(one);
    return checked;
  }

  /** Null, with a problem, where nothing is to be verified. */
  #prepare({ bytes, spans, hashes }: CheckUnit, at: number, problems: Problem[]): Pending | null {
    const [place, start, end] = [spans[at]!, spans[at + 1]!, spans[at + 2]!];
    // A leaf's hash is that of 0x00 and the entry, and before the entry stands its length, which is read no more.
    bytes[start - 1] = 0;
    if (!sameAt(sha256(bytes.subarray(start - 1, end)), hashes, 32 * place)) {
      problems.push(CHANGED);
      return null;
    }
    const entry = bytes.subarray(start, end);
    let leaf: SignatoryLeaf;
    try {
      leaf = readSignatoryLeaf(entry);
    } catch (error) {
      problems.push(explainMalformed(entry, error));
      return null;
    }
    const known = this.#letters.get(leaf.letter);
    const tokens = leaf.type === "endorsement" ? prepareTokens(leaf, known, problems) : [];
    return {
      problems,
      context: known?.context ?? null,
      leaf,
      tokens,
      message: signedMessageOf(entry, leaf.type),
    };
  }
}

function prepareTokens(
  leaf: Extract<SignatoryLeaf, { type: "endorsement" }>,
  known: KnownLetter | undefined,
  problems: Problem[],
): Pending["tokens"] {
  if (known === undefined) {
    problems.push({
      code: "letter-unknown",
      message: "The endorsement is of a letter that this log has not opened.",
    });
    return [];
  }
  const { quorum, classes, epoch, slot } = known.context;
  if (leaf.tokens.length !== quorum) {
    const message = `The endorsement has ${leaf.tokens.length} tokens; it must have exactly ${quorum}.`;
    problems.push({ code: "token-count", message });
  }
  if (!classes.includes(leaf.class)) {
    const message = `No registrar issues tokens of class ${leaf.class} in epoch ${epoch}.`;
    problems.push({ code: "class-not-issued", message });
    return [];
  }
  const tokens: Pending["tokens"] = [];
  for (const token of leaf.tokens) {
    const check = known.checks.get(`${leaf.class} ${token.registrar}`);
    if (check === undefined) {
      const message = `A token is of a registrar that has no key of class ${leaf.class} for slot ${slot} of epoch ${epoch}.`;
      problems.push({ code: "token-registrar-unknown", message });
    } else {
      tokens.push({ check, ...prepareToken(check, token, leaf.key) });
    }
  }
  return tokens;
}

function prepareToken({ input }: TokenCheck, token: Token, slotKey: string) {
  return {
    message: input.fill(decodeBase64url(token.prefix, 32), slotKey),
    signature: decodeBase64url(token.signature, 256),
  };
}

async function checkTokens({ tokens, context, leaf, problems }: Pending): Promise<void> {
  for (const { check, message, signature } of tokens) {
    if (await verifyRsaPss(await check.rsa, message, signature)) continue;
    const where = `epoch ${context?.epoch}, slot ${context?.slot}, class ${leaf.type === "endorsement" ? leaf.class : ""}`;
    problems.push({
      code: "token-invalid",
      message: `A token is not ${check.name}'s for this workforce, ${where} and key.`,
    });
  }
}

async function checkSignature({ leaf, message, problems }: Pending): Promise<void> {
  if (await verifyEd25519(decodeBase64url(leaf.key, 32), message, decodeBase64url(leaf.sig, 64))) return;
  problems.push({
    code: "signature-invalid",
    message: `The ${leaf.type} is not signed by the key that it names.`,
  });
}

const CHANGED: Problem = {
  code: "leaf-changed",
  message: "The entry is not the one that the log's tile holds the hash of.",
};

/** Whether the bytes stand in `all` from `at` on. */
function sameAt(bytes: Uint8Array, all: Uint8Array, at: number): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== all[at + i]) return false;
  return true;
}

/** A copy of its own: an engine may keep a whole entry in memory for the part of it that a recount holds on to. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}

function summaryOf(leaf: SignatoryLeaf): LeafSummary {
  const { type, letter, key, seq, previous } = leaf;
  return {
    type,
    letter,
    key: ownCopy(key),
    seq,
    previous,
    commitment: leaf.type === "withdrawal" ? null : ownCopy(leaf.commitment),
    class: leaf.type === "endorsement" ? leaf.class : null,
    registrars: leaf.type === "endorsement" ? leaf.tokens.map((token) => token.registrar) : [],
  };
}

/** The shape alone refuses two tokens of one registrar (a list's keys rise strictly); readers want to know of that one. */
function explainMalformed(entry: Uint8Array, error: unknown): Problem {
  const message = error instanceof CoreError ? error.message : "It cannot be read.";
  if (repeatsRegistrar(entry)) {
    return { code: "token-registrar-repeated", message: "The endorsement has two tokens of one registrar." };
  }
  return { code: "leaf-malformed", message: `The entry is no leaf of this protocol. ${message}` };
}

function repeatsRegistrar(entry: Uint8Array): boolean {
  try {
    const { tokens } = JSON.parse(new TextDecoder().decode(entry)) as { tokens?: { registrar?: unknown }[] };
    if (!Array.isArray(tokens)) return false;
    const registrars = tokens.map((token) => token.registrar);
    return new Set(registrars).size < registrars.length;
  } catch {
    return false;
  }
}
