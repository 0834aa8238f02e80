/**
 * One signatory's leaf by itself (PROTOCOL §4 rule 7, §5): that the entry is the log's, is a leaf, bears tokens of its
 * letter's registrars and its key's signature. An attacker writes every byte of it.
 */
import {
  CoreError,
  decodeBase64url,
  type EndorsementLeaf,
  importRsaPss,
  parseLeaf,
  type SignatoryLeaf,
  sha256,
  type Token,
  tokenKey,
  verifyEd25519,
  verifyRsaPss,
} from "@undersigned/core";
import type { CheckedLeaf, CheckUnit, LeafSummary, LetterContext, Problem } from "./checker.ts";
import { signedMessageOf, TokenInput } from "./signatory-bytes.ts";

export class SignatoryLeafCheck {
  readonly #letters = new Map<string, { context: LetterContext; verifiers: Map<string, TokenCheck> }>();

  addLetter(context: LetterContext): void {
    const { workforce, epoch, slot } = context;
    const verifiers = new Map(
      context.keys.map(({ registrar, name, class: cls, spki }) => {
        const key = tokenKey({ workforce, epoch, slot, class: cls, registrar }, spki);
        const check = { name, rsa: importRsaPss(key.rsa.spki), input: new TokenInput(key) };
        return [`${cls} ${registrar}`, check] as const;
      }),
    );
    this.#letters.set(context.letter, { context, verifiers });
  }

  async check({ bytes, spans, hashes }: CheckUnit): Promise<CheckedLeaf[]> {
    const checked: CheckedLeaf[] = [];
    for (let at = 0; at < spans.length; at += 3) {
      const place = spans[at]!;
      const [start, end] = [spans[at + 1]!, spans[at + 2]!];
      // A leaf's hash is that of 0x00 and the entry, and before the entry stands its length, which is read no more.
      bytes[start - 1] = 0;
      const { leaf, problems } = sameAt(sha256(bytes.subarray(start - 1, end)), hashes, 32 * place)
        ? await this.#checkEntry(bytes.subarray(start, end))
        : { leaf: null, problems: [CHANGED] };
      checked.push({ place, leaf, problems });
    }
    return checked;
  }

  async #checkEntry(entry: Uint8Array): Promise<Omit<CheckedLeaf, "place">> {
    let leaf: SignatoryLeaf;
    try {
      leaf = parseSignatoryLeaf(entry);
    } catch (error) {
      return { leaf: null, problems: [explainMalformed(entry, error)] };
    }
    const problems: Problem[] = [];
    if (leaf.type === "endorsement") await this.#checkTokens(leaf, problems);
    const message = signedMessageOf(entry, leaf.type);
    if (!(await verifyEd25519(decodeBase64url(leaf.key, 32), message, decodeBase64url(leaf.sig, 64)))) {
      problems.push({
        code: "signature-invalid",
        message: `The ${leaf.type} is not signed by the key that it names.`,
      });
    }
    return { leaf: summaryOf(leaf), problems };
  }

  async #checkTokens(leaf: EndorsementLeaf, problems: Problem[]): Promise<void> {
    const known = this.#letters.get(leaf.letter);
    if (known === undefined) {
      problems.push({
        code: "letter-unknown",
        message: "The endorsement is of a letter that this log has not opened.",
      });
      return;
    }
    const { context, verifiers } = known;
    if (leaf.tokens.length !== context.quorum) {
      const message = `The endorsement has ${leaf.tokens.length} tokens; it must have exactly ${context.quorum}.`;
      problems.push({ code: "token-count", message });
    }
    if (!context.classes.includes(leaf.class)) {
      const message = `No registrar issues tokens of class ${leaf.class} in epoch ${context.epoch}.`;
      problems.push({ code: "class-not-issued", message });
      return;
    }
    for (const token of leaf.tokens) {
      const found = verifiers.get(`${leaf.class} ${token.registrar}`);
      if (found === undefined) {
        const message = `A token is of a registrar that has no key of class ${leaf.class} for slot ${context.slot} of epoch ${context.epoch}.`;
        problems.push({ code: "token-registrar-unknown", message });
      } else if (!(await isValid(found, token, leaf.key))) {
        const message = `A token is not ${found.name}'s for this workforce, epoch ${context.epoch}, slot ${context.slot}, class ${leaf.class} and key.`;
        problems.push({ code: "token-invalid", message });
      }
    }
  }
}

/** One registrar's key for a letter's slot and a class. */
interface TokenCheck {
  readonly name: string;
  readonly rsa: ReturnType<typeof importRsaPss>;
  readonly input: TokenInput;
}

async function isValid({ rsa, input }: TokenCheck, token: Token, slotKey: string): Promise<boolean> {
  const message = input.fill(decodeBase64url(token.prefix, 32), slotKey);
  return verifyRsaPss(await rsa, message, decodeBase64url(token.signature, 256));
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

function parseSignatoryLeaf(entry: Uint8Array): SignatoryLeaf {
  const leaf = parseLeaf(entry);
  if (leaf.type === "endorsement" || leaf.type === "revision" || leaf.type === "withdrawal") return leaf;
  throw new CoreError("bad-field", "This is no leaf of a signatory.");
}

function summaryOf(leaf: SignatoryLeaf): LeafSummary {
  const { type, letter, key, seq, previous } = leaf;
  const registrars = leaf.type === "endorsement" ? leaf.tokens.map((token) => token.registrar) : [];
  return {
    type,
    letter,
    key,
    seq,
    previous,
    commitment: leaf.type === "withdrawal" ? null : leaf.commitment,
    class: leaf.type === "endorsement" ? leaf.class : null,
    registrars,
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
