/** Epoch leaves and key statements (PROTOCOL §4 rule 2, §3.3): which keys an epoch has, and that all agreed to one thing. */
import {
  CoreError,
  canonicalize,
  decodeBase64url,
  type EpochLeaf,
  type JsonValue,
  type KeyStatement,
  keyStatementHash,
  parseKeyStatement,
  parseRsaSpki,
  type TokenKey,
  tokenKey,
  verifyObject,
} from "@undersigned/core";
import type { Found } from "./errors.ts";
import type { Ledger, Version } from "./ledger.ts";
import { statementPath } from "./public-files.ts";
import { parseFile, readFile } from "./read-files.ts";
import { type FileSource, LIMITS } from "./source.ts";

/**
 * Checks an epoch leaf with its statements. The epoch is admitted, with the statements that are right, if its number is
 * the next one and its manifest is the one in force; whether enough statements were right is reported either way.
 */
export async function checkEpochLeaf(
  ledger: Ledger,
  source: FileSource,
  leaf: EpochLeaf,
  index: number,
  found: Found,
): Promise<void> {
  const version = ledger.inForce;
  if (version === undefined) {
    found("leaf-out-of-place", index, "The epoch comes before the workforce's first manifest.");
    return;
  }
  let admitted = true;
  const note: Found = (...failure) => {
    admitted = false;
    found(...failure);
  };
  if (leaf.workforce !== ledger.workforce)
    note("workforce-mismatch", index, "The epoch is of another workforce.");
  const next = ledger.epochs.size + 1;
  if (leaf.epoch !== next)
    note("epoch-number", index, `Epoch ${next} must come next; this is epoch ${leaf.epoch}.`);
  if (leaf.manifest !== version.hash) {
    note("epoch-manifest", index, "The epoch names another manifest than the one that is in force.");
  }

  const statements = new Map<string, KeyStatement>();
  const keys: TokenKey[] = [];
  for (const { registrar, statement: hash } of leaf.statements) {
    const statement = await readStatement(source, hash, index, found);
    if (statement === null) continue;
    if (!(await checkStatement(statement, registrar, leaf, ledger.workforce, version, index, found)))
      continue;
    statements.set(registrar, statement);
    keys.push(...readKeys(ledger, statement, version, index, found));
  }
  const { quorum } = version.manifest;
  if (statements.size < quorum) {
    const message = `Statements of ${quorum} registrars are needed; ${statements.size} are right.`;
    found("epoch-statements", index, message);
  }
  if (admitted) ledger.epochs.set(leaf.epoch, { leaf, index, version, statements, keys });
}

async function readStatement(
  source: FileSource,
  hash: string,
  index: number,
  found: Found,
): Promise<KeyStatement | null> {
  const path = statementPath(hash);
  const file = await readFile(source, path, LIMITS.document, found, { leaf: index });
  if (file === null) return null;
  if (keyStatementHash(file) !== hash) {
    const message = `The file ${path} is another statement than the one that its name is the hash of.`;
    found("statement-mismatch", index, message);
    return null;
  }
  return parseFile(() => parseKeyStatement(file), path, "statement-mismatch", found, { leaf: index });
}

async function checkStatement(
  statement: KeyStatement,
  registrar: string,
  leaf: EpochLeaf,
  workforce: string,
  { manifest }: Version,
  index: number,
  found: Found,
): Promise<boolean> {
  if (!manifest.registrars.some(({ identity }) => identity === registrar)) {
    found(
      "epoch-statements",
      index,
      "A statement is of somebody who is no registrar of the manifest in force.",
    );
    return false;
  }
  const agrees =
    statement.registrar === registrar &&
    statement.workforce === workforce &&
    statement.manifest === leaf.manifest &&
    statement.epoch === leaf.epoch &&
    statement.opens === leaf.opens &&
    statement.closes === leaf.closes &&
    same(statement.mailboxes, manifest.mailboxes) &&
    same(statement.evidence, manifest.evidence) &&
    statement.invitations.length === (manifest.vouching?.invitations ?? 0);
  if (!agrees) {
    const message =
      "A statement differs from its epoch leaf or from the manifest in registrar, days, rules or number of invitations.";
    found("statement-mismatch", index, message);
    return false;
  }
  if (!(await verifyObject(statement, registrar))) {
    found("statement-signature", index, "A statement is not signed by its registrar.");
    return false;
  }
  return true;
}

/**
 * The keys for tokens. A key that occurred before is reported and still used: what it proves is then in doubt, and
 * readers are told so. Keys for invitations are looked at in the same way; nothing in a log is checked with them.
 */
function readKeys(
  ledger: Ledger,
  statement: KeyStatement,
  version: Version,
  index: number,
  found: Found,
): TokenKey[] {
  const { workforce, epoch, registrar } = statement;
  const name =
    version.manifest.registrars.find(({ identity }) => identity === registrar)?.name ?? "A registrar";
  const read = <K>(which: string, spki: string, make: () => K): K[] => {
    let key: K;
    try {
      key = make();
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      found("bad-rsa-key", index, `${which} is not an RSA key of 2048 bits with exponent 65537.`);
      return [];
    }
    if (ledger.moduli.has(spki))
      found("modulus-repeated", index, `${which} occurs a second time in this workforce.`);
    ledger.moduli.add(spki);
    return [key];
  };
  const keys = statement.keys.flatMap(({ class: cls, slot, spki }) =>
    read(`${name}'s key of class ${cls} for slot ${slot} of epoch ${epoch}`, spki, () =>
      tokenKey({ workforce, epoch, slot, class: cls, registrar }, spki),
    ),
  );
  for (const { number, spki } of statement.invitations) {
    read(`${name}'s key for invitations ${number} of epoch ${epoch}`, spki, () =>
      parseRsaSpki(decodeBase64url(spki)),
    );
  }
  return keys;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalize(a as JsonValue) === canonicalize(b as JsonValue);
}
