/**
 * Who has everything – both databases with their write-ahead logs, at the end of the day and after the release; all keys
 * of the registrar, unlocked; the public log with the days of its batches; the staff directory – tries to say which
 * enrolled mailbox made which endorsement, and does no better than chance. The promise of THREAT_MODEL, as an attack.
 *
 * Everybody endorses in the very order in which they enrolled, on the same day: if any trace of the order stayed on both
 * sides, the attack would find everyone. Each attack is shown to work on data that leak what it looks for.
 */
import { createHash, createHmac } from "node:crypto";
import { join } from "node:path";
import { prepareEndorsement } from "@undersigned/client";
import {
  addDays,
  bytesToBigInt,
  decodeBase64url,
  type EndorsementLeaf,
  type Enrolment,
  encodeLeaf,
} from "@undersigned/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALARM, atLeastP } from "../kit/rank-statistics.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  ANONYMOUS,
  blindedSlots,
  enrolDirectly,
  makePeople,
  postEndorsement,
  tokensFrom,
} from "../kit/servers/crowd.ts";
import { type EpochSecrets, openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { type Disk, seizeDisk, seizeErased } from "../kit/servers/seized-disk.ts";
import { OPENS, startWorld } from "../kit/servers/world.ts";
import { sized } from "../kit/size.ts";
import { type PlacedRow, rowsOf } from "../kit/sqlite-pages.ts";

const SEEDS = sized([1], [1, 2]);
const PEOPLE = 48;
const LETTERS = 3;

/** An order in which somebody may find things: mailboxes, or endorsements by their keys. */
type Order = { readonly from: string; readonly items: readonly string[] };

/** Guesses: the key of each mailbox's endorsement. */
type Guess = ReadonlyMap<string, string>;

type LetterEvidence = {
  readonly leaves: readonly EndorsementLeaf[];
  readonly names: readonly string[];
  /** Only for the judge: what is true. */
  readonly truth: Guess;
};

type Evidence = {
  readonly seed: number;
  readonly epoch: EpochSecrets;
  readonly directory: readonly string[];
  readonly enrolled: ReadonlySet<string>;
  readonly disks: Readonly<Record<"registrarDay" | "registrarAfter" | "boardDay" | "boardAfter", Disk>>;
  readonly letters: readonly LetterEvidence[];
  /** Not stored by anyone: what a registrar could have written down of each enrolment, against its specification. */
  readonly transcripts: ReadonlyMap<string, { blinded: readonly bigint[]; answers: readonly bigint[] }>;
};

let cases: Evidence[] = [];
beforeAll(async () => {
  for (const seed of SEEDS) cases.push(await play(seed));
}, 240_000);
afterAll(() => {
  cases = [];
});

async function play(seed: number): Promise<Evidence> {
  const world = await startWorld({ letters: LETTERS });
  try {
    const random = new SeededRandom(seed);
    const epoch = await openEpochSecrets(world);
    const people = makePeople(random, PEOPLE);
    const transcripts = new Map<string, { blinded: bigint[]; answers: bigint[] }>();
    const answers = new Map<string, Enrolment>();
    for (const person of people) {
      const slots = blindedSlots(random, person, epoch, LETTERS);
      const answer = await enrolDirectly(world, epoch, person, slots);
      answers.set(person.mailbox, answer);
      transcripts.set(person.mailbox, {
        blinded: slots.map(({ blinded }) => number(blinded)),
        answers: answer.slots.map(({ signature }) => number(signature)),
      });
    }
    const view = await world.view();
    const truths = world.letters.map(() => new Map<string, string>());
    for (const person of people) {
      const tokens = tokensFrom(epoch, person, answers.get(person.mailbox)!, LETTERS);
      for (const [i, letter] of world.letters.entries()) {
        const request = await prepareEndorsement({
          view,
          secrets: person.secrets,
          letter,
          tokens,
          appearance: ANONYMOUS,
          remainder: "release",
        });
        await postEndorsement(world, request);
        truths[i]!.set(person.mailbox, request.leaf.key);
      }
    }
    const registrar = join(world.registrar.dataDir, "registrar.sqlite");
    const board = join(world.board.dataDir, "board.sqlite");
    const registrarDay = await seizeErased(registrar);
    const boardDay = await seizeErased(board);
    await world.moveTo(addDays(OPENS, 1));
    const leaves = await readLeaves(world.files);
    const strangers = makePeople(random, PEOPLE).map(({ mailbox }) => mailbox);
    return {
      seed,
      epoch,
      directory: random.shuffle([...people.map(({ mailbox }) => mailbox), ...strangers]),
      enrolled: new Set(people.map(({ mailbox }) => mailbox)),
      disks: {
        registrarDay,
        boardDay,
        // The tick had it state its issuance: that stays in its log.
        registrarAfter: await seizeDisk(registrar),
        boardAfter: await seizeErased(board),
      },
      letters: world.letters.map((letter, i) => {
        const own = leaves.filter(({ leaf }) => leaf.type === "endorsement" && leaf.letter === letter);
        return {
          leaves: own.map(({ leaf }) => leaf as EndorsementLeaf),
          names: own.map(({ name }) => name),
          truth: truths[i]!,
        };
      }),
      transcripts,
    };
  } finally {
    await world.close();
  }
}

function number(base64url: string): bigint {
  return bytesToBigInt(decodeBase64url(base64url));
}

function latin1(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("latin1");
}

/** The mailboxes of the directory that are enrolled, by their tags: what the tag key gives, as THREAT_MODEL says. */
function mailboxesByTag({ epoch, directory }: Evidence): Map<string, string> {
  return new Map(
    directory.map((mailbox) => [createHmac("sha256", epoch.tag).update(mailbox).digest("latin1"), mailbox]),
  );
}

/** Tag and MAC of each, of the one epoch that there is. */
function enrolmentsOf(file: Buffer): PlacedRow[] {
  return rowsOf(file, "enrolment").map((row) => ({ ...row, columns: row.columns.slice(1) }));
}

/** Every order in which mailboxes are found. */
function mailboxOrders(evidence: Evidence): Order[] {
  const byTag = mailboxesByTag(evidence);
  const orders: Order[] = [];
  for (const moment of ["registrarDay", "registrarAfter"] as const) {
    const { file, log } = evidence.disks[moment];
    const rows = enrolmentsOf(file);
    const named = (from: string, sorted: readonly PlacedRow[]) =>
      orders.push({
        from: `${moment}, ${from}`,
        items: sorted.map(({ columns }) => byTag.get(String(columns[0]))!),
      });
    named("tags", rows);
    named(
      "places in the file",
      rows.toSorted((a, b) => a.page - b.page || a.offset - b.offset),
    );
    named(
      "MACs",
      rows.toSorted((a, b) => (String(a.columns[1]) < String(b.columns[1]) ? -1 : 1)),
    );
    const tags = rows.map(({ columns }) => String(columns[0]));
    const seen = inLog(log, tags);
    if (seen.length === tags.length)
      orders.push({ from: `${moment}, the log`, items: seen.map((tag) => byTag.get(tag)!) });
  }
  const enrolled = orders[0]!.items;
  orders.push({ from: "alphabet", items: enrolled.toSorted() });
  orders.push({ from: "directory", items: evidence.directory.filter((one) => enrolled.includes(one)) });
  return orders;
}

/** Every order in which a letter's endorsements are found, as their keys. */
function endorsementOrders({ disks }: Evidence, { leaves, names }: LetterEvidence): Order[] {
  const orders: Order[] = [];
  const keyOf = new Map(leaves.map((leaf, i) => [latin1(names[i]!), leaf.key]));
  const keys = new Map(leaves.map(({ key }) => [latin1(key), key]));
  orders.push({ from: "leaves of the batch", items: leaves.map(({ key }) => key) });
  const sorted = (from: string, by: (leaf: EndorsementLeaf) => string) =>
    orders.push({
      from,
      items: leaves.toSorted((a, b) => (latin1(by(a)) < latin1(by(b)) ? -1 : 1)).map(({ key }) => key),
    });
  sorted("keys", ({ key }) => key);
  sorted("commitments", ({ commitment }) => commitment);
  sorted("prefixes", ({ tokens }) => tokens[0]!.prefix);
  sorted("token signatures", ({ tokens }) => tokens[0]!.signature);
  sorted("signatures", ({ sig }) => sig);
  const rows = (moment: "boardDay" | "boardAfter", table: string, at: number, known: Map<string, string>) => {
    const { file, log } = disks[moment];
    const own = rowsOf(file, table).filter(({ columns }) => known.has(String(columns[at])));
    if (own.length === 0) return;
    const add = (from: string, placed: readonly PlacedRow[]) =>
      orders.push({
        from: `${moment}, ${table}, ${from}`,
        items: placed.map(({ columns }) => known.get(String(columns[at]))!),
      });
    add("rows", own);
    add(
      "places in the file",
      own.toSorted((a, b) => a.page - b.page || a.offset - b.offset),
    );
    const seen = inLog(log, [...known.keys()]);
    if (seen.length === known.size)
      orders.push({ from: `${moment}, ${table}, the log`, items: seen.map((key) => known.get(key)!) });
  };
  rows("boardDay", "pool", 0, keyOf);
  rows("boardDay", "signatory", 2, keys);
  rows("boardAfter", "signatory", 2, keys);
  return orders;
}

/** Those that occur in the write-ahead log, by their first place there. */
function inLog(log: Buffer, keys: readonly string[]): string[] {
  return keys
    .map((key) => ({ key, at: log.indexOf(key, 0, "latin1") }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ key }) => key);
}

/** The n-th mailbox made the n-th endorsement, or the n-th from the end. */
function byRank(mailboxes: Order, endorsements: Order): Guess[] {
  const { items } = endorsements;
  return [items, items.toReversed()].map(
    (keys) => new Map(mailboxes.items.map((mailbox, i) => [mailbox, keys[i]!])),
  );
}

function hits(guess: Guess, truth: Guess): number {
  return [...guess].filter(([mailbox, key]) => truth.get(mailbox) === key).length;
}

/** Hits of each kind of guess over all letters of all seeds, by its name. */
function tallyRanks(of: (evidence: Evidence, letter: LetterEvidence) => [Order[], Order[]]) {
  const tally = new Map<string, { hits: number; tries: number }>();
  for (const evidence of cases) {
    for (const letter of evidence.letters) {
      const [mailboxes, endorsements] = of(evidence, letter);
      for (const left of mailboxes) {
        for (const right of endorsements) {
          for (const [i, guess] of byRank(left, right).entries()) {
            const name = `${left.from} / ${right.from}${i === 1 ? ", reversed" : ""}`;
            const sum = tally.get(name) ?? { hits: 0, tries: 0 };
            tally.set(name, {
              hits: sum.hits + hits(guess, letter.truth),
              tries: sum.tries + letter.truth.size,
            });
          }
        }
      }
    }
  }
  return tally;
}

describe("who has all that both servers keep, and all keys", () => {
  it("learns who enrolled, as the threat model says, and that all of them endorsed every letter", () => {
    for (const evidence of cases) {
      const byTag = mailboxesByTag(evidence);
      const found = enrolmentsOf(evidence.disks.registrarDay.file).map(({ columns }) =>
        byTag.get(String(columns[0])),
      );
      expect(new Set(found)).toEqual(evidence.enrolled);
      for (const { truth, leaves } of evidence.letters) {
        expect(new Set(leaves.map(({ key }) => key))).toEqual(new Set(truth.values()));
      }
    }
  });

  it("links nobody by any order on either side: no better than one in a batch", () => {
    const tally = tallyRanks((evidence, letter) => [
      mailboxOrders(evidence),
      endorsementOrders(evidence, letter),
    ]);
    expect(tally.size).toBeGreaterThan(100);
    for (const [name, { hits: count, tries }] of tally) {
      expect(atLeastP(count, tries, 1 / PEOPLE), `${name}: ${count} of ${tries}`).toBeGreaterThan(ALARM);
    }
  });

  it("would link everybody if both kept the order of arrival", () => {
    const arrival = (items: Iterable<string>): Order[] => [{ from: "arrival", items: [...items] }];
    const tally = tallyRanks((_, { truth }) => [arrival(truth.keys()), arrival(truth.values())]);
    const { hits: count, tries } = tally.get("arrival / arrival")!;
    expect(count).toBe(tries);
    expect(atLeastP(count, tries, 1 / PEOPLE)).toBeLessThan(ALARM);
  });

  it("would be found out if one in ten kept its place: the bound is tight enough", () => {
    const random = new SeededRandom(99);
    const tally = tallyRanks((_, { truth }) => {
      const mailboxes = [...truth.keys()];
      const keys = [...truth.values()];
      const lost = keys.map((_key, i) => i).filter((i) => i % 10 !== 0);
      const moved = random.shuffle(lost);
      const partly = [...keys];
      for (const [i, place] of lost.entries()) partly[place] = keys[moved[i]!]!;
      return [[{ from: "arrival", items: mailboxes }], [{ from: "one in ten", items: partly }]];
    });
    const { hits: count, tries } = tally.get("arrival / one in ten")!;
    expect(count).toBeLessThan(tries / 4);
    expect(atLeastP(count, tries, 1 / PEOPLE)).toBeLessThan(ALARM);
  });

  /** Everything that a keyed hash of the registrar could be of. */
  function contentMatches(evidence: Evidence, letter: LetterEvidence, rows: readonly PlacedRow[]): Guess {
    const { tag, mac, code } = evidence.epoch;
    const guess = new Map<string, string>();
    const byTag = mailboxesByTag(evidence);
    const wanted = new Map<string, string>();
    for (const { columns } of rows) {
      for (const column of columns) wanted.set(String(column), byTag.get(String(columns[0]))!);
    }
    const enrolled = [...new Set(wanted.values())];
    const tags = rows.map(({ columns }) => Buffer.from(String(columns[0]), "latin1"));
    const keyed = (key: Uint8Array, bytes: string | Uint8Array) =>
      createHmac("sha256", key).update(bytes).digest();
    for (const [i, leaf] of letter.leaves.entries()) {
      const token = leaf.tokens[0]!;
      const parts = [leaf.key, leaf.commitment, leaf.sig, token.prefix, token.signature, letter.names[i]!];
      const pieces = parts.map((part) => Buffer.from(part, "base64url"));
      pieces.push(Buffer.from(encodeLeaf(leaf)), Buffer.concat(pieces.slice(0, 2)));
      const candidates: Buffer[] = [];
      for (const piece of pieces) {
        candidates.push(...enrolled.map((mailbox) => keyed(piece, mailbox)));
        for (const bytes of [piece, createHash("sha256").update(piece).digest()]) {
          candidates.push(bytes, ...[tag, mac, code, piece].map((key) => keyed(key, bytes)));
          candidates.push(...tags.map((text) => keyed(mac, Buffer.concat([text, bytes]))));
        }
      }
      for (const candidate of candidates) {
        const mailbox = wanted.get(candidate.toString("latin1"));
        if (mailbox !== undefined) guess.set(mailbox, leaf.key);
      }
    }
    return guess;
  }

  it("finds no endorsement in any tag or MAC, whatever of it is hashed under whichever key", () => {
    for (const evidence of cases) {
      const rows = enrolmentsOf(evidence.disks.registrarDay.file);
      for (const letter of evidence.letters) expect(contentMatches(evidence, letter, rows).size).toBe(0);
    }
  });

  it("would find one if a MAC were made of the key instead of the blinded requests", () => {
    const evidence = cases[0]!;
    const letter = evidence.letters[0]!;
    const leaky = enrolmentsOf(evidence.disks.registrarDay.file).map((row) => {
      const tag = String(row.columns[0]);
      const key = letter.truth.get(mailboxesByTag(evidence).get(tag)!)!;
      const mac = createHmac("sha256", evidence.epoch.mac).update(tag, "latin1");
      return { ...row, columns: [tag, mac.update(Buffer.from(key, "base64url")).digest("latin1")] };
    });
    expect(hits(contentMatches(evidence, letter, leaky), letter.truth)).toBe(PEOPLE);
  });

  it("sees endorsements and enrolments of one size only", () => {
    for (const { letters, disks } of cases) {
      for (const { leaves } of letters) {
        expect(new Set(leaves.map((leaf) => encodeLeaf(leaf).length)).size).toBe(1);
      }
      const sizes = enrolmentsOf(disks.registrarDay.file).map(({ columns }) =>
        columns.map((column) => String(column).length).join(),
      );
      expect(new Set(sizes)).toEqual(new Set(["32,32"]));
      const pool = rowsOf(disks.boardDay.file, "pool");
      expect(pool).toHaveLength(PEOPLE * LETTERS);
      expect(new Set(pool.map(({ columns }) => String(columns[2]).length)).size).toBe(1);
    }
  });
});

describe("a registrar that wrote down every request and answer, against its specification", () => {
  /** The factor that would have blinded this endorsement's message into that request: there is always one. */
  function factors(evidence: Evidence, slot: number): Map<string, Map<string, bigint>> {
    const { n } = evidence.epoch.slots[slot]!.key.rsa;
    const of = new Map<string, Map<string, bigint>>();
    for (const leaf of evidence.letters[slot]!.leaves) {
      const inverse = invert(number(leaf.tokens[0]!.signature), n);
      for (const [mailbox, { answers }] of evidence.transcripts) {
        const row = of.get(mailbox) ?? new Map<string, bigint>();
        of.set(mailbox, row.set(leaf.key, (answers[slot]! * inverse) % n));
      }
    }
    return of;
  }

  /** Links where one slot's factor comes back in another slot, and by the smallest factor. */
  function linkByFactors(slots: readonly Map<string, Map<string, bigint>>[]): Guess[] {
    const repeated = new Map<string, string>();
    const smallest = new Map<string, string>();
    for (const [mailbox, row] of slots[0]!) {
      const elsewhere = new Set([...slots[1]!.get(mailbox)!.values()]);
      for (const [key, factor] of row) if (elsewhere.has(factor)) repeated.set(mailbox, key);
      const [first] = [...row].sort(([, a], [, b]) => (a < b ? -1 : 1));
      smallest.set(mailbox, first![0]);
    }
    return [repeated, smallest];
  }

  it("finds a blinding factor for every pair, none of which comes back in another slot or stands out", () => {
    let smallestHits = 0;
    for (const evidence of cases) {
      const slots = [factors(evidence, 0), factors(evidence, 1)];
      const [repeated, smallest] = linkByFactors(slots) as [Guess, Guess];
      expect(repeated.size).toBe(0);
      smallestHits += hits(smallest, evidence.letters[0]!.truth);
    }
    expect(atLeastP(smallestHits, PEOPLE * cases.length, 1 / PEOPLE)).toBeGreaterThan(ALARM);
  });

  it("would link everybody if one factor served two keys", () => {
    const evidence = cases[0]!;
    const random = new SeededRandom(5);
    const truths = [0, 1].map((slot) => evidence.letters[slot]!.truth);
    const same = new Map(
      [...evidence.enrolled].map((mailbox) => [mailbox, bytesToBigInt(random.bytes(200))]),
    );
    const leaky = [0, 1].map((slot) => {
      const of = factors(evidence, slot);
      for (const [mailbox, row] of of) row.set(truths[slot]!.get(mailbox)!, same.get(mailbox)!);
      return of;
    });
    for (const guess of linkByFactors(leaky)) expect(hits(guess, truths[0]!)).toBe(PEOPLE);
  });
});

/** The inverse modulo n, by Euclid. */
function invert(value: bigint, n: bigint): bigint {
  let [a, b] = [value % n, n];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b] = [b, a - q * b];
    [x, y] = [y, x - q * y];
  }
  if (a !== 1n) throw new Error("not invertible");
  return ((x % n) + n) % n;
}
