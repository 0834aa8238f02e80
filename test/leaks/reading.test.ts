/**
 * A GET changes nothing and marks nobody: a mail scanner that opens every address, with whatever it makes up, leaves both
 * databases as they were. Posts are never kept by a cache.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { addDays, type JsonValue } from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchFrom } from "../kit/from-address.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  blindedSlots,
  enrolDirectly,
  makePeople,
  mintEndorsement,
  postEndorsement,
  postRaw,
} from "../kit/servers/crowd.ts";
import { dumpRows } from "../kit/servers/dump-rows.ts";
import { openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { publicAddresses } from "../kit/servers/public-leaves.ts";
import { OPENS, type Server, startWorld, type World } from "../kit/servers/world.ts";
import { someOf } from "../kit/size.ts";

const ODD = [
  "0",
  "-1",
  "1e9",
  "99999999999999999999",
  "..%2f..%2fkeys",
  "%00",
  "%ff",
  "a".repeat(500),
  "'; drop table pool; --",
  "A".repeat(43),
  "0.json",
  "x000/x001/000",
  "0.p/1",
  "confirm?token=1&withdraw=yes",
];

/** Every address of the description with odd values in its places, and every public file, with odd queries. */
async function addressesOf(server: Server, files: string | null): Promise<string[]> {
  const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const addresses: string[] = [];
  for (const path of Object.keys(description.paths)) {
    for (const odd of ODD) {
      addresses.push(`${server.url}${path.replaceAll(/\{[^}]+\}|\*/g, encodeURI(odd))}`);
      addresses.push(`${server.url}${path}?${encodeURI(odd)}`);
    }
  }
  if (files === null) return addresses;
  addresses.push(...ODD.flatMap((odd) => [`${files}${odd}`, `${files}v1/${odd}`]));
  const real = await publicAddresses(server.url, files);
  return [...addresses, ...real, ...real.map((address) => `${address}?withdraw=1`)];
}

/** Everything of SQLite's files, byte for byte; of PostgreSQL every row. */
async function stateOf({ dataDir, databaseUrl }: Server): Promise<string> {
  const hash = createHash("sha256");
  const names = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  for (const { parentPath, name } of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${name}\n`).update(await readFile(join(parentPath, name)));
  }
  if (databaseUrl !== undefined) hash.update(await dumpRows(databaseUrl), "latin1");
  return hash.digest("hex");
}

describe.each(someOf(["sqlite", "postgres"] as const, 1))("on %s", (engine) => {
  let world: World;
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let posts: { url: string; body: JsonValue }[] = [];

  beforeAll(async () => {
    postgres = engine === "postgres" ? await startPostgres() : undefined;
    world = await startWorld({
      boardDatabase: await postgres?.createDatabase(),
      registrarDatabase: await postgres?.createDatabase(),
    });
    const epoch = await openEpochSecrets(world);
    const view = await world.view();
    const random = new SeededRandom(8);
    const [first, second] = makePeople(random, 2);
    await enrolDirectly(world, epoch, first!, blindedSlots(random, first!, epoch, 0));
    await postEndorsement(world, await mintEndorsement(view, epoch, first!, world.letters[0]!));
    await world.moveTo(addDays(OPENS, 1));
    // One in the log, and one that still pends.
    const pending = await mintEndorsement(view, epoch, second!, world.letters[0]!);
    await postEndorsement(world, pending);
    posts = [
      { url: `${world.files}v1/endorsements`, body: pending as unknown as JsonValue },
      { url: `${world.files}v1/withdrawals`, body: {} },
      { url: `${world.registrar.url}/v1/reservations`, body: {} },
      { url: `${world.registrar.url}/v1/enrolments`, body: "x" },
      { url: `${world.board.url}/v1/nothing`, body: null },
    ];
    // What the servers still do of themselves after a write is over when the test begins.
    await world.board.restart("stop");
    await world.registrar.restart("stop");
    await settled(world.board);
    await settled(world.registrar);
  });
  afterAll(async () => {
    await world?.close();
    await postgres?.stop();
  });

  async function settled(server: Server): Promise<void> {
    for (let same = 0, before = ""; same < 4; ) {
      const now = await stateOf(server);
      same = now === before ? same + 1 : 0;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }

  it("every GET, HEAD and OPTIONS leaves every byte and row as it was, sets no cookie and no ETag", async () => {
    const before = [await stateOf(world.board), await stateOf(world.registrar)];
    const send = fetchFrom("127.0.0.1", "scanner");
    const addresses = [
      ...(await addressesOf(world.board, world.files)),
      ...(await addressesOf(world.registrar, null)),
    ];
    expect(addresses.length).toBeGreaterThan(200);
    const seen = new Map<number, number>();
    for (const [i, address] of addresses.entries()) {
      const method = i % 10 === 3 ? "HEAD" : i % 10 === 7 ? "OPTIONS" : "GET";
      const answer = await send(address, {
        method,
        headers: { cookie: "session=1", "if-none-match": '"1"', range: "bytes=0-1" },
      });
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      expect(answer.status, address).toBeLessThan(500);
      for (const name of ["set-cookie", "etag", "last-modified"]) {
        expect(answer.headers.get(name), `${name} of ${address}`).toBeNull();
      }
      if (answer.status >= 400) expect(answer.headers.get("cache-control"), address).toBe("no-store");
    }
    expect(seen.get(200)).toBeGreaterThan(10);
    expect(seen.get(404)).toBeGreaterThan(50);
    expect([await stateOf(world.board), await stateOf(world.registrar)]).toEqual(before);
  });

  it("no answer to a POST may be kept, whether it was taken or refused", async () => {
    const statuses: number[] = [];
    for (const { url, body } of posts) {
      const { status, headers } = await postRaw(url, body);
      statuses.push(status);
      expect(headers.get("cache-control"), url).toBe("no-store");
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("etag")).toBeNull();
    }
    expect(statuses[0]).toBe(200);
    expect(statuses.slice(1).every((status) => status >= 400 && status < 500)).toBe(true);
  });

  it("the state that is compared would show a single new row", async () => {
    const before = await stateOf(world.board);
    const epoch = await openEpochSecrets(world);
    const [person] = makePeople(new SeededRandom(9), 1);
    await postEndorsement(
      world,
      await mintEndorsement(await world.view(), epoch, person!, world.letters[0]!),
    );
    expect(await stateOf(world.board)).not.toBe(before);
  });
});
