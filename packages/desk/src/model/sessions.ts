/**
 * Sessions (PROTOCOL §9): a key in the memory of one page. The database knows its hash, a counter that only rises, and
 * the day with which it ends. A session that was signed out keeps its row until then: the request that opened it is good for
 * a few minutes, and would else open it again with a counter from 0, for which copied requests are good too.
 */
import {
  addDays,
  type Base64url,
  type DeskSession,
  decodeBase64url,
  domainHash,
  encodeBase64url,
  hmacSha256,
} from "@undersigned/core";
import type { Desk } from "../desk.ts";
import { idBytes, idText } from "../desk.ts";
import { DeskError } from "../errors.ts";
import type { DeskReader, DeskTrx } from "../storage/schema.ts";
import { findOrganiser, memberOf, type Organiser } from "./organisers.ts";

/** A session lasts to the end of the next UTC day. */
const DAYS = 1;

function hashOf(session: Base64url): Uint8Array {
  return domainHash("desk-session", decodeBase64url(session, 32));
}

/**
 * Opens the session for the organiser; one that is open already goes on with its counter, for an answer that was lost. Throws
 * `session-over` for one that has ended or is another's.
 */
export async function openSession(
  desk: Desk,
  trx: DeskTrx,
  organiser: Organiser,
  session: Base64url,
): Promise<DeskSession> {
  const today = desk.clock.day();
  await trx.deleteFrom("desk_session").where("until", "<", today).execute();
  const hash = hashOf(session);
  const owner = idBytes(organiser.id);
  const known = await trx.selectFrom("desk_session").selectAll().where("hash", "=", hash).executeTakeFirst();
  if (known !== undefined && (known.ended === 1 || idText(known.organiser) !== organiser.id)) throw over();
  const until = known?.until ?? addDays(today, DAYS);
  if (known === undefined) {
    await trx
      .insertInto("desk_session")
      .values({ hash, organiser: owner, counter: 0, ended: 0, until })
      .execute();
  }
  return {
    type: "desk-session",
    v: 1,
    me: memberOf(organiser),
    board: desk.boardKey,
    counter: known?.counter ?? 0,
    until,
    storeKey: encodeBase64url(hmacSha256(desk.deskKey("store"), owner)),
  };
}

/** Whose session it is. Throws `session-over` for one that is unknown, over, signed out, or of somebody who was removed. */
export async function requireSession(
  desk: Desk,
  db: DeskReader,
  session: Base64url,
): Promise<{ readonly organiser: Organiser; readonly counter: number }> {
  const row = await db
    .selectFrom("desk_session")
    .selectAll()
    .where("hash", "=", hashOf(session))
    .executeTakeFirst();
  if (row === undefined || row.ended === 1 || row.until < desk.clock.day()) throw over();
  const organiser = await findOrganiser(desk, db, idText(row.organiser));
  if (organiser === null) throw over();
  return { organiser, counter: row.counter };
}

/** Whether the session was opened before and has not ended. */
export async function isOpen(desk: Desk, db: DeskReader, session: Base64url): Promise<boolean> {
  const row = await db
    .selectFrom("desk_session")
    .select(["ended", "until"])
    .where("hash", "=", hashOf(session))
    .executeTakeFirst();
  return row !== undefined && row.ended === 0 && row.until >= desk.clock.day();
}

/** Uses the number up. Throws `counter-used` unless it is greater than all before it. */
export async function takeCounter(
  trx: DeskTrx,
  session: Base64url,
  before: number,
  counter: number,
): Promise<void> {
  if (counter <= before) {
    throw new DeskError(
      "counter-used",
      "This request was made before, or a later one has overtaken it: make a new one.",
    );
  }
  await trx.updateTable("desk_session").set({ counter }).where("hash", "=", hashOf(session)).execute();
}

export async function endSession(trx: DeskTrx, session: Base64url): Promise<void> {
  await trx.updateTable("desk_session").set({ ended: 1 }).where("hash", "=", hashOf(session)).execute();
}

/** Every session of the organiser, this one too. */
export async function endSessions(trx: DeskTrx, organiser: Base64url): Promise<void> {
  await trx
    .updateTable("desk_session")
    .set({ ended: 1 })
    .where("organiser", "=", idBytes(organiser))
    .execute();
}

function over(): DeskError {
  return new DeskError(
    "session-over",
    "This session is over: sign in again. Nothing that was saved is lost.",
  );
}
