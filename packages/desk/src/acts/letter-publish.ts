/**
 * Publishes a letter. The board makes the manifest anew of the document's fields and takes none but that, so what is frozen is what
 * organisers wrote, whatever the page was; the leaf is signed by the caller's own key.
 */
import {
  type ActBody,
  canonicalize,
  decodeBase64url,
  encodeCanonical,
  type JsonValue,
  type LetterManifest,
  letterOf,
  letterValues,
  sealLetter,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { boardLetters, letterText, workforceInForce } from "../model/board-texts.ts";
import { requireCopy } from "../model/copies.ts";
import { findDeskLetter, putDeskLetter } from "../model/desk-letters.ts";
import {
  changeDocument,
  type DeskDocument,
  nameOf,
  requireDocument,
  requireKind,
} from "../model/documents.ts";
import { fieldMap, readFields } from "../model/fields.ts";
import { requireManifest } from "../model/made-anew.ts";
import { readOrganisers } from "../model/organisers.ts";
import { ownerKeys } from "../model/owner-keys.ts";
import { copiesNamed, publishCopies } from "../model/publish-copies.ts";
import { around, type Caller } from "./act.ts";

export const letterPublish = around<"letter-publish">(async ({ desk, caller }, body) => {
  const { db } = desk.database;
  const { leaf, manifest, unlisted } = body;
  const document = await requireDocument(desk, db, body.document);
  requireKind(document, "letter");
  const answer = { letter: leaf.letter, epoch: leaf.epoch, slot: leaf.slot };
  if (document.state === "published") {
    if (document.published === leaf.letter) return { answer, about: null };
    throw new DeskError(
      "document-published",
      "This is published and cannot be changed: make a new version of it.",
    );
  }
  const isThere = (await boardLetters(desk, db)).some(({ letter }) => letter === leaf.letter);
  // A crash may have come between the log and the document: then only the document is left to be written.
  if (!isThere) {
    await requireRight(desk, caller, document, body);
    await requireCopies(desk, manifest);
    // Before the letter is there: one whose key nobody has could never be read.
    await desk.database.transaction((trx) =>
      putDeskLetter(desk, trx, leaf.letter, { document: document.id, linkKey: unlisted }),
    );
    await desk.board.publishLetter(manifest.workforce, await requestOf(body));
  } else if ((await findDeskLetter(desk, db, leaf.letter))?.document !== document.id) {
    throw new DeskError("document-taken", "This very letter was published from another document.");
  }
  if (unlisted === null) await publishCopies(desk, leaf.letter, manifest);
  await desk.database.transaction(async (trx) => {
    await changeDocument(desk, trx, {
      ...(await requireDocument(desk, trx, document.id)),
      state: "published",
      published: leaf.letter,
    });
  });
  return { answer, about: nameOf(document) };
});

async function requestOf({ leaf, manifest, unlisted }: ActBody<"letter-publish">): Promise<JsonValue> {
  const file = encodeCanonical(manifest as unknown as JsonValue);
  const of = { workforce: leaf.workforce, letter: leaf.letter };
  const sealed = unlisted === null ? null : await sealLetter(file, decodeBase64url(unlisted, 32), of);
  return { type: "letter-request", v: 1, leaf, manifest, unlisted: sealed } as unknown as JsonValue;
}

/** Throws `two-owners`, `not-your-key`, `listing-differs`, `manifest-problems`, `manifest-differs`. */
async function requireRight(
  desk: Desk,
  caller: Caller,
  document: DeskDocument,
  { leaf, manifest, unlisted }: ActBody<"letter-publish">,
): Promise<void> {
  const { db } = desk.database;
  const owners = ownerKeys(await readOrganisers(desk, db));
  if (owners.length < 2) {
    throw new DeskError(
      "two-owners",
      "Two owners must be there before a letter is published: one phone can be lost.",
    );
  }
  if (leaf.by !== caller.key) {
    throw new DeskError(
      "not-your-key",
      "Sign the letter with your own key: it is the one that you are here by.",
    );
  }
  const fields = fieldMap(await readFields(desk, db, document.id));
  if (letterValues(fields).listed !== (unlisted === null)) {
    throw new DeskError(
      "listing-differs",
      "Somebody has changed whether the letter is listed: look at it again.",
    );
  }
  const id = document.workforce ?? manifest.workforce;
  const { replaces } = document;
  if (replaces !== null) await letterText(desk, db, id, replaces);
  const made = letterOf(fields, {
    workforce: { id, manifest: (await workforceInForce(db, id)).manifest },
    organisers: owners,
    salt: manifest.salt,
    replaces,
    day: desk.clock.day(),
  });
  const same = (a: LetterManifest, b: LetterManifest) =>
    canonicalize(a as unknown as JsonValue) === canonicalize(b as unknown as JsonValue);
  if (!same(requireManifest(made), manifest)) {
    throw new DeskError(
      "manifest-differs",
      "Somebody has changed the letter meanwhile: look at it again, then publish it.",
    );
  }
}

async function requireCopies(desk: Desk, manifest: LetterManifest): Promise<void> {
  for (const hash of copiesNamed(manifest)) await requireCopy(desk, desk.database.db, hash);
}
