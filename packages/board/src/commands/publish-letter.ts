/**
 * Publishes a letter (PROTOCOL §3.4; §4, rule 3). Whoever brings it, it counts by the opener's signature. Its slot and
 * the leaf before it are part of what is signed, so an opener who was overtaken is told what to sign instead.
 */
import {
  canonicalize,
  decodeBase64url,
  type EpochLeaf,
  encodeCanonical,
  encodeLeaf,
  type JsonValue,
  type LetterLeaf,
  type LetterRequest,
  leafName,
  letterId,
  letterRequest,
  MAX_MANIFEST_BYTES,
  parseLeaf,
  type SealedLetter,
  SLOTS,
  sealedLength,
  verifyObject,
} from "@undersigned/core";
import type { Board } from "../board.ts";
import { BoardError } from "../errors.ts";
import { LogAppend } from "../log/log-append.ts";
import { idBytes, MANIFEST } from "../model/letter-book.ts";
import { sealText } from "../model/letter-text.ts";
import { manifestInForce } from "../model/manifest-in-force.ts";
import type { Trx } from "../storage/schema.ts";
import { write } from "../storage/write.ts";
import { logClientBuild } from "./log-client-build.ts";
import type { Published } from "./published.ts";
import { putFile } from "./put-file.ts";
import { requireWelcome } from "./require-welcome.ts";
import { requireWorkforce } from "./require-workforce.ts";

/** Durable when it resolves. The same letter again gives the same answer. Throws BoardError or CoreError. */
export async function publishLetter(board: Board, workforce: string, body: JsonValue): Promise<Published> {
  const request = letterRequest.check(body, "");
  const { leaf } = request;
  const file = encodeCanonical(request.manifest as unknown as JsonValue);
  requireMatch(workforce, request, file);
  if (!(await verifyObject(leaf, leaf.by))) {
    throw new BoardError(
      "signature-invalid",
      "The letter is not signed by the key that it names: sign it again.",
    );
  }
  await requireWelcome(board, [leaf.by]);
  const entry = encodeLeaf(leaf);
  const name = leafName(entry);

  // Nobody is to be offered a letter with a page whose script is not in the log before it.
  await logClientBuild(board);
  const done = await write(board.database, board.database.engine, async (trx) => {
    const row = await requireWorkforce(trx, workforce);
    const known = await trx
      .selectFrom("letter")
      .select(["leaf", "leaf_index"])
      .where("workforce", "=", row.number)
      .where("id", "=", idBytes(leaf.letter) ?? new Uint8Array())
      .executeTakeFirst();
    if (known !== undefined) {
      if (leafName(known.leaf) === name) return { index: known.leaf_index, number: row.number, head: null };
      throw new BoardError("letter-repeated", "This letter is published already: it keeps its place.");
    }
    await requireOpener(trx, row.number, leaf);
    await requireDays(trx, row.number, leaf, board.clock.day());
    await requirePlace(trx, row.number, leaf);

    const log = await LogAppend.begin(trx, row, board.seen);
    if (request.unlisted === null) await putFile(trx, row.number, MANIFEST, leaf.letter, file);
    const index = await log.add(entry);
    const { last } = await trx
      .selectFrom("letter")
      .select((letter) => letter.fn.coalesce(letter.fn.max("number"), letter.lit(0)).as("last"))
      .executeTakeFirstOrThrow();
    const number = Number(last) + 1;
    if (request.unlisted !== null) await keepUnlisted(trx, board, number, request.unlisted, file);
    await trx
      .insertInto("letter")
      .values({
        number,
        workforce: row.number,
        id: idBytes(leaf.letter)!,
        leaf_index: index,
        leaf: entry,
        closing_index: null,
        endorsements: 0,
        counted_mailbox: 0,
        counted_vouched: 0,
        withdrawn_mailbox: 0,
        withdrawn_vouched: 0,
        first_day: null,
        last_day: null,
        bits: 0,
      })
      .execute();
    return { index, number: row.number, head: await log.finish(board.signerOf(row.log_key)) };
  });
  if (done.head !== null) {
    board.seen.set(done.number, done.head);
    board.logger.event("letter-published", { epoch: leaf.epoch, slot: leaf.slot });
  }
  return { type: "published", v: 1, workforce, leaf: name, index: done.index };
}

/** Until the letter is made public, its text is in the database under two keys, and readable under neither without key file or link. */
async function keepUnlisted(
  trx: Trx,
  { keys }: Board,
  letter: number,
  unlisted: SealedLetter,
  file: Uint8Array,
): Promise<void> {
  await trx
    .insertInto("unlisted_letter")
    .values({ letter, file: encodeCanonical(unlisted), text: sealText(keys, unlisted.letter, file) })
    .execute();
}

/** The leaf repeats what the manifest says, so that a letter can be checked whose text is not public. */
function requireMatch(
  workforce: string,
  { leaf, manifest, unlisted }: LetterRequest,
  file: Uint8Array,
): void {
  const matches =
    file.length <= MAX_MANIFEST_BYTES &&
    leaf.workforce === workforce &&
    manifest.workforce === workforce &&
    leaf.letter === letterId(file) &&
    leaf.opens === manifest.opens &&
    leaf.closes === manifest.closes &&
    canonicalize(leaf.batch) === canonicalize(manifest.batch);
  if (!matches) {
    throw new BoardError(
      "manifest-mismatch",
      "Leaf and manifest differ in id, workforce, days or batch rule: build the leaf from this manifest.",
    );
  }
  // What is inside only the link's key shows, and the board is not to have that.
  if (
    unlisted !== null &&
    (unlisted.letter !== leaf.letter || decodeBase64url(unlisted.sealed).length !== sealedLength(file.length))
  ) {
    throw new BoardError(
      "unlisted-mismatch",
      "The sealed letter is not of this manifest: seal the manifest that is sent with it.",
    );
  }
}

async function requireOpener(trx: Trx, workforce: number, leaf: LetterLeaf): Promise<void> {
  const { openers } = (await manifestInForce(trx, workforce)).manifest;
  if (!openers.includes(leaf.by)) {
    throw new BoardError("not-an-opener", "This key may not open letters: use one of the manifest in force.");
  }
}

async function requireDays(trx: Trx, workforce: number, leaf: LetterLeaf, today: string): Promise<void> {
  const row = await trx
    .selectFrom("epoch")
    .select("leaf")
    .where("workforce", "=", workforce)
    .where("epoch", "=", leaf.epoch)
    .executeTakeFirst();
  if (row === undefined) throw new BoardError("epoch-unknown", "There is no such epoch: open it first.");
  const epoch = parseLeaf(row.leaf) as EpochLeaf;
  if (leaf.opens < epoch.opens || leaf.closes > epoch.closes) {
    throw new BoardError(
      "letter-days",
      `The letter must open and close from ${epoch.opens} to ${epoch.closes}, the days of its epoch.`,
    );
  }
  if (leaf.closes < today) {
    throw new BoardError("letter-days", "The letter's last day has passed: choose later days.");
  }
}

/** Rule 3: the n-th letter of an epoch has slot n, and names the letter leaf before it in the log. */
async function requirePlace(trx: Trx, workforce: number, leaf: LetterLeaf): Promise<void> {
  const rows = await trx
    .selectFrom("letter")
    .select("leaf")
    .where("workforce", "=", workforce)
    .orderBy("leaf_index")
    .execute();
  const slot = rows.filter((row) => (parseLeaf(row.leaf) as LetterLeaf).epoch === leaf.epoch).length;
  const last = rows.at(-1);
  const previous = last === undefined ? null : leafName(last.leaf);
  if (slot >= SLOTS) {
    throw new BoardError(
      "epoch-full",
      "All 16 slots of this epoch are taken: open the letter in the next epoch.",
    );
  }
  const advice = `Sign it with slot ${slot} and previous ${previous ?? "null"}.`;
  if (leaf.slot !== slot) {
    throw new BoardError("slot-taken", `The slot is not the next one of its epoch. ${advice}`);
  }
  if (leaf.previous !== previous) {
    throw new BoardError("letter-chain", `The letter does not follow the last one of the log. ${advice}`);
  }
}
