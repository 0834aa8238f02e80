/**
 * Writes enrolments, in groups: one flush of the disk serves many.
 *
 * When `enrol` resolves, the row and its count are durable. What it resolves to is decided by the primary key, epoch
 * and tag, so of different requests for one mailbox exactly one is ever first, whatever runs at once and in however many
 * processes. When it rejects, the outcome may be unknown (a connection lost during COMMIT): the same call again
 * settles it and changes nothing that was settled.
 */
import { timingSafeEqual } from "node:crypto";
import {
  createGroupCommit,
  createOrderEraser,
  type GroupCommit,
  type OrderEraser,
} from "@undersigned/service";
import type { Transaction } from "kysely";
import type { RegistrarDatabase, RegistrarTables } from "./schema.ts";

/**
 * `first`: stored now. `again`: these very requests were stored before. `taken`: other requests were. `spent`: the mail was
 * used for other requests.
 */
export type EnrolmentOutcome = "first" | "again" | "taken" | "spent";

/** What is kept of a mail by which somebody enrols: a keyed hash of 32 bytes, and the public key record relied on. */
export type UsedMail = { readonly hash: Uint8Array; readonly keyName: string; readonly keyRecord: string };

export type NewEnrolment = {
  epoch: number;
  evidence: string;
  /** 32 bytes each. */
  tag: Uint8Array;
  mac: Uint8Array;
  mail: UsedMail | null;
};

const MAX_GROUP = 128;
/** Some five million enrolments. */
export const MAX_REWRITTEN_BYTES = 512 * 1024 * 1024;

export class EnrolmentWriter {
  readonly #group: GroupCommit<NewEnrolment, EnrolmentOutcome>;
  readonly #order: OrderEraser;

  constructor(database: RegistrarDatabase) {
    this.#order = createOrderEraser(database, { maxBytes: MAX_REWRITTEN_BYTES });
    this.#group = createGroupCommit({
      most: MAX_GROUP,
      write: async (enrolments) => {
        // May be called again after a refused transaction, so it starts from nothing each time.
        const outcomes = await database.transaction((trx) => storeAll(trx, enrolments));
        this.#order.written();
        return outcomes;
      },
    });
  }

  enrol(enrolment: NewEnrolment): Promise<EnrolmentOutcome> {
    return this.#group.add(enrolment);
  }

  /** Resolves when nothing waits any more, and the order of arrival is erased. Nothing may be enrolled afterwards. */
  async close(): Promise<void> {
    await this.#group.close();
    await this.#order.close();
  }
}

async function storeAll(
  trx: Transaction<RegistrarTables>,
  enrolments: readonly NewEnrolment[],
): Promise<EnrolmentOutcome[]> {
  const outcomes: EnrolmentOutcome[] = [];
  for (const enrolment of enrolments) outcomes.push(await store(trx, enrolment));
  await count(
    trx,
    enrolments.filter((_, i) => outcomes[i] === "first"),
  );
  return outcomes;
}

async function store(
  trx: Transaction<RegistrarTables>,
  { epoch, tag, mac, mail }: NewEnrolment,
): Promise<EnrolmentOutcome> {
  if (mail !== null && (await isSpent(trx, epoch, mail.hash))) {
    return (await isStored(trx, epoch, tag, mac)) ? "again" : "spent";
  }
  const inserted = await trx
    .insertInto("enrolment")
    .values({ epoch, tag, mac })
    .onConflict((conflict) => conflict.columns(["epoch", "tag"]).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows !== 1n) {
    return (await isStored(trx, epoch, tag, mac)) ? "again" : "taken";
  }
  if (mail !== null) await spend(trx, epoch, mail);
  return "first";
}

/** Whether these very requests are what the tag is stored with. */
async function isStored(
  trx: Transaction<RegistrarTables>,
  epoch: number,
  tag: Uint8Array,
  mac: Uint8Array,
): Promise<boolean> {
  const known = await trx
    .selectFrom("enrolment")
    .select("mac")
    .where("epoch", "=", epoch)
    .where("tag", "=", tag)
    .executeTakeFirst();
  return known !== undefined && timingSafeEqual(known.mac, mac);
}

async function isSpent(trx: Transaction<RegistrarTables>, epoch: number, mail: Uint8Array): Promise<boolean> {
  const known = await trx
    .selectFrom("spent_mail")
    .select("epoch")
    .where("epoch", "=", epoch)
    .where("mail", "=", mail)
    .executeTakeFirst();
  return known !== undefined;
}

async function spend(trx: Transaction<RegistrarTables>, epoch: number, mail: UsedMail): Promise<void> {
  // Not "do nothing": two writers that both found it unspent must not both go on.
  await trx.insertInto("spent_mail").values({ epoch, mail: mail.hash }).execute();
  await trx
    .insertInto("mail_key")
    .values({ epoch, name: mail.keyName, record: mail.keyRecord })
    .onConflict((conflict) => conflict.columns(["epoch", "name", "record"]).doNothing())
    .execute();
}

async function count(trx: Transaction<RegistrarTables>, enrolments: readonly NewEnrolment[]): Promise<void> {
  const groups = Map.groupBy(enrolments, ({ epoch, evidence }) => `${epoch} ${evidence}`);
  for (const group of groups.values()) {
    const { epoch, evidence } = group[0]!;
    const { numUpdatedRows } = await trx
      .updateTable("issued")
      .set((row) => ({ count: row("count", "+", group.length) }))
      .where("epoch", "=", epoch)
      .where("evidence", "=", evidence)
      .executeTakeFirst();
    // An enrolment that is not counted would let the next one pass unseen.
    if (numUpdatedRows !== 1n) throw new Error("an enrolment has no row to be counted in");
  }
}
