/**
 * One request of a signed-in page: envelope, session, number, role, organiser key, body, in this order; then the act and its
 * entry in the list.
 *
 * The number is used up in a transaction before the act's, and stays used when the act is refused: else a copied request that
 * was refused today could be sent again on a day on which it would be granted. The act's own transaction asks again whether the
 * session is good, so an organiser who is removed between the two is out.
 *
 * The attacker holds everything that was ever sent, and may hold a session's page while its owner is away, but not the phrase.
 */
import {
  CoreError,
  type DeskActName,
  type DeskAnswer,
  type DeskRequest,
  deskActs,
  deskRequest,
  type JsonObject,
  type JsonValue,
  mayAct,
  ruleOf,
  type Shape,
  verifyActKey,
  verifyObject,
} from "@undersigned/core";
import type { Caller, Done } from "./acts/act.ts";
import { acts } from "./acts/registry.ts";
import type { Desk } from "./desk.ts";
import { DeskError } from "./errors.ts";
import { enter } from "./model/entries.ts";
import { requireSession, takeCounter } from "./model/sessions.ts";
import type { DeskReader, DeskTrx } from "./storage/schema.ts";

type AnyDone = Done<DeskActName>;
type AnyAct =
  | { kind: "within"; run(at: { desk: Desk; caller: Caller; trx: DeskTrx }, body: unknown): Promise<AnyDone> }
  | { kind: "around"; run(at: { desk: Desk; caller: Caller }, body: unknown): Promise<AnyDone> };

/** Durable when it resolves. Throws DeskError, CoreError, and what the act throws. */
export async function acceptAct(desk: Desk, input: JsonValue, origin: string): Promise<DeskAnswer> {
  const request = deskRequest.check(input, "");
  if (!(await verifyObject(request, request.session))) {
    throw new DeskError("signature-wrong", "The request is not signed by its session: sign in again.");
  }
  const act = acts[request.act] as AnyAct;
  const { body: bodyShape, answer: answerShape } = deskActs[request.act];

  await desk.database.transaction(async (trx) => {
    const { counter } = await requireSession(desk, trx, request.session);
    await takeCounter(trx, request.session, counter, request.counter);
  });
  const before = await requireCaller(desk, desk.database.db, request, origin);
  if (ruleOf(request.act).key && !(await verifyActKey(request, desk.boardKey, before.key))) {
    throw new DeskError(
      "key-needed",
      "This takes your phrase: type it in, and it is used for this act alone.",
    );
  }
  const body = (bodyShape as Shape<unknown>).check(request.body, "/body");

  const inTransaction = (work: (trx: DeskTrx, caller: Caller) => Promise<AnyDone>) =>
    desk.database.transaction(async (trx) => {
      const caller = await requireCaller(desk, trx, request, origin);
      const done = await work(trx, caller);
      await enterDone(desk, trx, caller, request.act, done);
      return done;
    });
  let done: AnyDone;
  if (act.kind === "within") {
    done = await inTransaction((trx, caller) => act.run({ desk, caller, trx }, body));
  } else {
    const finished = await act.run({ desk, caller: before }, body);
    done = finished;
    // Whoever was removed meanwhile has done it all the same: it is entered under the name of then.
    await desk.database.transaction((trx) => enterDone(desk, trx, before, request.act, finished));
  }
  return { type: "desk-answer", v: 1, act: request.act, body: checkedAnswer(answerShape, done.answer) };
}

/** Throws `session-over`, `not-allowed`. */
async function requireCaller(
  desk: Desk,
  db: DeskReader,
  { session, act }: DeskRequest,
  origin: string,
): Promise<Caller> {
  const { organiser } = await requireSession(desk, db, session);
  if (!mayAct(organiser.role, act)) {
    throw new DeskError("not-allowed", "Your role at this desk does not include this: ask an owner.");
  }
  return { ...organiser, session, origin };
}

async function enterDone(
  desk: Desk,
  trx: DeskTrx,
  { alias }: Caller,
  act: DeskActName,
  { about = "", once }: AnyDone,
): Promise<void> {
  if (ruleOf(act).entered && about !== null) await enter(desk, trx, { alias, act, about, once });
}

/** An answer that does not have its shape is a mistake of ours, and is not sent. */
function checkedAnswer(shape: Shape<unknown>, answer: unknown): JsonObject {
  try {
    return shape.check(answer as JsonValue, "/body") as JsonObject;
  } catch (error) {
    if (error instanceof CoreError) throw new TypeError("The answer of an act does not have its shape.");
    throw error;
  }
}
