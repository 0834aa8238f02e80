/**
 * Opens an epoch from the registrars' key statements (PROTOCOL §3.3; §4, rule 2). Anyone may bring them: what counts is
 * that enough registrars of the manifest in force have signed the same epoch.
 */
import {
  canonicalize,
  decodeBase64url,
  type EpochLeaf,
  encodeKeyStatement,
  encodeLeaf,
  epochRequest,
  type JsonValue,
  type KeyStatement,
  keyStatementHash,
  leafName,
  parseKeyStatement,
  parseRsaSpki,
  verifyObject,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend } from "../log/log-append.ts";
import { STATEMENT } from "../model/letter-book.ts";
import { type ManifestInForce, manifestInForce } from "../model/manifest-in-force.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import type { Published } from "./published.ts";
import { putFile } from "./put-file.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Durable when it resolves. The same statements again give the same answer. Throws BoardError or CoreError. */
export async function openEpoch(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const statements = epochRequest
    .check(body, "")
    .statements.toSorted((a, b) => (a.registrar < b.registrar ? -1 : 1));
  // Signatures first, outside of the transaction: they are most of the work, and depend on nothing there.
  for (const statement of statements) {
    if (!(await verifyObject(statement, statement.registrar))) {
      throw new BoardError(
        "signature-invalid",
        "A key statement is not signed by the registrar that it names.",
      );
    }
    for (const { spki } of allKeys(statement)) parseRsaSpki(decodeBase64url(spki));
  }
  const files = statements.map((statement) => encodeKeyStatement(statement));

  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const before = await lastEpoch(trx, row.number);
    const { hash, manifest } = await manifestInForce(trx, row.number);
    const first = statements[0]!;
    const leaf: EpochLeaf = {
      type: "epoch",
      v: 1,
      workforce,
      manifest: first.manifest,
      epoch: first.epoch,
      opens: first.opens,
      closes: first.closes,
      statements: files.map((file, i) => ({
        registrar: statements[i]!.registrar,
        statement: keyStatementHash(file),
      })),
    };
    const entry = encodeLeaf(leaf);
    const known = await readLeaf(trx, row.number, first.epoch);
    if (known !== undefined) {
      if (leafName(known.leaf) !== leafName(entry)) {
        throw new BoardError(
          "epoch-taken",
          `The next epoch has number ${before + 1}: make statements for that.`,
        );
      }
      return { leaf: leafName(entry), index: known.leaf_index, number: row.number, head: null };
    }
    requireAgreement(statements, { workforce, epoch: before + 1, hash, manifest });
    await requireFreshModuli(trx, row.number, statements);

    const log = await LogAppend.begin(trx, row, board.seen);
    for (const [i, file] of files.entries()) {
      await putFile(trx, row.number, STATEMENT, leaf.statements[i]!.statement, file);
    }
    const index = await log.add(entry);
    await trx
      .insertInto("epoch")
      .values({ workforce: row.number, epoch: leaf.epoch, leaf_index: index, leaf: entry })
      .execute();
    const head = await log.finish(board.signerOf(row.log_key));
    return { leaf: leafName(entry), index, number: row.number, head };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("epoch-opened", { epoch: statements[0]!.epoch });
  }
  return { type: "published", v: 1, workforce, leaf: done.leaf, index: done.index };
}

/** The number of the last epoch, 0 if there is none. */
async function lastEpoch(trx: Trx, workforce: number): Promise<number> {
  const row = await trx
    .selectFrom("epoch")
    .select("epoch")
    .where("workforce", "=", workforce)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.epoch ?? 0;
}

async function readLeaf(trx: Trx, workforce: number, epoch: number) {
  return await trx
    .selectFrom("epoch")
    .select(["leaf", "leaf_index"])
    .where("workforce", "=", workforce)
    .where("epoch", "=", epoch)
    .executeTakeFirst();
}

function requireAgreement(
  statements: readonly KeyStatement[],
  at: ManifestInForce & { readonly workforce: string; readonly epoch: number },
): void {
  const { manifest } = at;
  const first = statements[0]!;
  const identities = new Set(manifest.registrars.map(({ identity }) => identity));
  for (const [i, statement] of statements.entries()) {
    if (statement.epoch !== at.epoch) {
      throw new BoardError("epoch-taken", `The next epoch has number ${at.epoch}: make statements for that.`);
    }
    const agrees =
      statement.workforce === at.workforce &&
      statement.manifest === at.hash &&
      canonicalize(statement.mailboxes) === canonicalize(manifest.mailboxes) &&
      canonicalize(statement.evidence) === canonicalize(manifest.evidence) &&
      statement.invitations.length === (manifest.vouching?.invitations ?? 0);
    if (!agrees || !identities.has(statement.registrar)) {
      throw new BoardError(
        "statement-mismatch",
        "A key statement is not for the manifest in force, or not by a registrar of it: make it again.",
      );
    }
    if (statement.opens !== first.opens || statement.closes !== first.closes) {
      throw new BoardError("epoch-days", "The registrars name different days: agree on them and sign again.");
    }
    if (i > 0 && statement.registrar === statements[i - 1]!.registrar) {
      throw new BoardError("statement-mismatch", "Give one statement of each registrar.");
    }
  }
  if (statements.length < manifest.quorum) {
    throw new BoardError(
      "too-few-statements",
      `An epoch takes statements of ${manifest.quorum} registrars at least: add those that are missing.`,
    );
  }
}

function allKeys({ keys, invitations }: KeyStatement): readonly { readonly spki: string }[] {
  return [...keys, ...invitations];
}

/** One modulus in two places would let one registrar's signature count in both. An SPKI differs by its modulus only. */
async function requireFreshModuli(
  trx: Trx,
  workforce: number,
  statements: readonly KeyStatement[],
): Promise<void> {
  const seen = new Set<string>();
  const rows = await trx
    .selectFrom("public_file")
    .select("bytes")
    .where("workforce", "=", workforce)
    .where("kind", "=", STATEMENT)
    .execute();
  for (const { bytes } of rows) for (const { spki } of allKeys(parseKeyStatement(bytes))) seen.add(spki);
  for (const statement of statements) {
    for (const { spki } of allKeys(statement)) {
      if (seen.has(spki)) {
        throw new BoardError(
          "modulus-repeated",
          "An RSA key is used twice in this workforce: make new keys.",
        );
      }
      seen.add(spki);
    }
  }
}
