/**
 * No order of people's acts is kept: neither the log's leaves nor what lies on the disks of the two servers tells who
 * came before whom. Hundreds of people enrol in one order and endorse in another; Spearman's statistic compares these orders
 * with everything that has an order. PostgreSQL keeps one by itself, and OPERATING says by which commands it is taken away.
 */
import { createHmac } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { addDays, type LetterLeaf } from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ALARM, groupedOrderP, orderP } from "../kit/rank-statistics.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  blindedSlots,
  enrolDirectly,
  makePeople,
  mintEndorsement,
  type Person,
  postEndorsement,
} from "../kit/servers/crowd.ts";
import { openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { seizeErased } from "../kit/servers/seized-disk.ts";
import { OPENS, type Server, startWorld, type World } from "../kit/servers/world.ts";
import { sized, someOf } from "../kit/size.ts";
import { rowsOf } from "../kit/sqlite-pages.ts";

const PEOPLE = sized(200, 400);
const ENGINES = someOf(["sqlite", "postgres"], 1);
const SEED = 4242;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** What a table or the log is asked about: place in the order of arrival, by 32 bytes as Latin-1 text. */
type Arrivals = ReadonlyMap<string, number>;

type Story = {
  readonly world: World;
  readonly enrolled: Arrivals;
  readonly endorsed: { readonly hashes: Arrivals; readonly keys: Arrivals };
  readonly people: readonly Person[];
};

/** Everybody enrols and then endorses the first letter, one after the other, in two orders. Nothing is released yet. */
async function tell(world: World): Promise<Story> {
  const random = new SeededRandom(SEED);
  const epoch = await openEpochSecrets(world);
  const people = makePeople(random, PEOPLE);
  for (const person of people) {
    await enrolDirectly(world, epoch, person, blindedSlots(random, person, epoch, 0));
  }
  const view = await world.view();
  const { slot } = view.letters.get(world.letters[0]!)!.leaf as LetterLeaf;
  const hashes = new Map<string, number>();
  const keys = new Map<string, number>();
  for (const [place, person] of random.shuffle(people).entries()) {
    const request = await mintEndorsement(view, epoch, person, world.letters[0]!);
    const { leaf } = await postEndorsement(world, request);
    hashes.set(latin1(leaf), place);
    const { publicKey } = person.secrets.slotSigner({ workforce: world.workforce, epoch: 1, slot });
    keys.set(latin1(publicKey), place);
  }
  const tag = (mailbox: string) => createHmac("sha256", epoch.tag).update(mailbox).digest("latin1");
  return {
    world,
    people,
    enrolled: new Map(people.map(({ mailbox }, place) => [tag(mailbox), place])),
    endorsed: { hashes, keys },
  };
}

function latin1(base64url: string): string {
  return Buffer.from(base64url, "base64url").toString("latin1");
}

/** The log's order of the endorsements, batch by batch. */
async function expectUnorderedLog({ world, endorsed }: Story, batches: number): Promise<void> {
  const leaves = await readLeaves(world.files);
  const starts = leaves.filter(({ leaf }) => leaf.type === "batch").map(({ index }) => index);
  expect(starts).toHaveLength(batches);
  let found = 0;
  for (const [i, start] of starts.entries()) {
    const places = leaves
      .slice(start, starts[i + 1])
      .filter(({ leaf }) => leaf.type === "endorsement")
      .map(({ name }) => endorsed.hashes.get(latin1(name))!);
    found += places.length;
    expect(orderP(places, numbers(places.length)), `batch ${i}`).toBeGreaterThan(ALARM);
  }
  expect(found).toBe(PEOPLE);
}

// Most of it may be waiting for an erasure.
describe.runIf(ENGINES.includes("sqlite"))("on SQLite", { timeout: 240_000 }, () => {
  let story: Story;
  beforeAll(async () => {
    story = await tell(await startWorld());
  }, 240_000);
  afterAll(() => story?.world.close());

  /** The main file of a running server once its write-ahead log holds nobody. */
  async function settled({ dataDir }: Server, name: string, keys: Arrivals): Promise<Buffer> {
    const holdsNobody = (log: Buffer) => ![...keys.keys()].some((key) => log.includes(key, 0, "latin1"));
    return (await seizeErased(join(dataDir, name), holdsNobody)).file;
  }

  /** Scan, place in the file, and place within the page. */
  async function expectUnorderedRows(file: Buffer, table: string, arrivals: Arrivals): Promise<void> {
    const rows = rowsOf(file, table).map(({ columns, page, offset }) => {
      const key = columns.find((column) => typeof column === "string" && arrivals.has(column));
      return { place: arrivals.get(String(key))!, page, offset };
    });
    expect(rows, table).toHaveLength(arrivals.size);
    const places = rows.map(({ place }) => place);
    expect(orderP(places, numbers(places.length)), `${table}, scan`).toBeGreaterThan(ALARM);
    const inFile = rows.map(({ page, offset }) => page * 65_536 + offset);
    expect(orderP(places, inFile), `${table}, place in the file`).toBeGreaterThan(ALARM);
    const pages = [...Map.groupBy(rows, ({ page }) => page).values()];
    const inPage = groupedOrderP(
      pages.map((some) => ({ a: some.map(({ place }) => place), b: some.map(({ offset }) => offset) })),
    );
    expect(inPage, `${table}, place in the page`).toBeGreaterThan(ALARM);
    // And not by luck: rewriting a copy, which follows the keys and nothing else, changes no place.
    const again = rowsOf(await rewritten(file), table);
    expect(
      again.map(({ offset }) => offset),
      `${table}, rewritten`,
    ).toEqual(rows.map(({ offset }) => offset));
  }

  async function rewritten(file: Buffer): Promise<Buffer> {
    const path = join(story.world.folder, "copy.sqlite");
    await writeFile(path, file);
    const database = new DatabaseSync(path);
    database.exec("pragma journal_mode = delete; vacuum");
    database.close();
    const bytes = await readFile(path);
    await rm(path);
    return bytes;
  }

  it("the registrar's enrolments tell no order", async () => {
    const file = await settled(story.world.registrar, "registrar.sqlite", story.enrolled);
    await expectUnorderedRows(file, "enrolment", story.enrolled);
  });

  it("the board's pool and keys tell no order before they are released", async () => {
    const { keys } = story.endorsed;
    const file = await settled(story.world.board, "board.sqlite", keys);
    await expectUnorderedRows(file, "pool", story.endorsed.hashes);
    await expectUnorderedRows(file, "signatory", keys);
  });

  it("neither the batch nor the board's keys tell one after the release", async () => {
    const { world, endorsed } = story;
    await world.moveTo(addDays(OPENS, 1));
    await expectUnorderedLog(story, 1);
    const file = await settled(world.board, "board.sqlite", endorsed.keys);
    expect(rowsOf(file, "pool")).toEqual([]);
    await expectUnorderedRows(file, "signatory", endorsed.keys);
    await expectUnorderedRows(
      await settled(world.registrar, "registrar.sqlite", story.enrolled),
      "enrolment",
      story.enrolled,
    );
  });

  it("a letter of a few people, whose rows all lie on one page, tells none either", async () => {
    const { world } = story;
    const small = await startWorld();
    try {
      const epoch = await openEpochSecrets(small);
      const view = await small.view();
      const keys = new Map<string, number>();
      const tags = new Map<string, number>();
      const random = new SeededRandom(SEED + 1);
      for (const [place, person] of makePeople(random, 20).entries()) {
        await enrolDirectly(small, epoch, person, blindedSlots(random, person, epoch, 0));
        await postEndorsement(small, await mintEndorsement(view, epoch, person, small.letters[0]!));
        const at = { workforce: small.workforce, epoch: 1, slot: 0 };
        keys.set(latin1(person.secrets.slotSigner(at).publicKey), place);
        tags.set(createHmac("sha256", epoch.tag).update(person.mailbox).digest("latin1"), place);
      }
      const board = await settled(small.board, "board.sqlite", keys);
      const rows = rowsOf(board, "signatory");
      expect(new Set(rows.map(({ page }) => page)).size).toBe(1);
      await expectUnorderedRows(board, "signatory", keys);
      await expectUnorderedRows(await settled(small.registrar, "registrar.sqlite", tags), "enrolment", tags);
    } finally {
      await small.close();
    }
    expect(world.board.output()).not.toContain("failed");
  });
});

describe.runIf(ENGINES.includes("postgres"))("on PostgreSQL, after the commands that OPERATING gives", () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let story: Story;
  let operating = "";

  beforeAll(async () => {
    postgres = await startPostgres();
    const [boardDatabase, registrarDatabase] = [
      await postgres.createDatabase(),
      await postgres.createDatabase(),
    ];
    operating = await readFile(new URL("../../docs/OPERATING.md", import.meta.url), "utf8");
    story = await tell(await startWorld({ boardDatabase, registrarDatabase }));
  }, 240_000);
  afterAll(async () => {
    await story?.world.close();
    await postgres?.stop();
  });

  async function connected<R>(url: string | undefined, work: (client: pg.Client) => Promise<R>): Promise<R> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Rows in the order of their places, and how many transaction numbers they have. */
  async function heap(client: pg.Client, table: string, column: string, arrivals: Arrivals) {
    const { rows } = await client.query<{ key: Buffer; xmin: string; place: string }>(
      `select ${column} as key, xmin::text as xmin, ctid::text as place from ${table} order by ${table}.ctid`,
    );
    expect(rows, table).toHaveLength(arrivals.size);
    const places = rows.map(({ key }) => arrivals.get(key.toString("latin1"))!);
    return {
      p: orderP(places, numbers(places.length)),
      transactions: new Set(rows.map(({ xmin }) => xmin)).size,
    };
  }

  it.each([
    ["registrar", "enrolment", "tag", "mac"],
    ["board", "pool", "hash", "leaf"],
    ["board", "signatory", "key", "chain"],
  ] as const)(
    "the %s's table %s keeps an order of arrival until then, and none afterwards",
    async (server, table, key, column) => {
      const { world, enrolled, endorsed } = story;
      const arrivals = { enrolment: enrolled, pool: endorsed.hashes, signatory: endorsed.keys }[table];
      // The commands are the document's: word for word for the registrar, and by the columns it names for the board.
      if (table === "enrolment") {
        expect(operating).toContain(
          "UPDATE enrolment SET mac = mac; CLUSTER enrolment USING enrolment_pkey;",
        );
      } else {
        expect(operating).toContain(`\`${table}\` (\`SET ${column} = ${column}\`)`);
      }
      await connected(world[server].databaseUrl, async (client) => {
        const before = await heap(client, table, key, arrivals);
        // What the statistic would say of a server that keeps the order: the alarm of this whole file works.
        expect(before.p).toBeLessThan(ALARM);
        expect(before.transactions).toBeGreaterThan(PEOPLE / 2);
        await client.query(`UPDATE ${table} SET ${column} = ${column}`);
        await client.query(`CLUSTER ${table} USING ${table}_pkey`);
        const after = await heap(client, table, key, arrivals);
        expect(after.p).toBeGreaterThan(ALARM);
        expect(after.transactions).toBe(1);
      });
    },
  );

  it("the servers serve on, and the batches tell no order", async () => {
    const { world } = story;
    await world.moveTo(addDays(OPENS, 1));
    await expectUnorderedLog(story, 1);
  });
});
