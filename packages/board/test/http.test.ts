/** The board as a server: what crosses the wire, in both directions. */
import { request as httpRequest } from "node:http";
import {
  blindRequest,
  encodeCanonical,
  encodeLeaf,
  generatePhrase,
  type JsonValue,
  leafName,
  makeEndorsement,
  makeWithdrawal,
  nameOf,
  receipt,
  Secrets,
  signObject,
  tokenKey,
  unblind,
  verifyObject,
} from "@undersigned/core";
import { createLogger, httpEvents } from "@undersigned/service";
import { httpSource, recount } from "@undersigned/verify";
import { afterEach, describe, expect, it } from "vitest";
import { testRsaKey } from "../../../test/kit/rsa-keys.ts";
import { boardEvents, type PostLimit, type RunningBoard, startBoard } from "../src/index.ts";
import { Kit, LOCK, type Person, type TestLetter } from "./kit.ts";

const running: RunningBoard[] = [];
afterEach(async () => {
  for (const board of running.splice(0)) await board.close();
});

type Served = { kit: Kit; letter: TestLetter; url: string; base: string; out: string[]; board: RunningBoard };

async function serve(options: { postLimit?: PostLimit | null; first?: number } = {}): Promise<Served> {
  const kit = await Kit.start();
  const letter = await kit.publish({ first: options.first ?? 1 });
  await kit.board.close();
  const out: string[] = [];
  const board = await startBoard({
    dataDir: kit.dataDir,
    lock: LOCK,
    clock: kit.clock,
    fetchIssuance: kit.fetchIssuance,
    logger: createLogger(
      { ...boardEvents, ...httpEvents },
      { stream: { write: (line) => out.push(line) }, clock: kit.clock },
    ),
    listen: { host: "127.0.0.1", port: 0 },
    ...(options.postLimit !== undefined && { postLimit: options.postLimit }),
  });
  running.push(board);
  kit.board = board.board;
  return { kit, letter, url: board.url, base: `${board.url}/w/${kit.workforce}`, out, board };
}

async function post(url: string, body: unknown) {
  const bytes =
    typeof body === "string" ? new TextEncoder().encode(body) : encodeCanonical(body as JsonValue);
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: new Uint8Array(bytes),
  });
  return {
    status: response.status,
    headers: response.headers,
    answer: (await response.json()) as Record<string, unknown>,
  };
}

/** Without fetch's own decompression. */
function rawGet(url: string, headers: Record<string, string>, method = "GET") {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const sent = httpRequest(url, { headers, method }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      });
      sent.on("error", reject);
      sent.end();
    },
  );
}

describe("a board's server", () => {
  it("takes the whole way of a signature, and its files recount", async () => {
    const { kit, letter, base } = await serve();
    const secrets = new Secrets(generatePhrase());
    const at = { workforce: kit.workforce, epoch: 1, slot: letter.slot, letter: letter.id };
    const tokens = kit.registrars.map(({ identity, rsa }) => {
      const { spki, blindSign } = testRsaKey(rsa + letter.slot);
      const key = tokenKey({ ...at, class: "mailbox", registrar: identity }, spki);
      return unblind(secrets, key, blindSign(blindRequest(secrets, key)));
    });
    const request = makeEndorsement(secrets, at, {
      class: "mailbox",
      tokens,
      quorum: 1,
      appearance: { kind: "named", name: "Zoë Example 𝒵", confirmed: null, role: "Nurse", place: null },
      remainder: "release",
    });
    const { status, answer, headers } = await post(`${base}/v1/endorsements`, request);
    expect({ status, type: answer.type, leaf: answer.leaf }).toEqual({
      status: 200,
      type: "receipt",
      leaf: nameOf(request.leaf),
    });
    expect(await verifyObject(receipt.check(answer as JsonValue, ""), kit.keys.boardKey)).toBe(true);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("date")).toBeNull();

    await kit.nextDay();
    const source = httpSource(base);
    const report = await recount(source, { workforce: kit.workforce });
    expect(report.failures).toEqual([]);
    expect(report.letters[0]).toMatchObject({
      counted: { mailbox: 1 },
      appearances: { mailbox: { named: 1 } },
    });

    const withdrawal = makeWithdrawal(secrets, at, { seq: 0, leaf: nameOf(request.leaf) });
    expect((await post(`${base}/v1/withdrawals`, withdrawal)).status).toBe(200);
    await kit.nextDay();
    expect((await recount(source, { workforce: kit.workforce })).letters[0]).toMatchObject({
      counted: { mailbox: 0 },
      withdrawn: { mailbox: 1 },
    });
  });

  it("publishes letters and epochs that are posted", async () => {
    const { kit, base } = await serve();
    const { leaf, manifest } = kit.letterRequest();
    const sent = { type: "letter-request", v: 1, leaf, manifest, unlisted: null };
    const { status, answer } = await post(`${base}/v1/letters`, sent);
    expect({ status, answer }).toMatchObject({ status: 200, answer: { type: "published", index: 3 } });
    const refused = await post(`${base}/v1/epochs`, { type: "epoch-request", v: 1, statements: [] });
    expect(refused.status).toBe(400);
  });

  it("takes the word that keys are destroyed from anyone, once their epoch is over", async () => {
    const { kit, base } = await serve();
    const { signer, identity } = kit.registrars[0]!;
    const { workforce } = kit;
    const unsigned = {
      type: "destruction" as const,
      v: 1 as const,
      workforce,
      epoch: 1,
      registrar: identity,
    };
    const leaf = signObject({ ...unsigned, day: "2027-03-01" }, signer);
    const send = async () =>
      await post(`${base}/v1/destructions`, { type: "destruction-request", v: 1, leaf });
    expect(await send()).toMatchObject({ status: 409, answer: { code: "epoch-not-over" } });
    kit.clock.set("2027-03-01");
    const { status, answer } = await send();
    expect({ status, answer }).toMatchObject({
      status: 200,
      answer: { type: "published", leaf: leafName(encodeLeaf(leaf)) },
    });
    expect((await send()).answer).toEqual(answer);
  });

  it("shows names of the full length that the protocol allows, and no longer", async () => {
    const { kit, letter, base } = await serve();
    const send = async (length: number) => {
      const appearance = {
        kind: "named" as const,
        name: "𝒵".repeat(length),
        confirmed: null,
        role: null,
        place: null,
      };
      return await post(`${base}/v1/endorsements`, kit.person(letter).endorsement({ appearance }));
    };
    expect((await send(100)).status).toBe(200);
    expect((await send(101)).status).toBe(400);
  });

  it("refuses bodies that are not canonical, not JSON, of another form or too large", async () => {
    const { kit, letter, base } = await serve();
    const good = kit.person(letter).endorsement();
    const text = new TextDecoder().decode(encodeCanonical(good as unknown as JsonValue));
    const url = `${base}/v1/endorsements`;
    const codeOf = async (body: unknown) => {
      const { status, answer } = await post(url, body);
      return `${status} ${answer.code}`;
    };
    expect(await codeOf(JSON.stringify(good))).toBe("400 not-canonical");
    expect(await codeOf(` ${text}`)).toBe("400 not-canonical");
    expect(await codeOf(text.replace('"v":1}', '"v":1,"v":1}'))).toBe("400 not-canonical");
    expect(await codeOf(text.slice(1))).toBe("400 not-json");
    expect(await codeOf({ ...good, extra: 1 })).toBe("400 unknown-field");
    expect(await codeOf({ ...good, v: "1" })).toBe("400 bad-field");
    expect(await codeOf({ ...good, remainder: "x".repeat(20_000) })).toBe("413 too-large");
    expect(await codeOf(text)).toBe("200 undefined");
  });

  it("gives each refusal its status and code, and never the value that was refused", async () => {
    const { kit, letter, base } = await serve();
    const person = kit.person(letter);
    const good = person.endorsement();
    const other = kit.person(letter);
    const codeOf = async (path: string, body: unknown) => {
      const { status, answer } = await post(`${base}/v1/${path}`, body);
      expect(JSON.stringify(answer)).not.toContain(person.key);
      expect(JSON.stringify(answer)).not.toContain(good.leaf.sig);
      return `${status} ${answer.code}`;
    };
    expect(await codeOf("endorsements", { ...good, sig: other.endorsement().sig })).toBe(
      "422 signature-invalid",
    );
    expect(await codeOf("endorsements", person.endorsement({ token: { slot: 5 } }))).toBe(
      "422 token-invalid",
    );
    const strange = kit.person({ ...letter, id: kit.workforce });
    expect(await codeOf("endorsements", strange.endorsement())).toBe("404 letter-unknown");
    expect(await codeOf("withdrawals", person.withdrawal())).toBe("409 predecessor-unknown");
    const elsewhere = await post(`${base.slice(0, -1)}x/v1/endorsements`, good);
    expect([elsewhere.status, elsewhere.answer.code]).toEqual([404, "workforce-unknown"]);
  });

  it("tells a network that posts too much to wait", async () => {
    const { kit, letter, base } = await serve({ postLimit: { capacity: 3, refillPerSecond: 0.1 } });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { status, headers, answer } = await post(
        `${base}/v1/endorsements`,
        kit.person(letter).endorsement(),
      );
      statuses.push(status);
      if (status !== 429) continue;
      expect(answer.code).toBe("too-many-requests");
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
  });

  it("serves files with gzip to whoever takes it, answers HEAD, and knows no other method", async () => {
    const { kit, letter, base } = await serve();
    await kit.endorsed(letter, 2);
    await kit.nextDay();
    const { size } = await kit.index();
    const url = `${base}/tile/entries/000.p/${size}`;
    const zipped = await rawGet(url, { "accept-encoding": "br;q=1, gzip;q=0.5" });
    const plain = await rawGet(url, { "accept-encoding": "gzip;q=0, identity" });
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const { gunzipSync } = await import("node:zlib");
    expect(gunzipSync(zipped.body)).toEqual(plain.body);
    const head = await rawGet(`${base}/checkpoint`, {}, "HEAD");
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers["access-control-allow-origin"]).toBe("*");
    expect((await rawGet(`${base}/checkpoint`, {}, "DELETE")).status).toBe(405);
    expect((await rawGet(`${base}/v1/endorsements`, {})).status).toBe(405);
    expect((await rawGet(`${base}/tile/0/000.p/200`, {})).status).toBe(404);
    expect((await rawGet(`${base}/tile/0/../checkpoint`, {})).status).toBe(404);
    expect((await rawGet(`${base}/%2e%2e/board.json`, {})).status).toBe(404);
  });

  it("says what it is and whom it serves, and describes its addresses", async () => {
    const { kit, url } = await serve();
    expect(await (await fetch(url)).text()).toContain("Undersigned board");
    expect(await (await fetch(`${url}/board.json`)).json()).toEqual({
      type: "board",
      v: 1,
      board: kit.keys.boardKey,
      workforces: [{ workforce: kit.workforce, employer: "Example Ltd", origin: kit.keys.origin }],
    });
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(["/w/{workforce}/v1/endorsements", "/w/{workforce}/checkpoint"]),
    );
  });

  it("changes nothing upon any number of GETs", async () => {
    const { kit, letter, url, base } = await serve();
    await kit.endorsed(letter, 2);
    const { db } = kit.board.internals.database;
    const tables = ["workforce", "letter", "pool", "signatory", "opening", "tile", "bundle"] as const;
    const state = async () => {
      const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
      return rows;
    };
    const before = await state();
    for (const path of [
      "checkpoint",
      "index.json",
      "tile/0/000.p/1",
      "v1/endorsements",
      `signatories/${letter.id}/0/0.json`,
      `openings/${letter.id}/0.json`,
    ]) {
      await fetch(`${base}/${path}`);
    }
    await fetch(`${url}/board.json`);
    expect(await state()).toEqual(before);
  });

  it("runs today's tick before it accepts anything", async () => {
    const kit = await Kit.start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 3);
    await kit.board.close();
    kit.clock.next();
    const board = await startBoard({
      dataDir: kit.dataDir,
      lock: LOCK,
      clock: kit.clock,
      fetchIssuance: kit.fetchIssuance,
      logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
      listen: { host: "127.0.0.1", port: 0 },
    });
    running.push(board);
    kit.board = board.board;
    expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 3 } });
  });

  it("ticks by itself when the day changes, and never before", async () => {
    const kit = await Kit.start();
    const letter = await kit.publish();
    await kit.endorsed(letter, 3);
    await kit.board.close();
    let wake = () => {};
    const waits: number[] = [];
    const board = await startBoard({
      dataDir: kit.dataDir,
      lock: LOCK,
      clock: kit.clock,
      fetchIssuance: kit.fetchIssuance,
      logger: createLogger({ ...boardEvents, ...httpEvents }, { stream: { write: () => undefined } }),
      listen: { host: "127.0.0.1", port: 0 },
      timers: {
        after(ms, run) {
          waits.push(ms);
          wake = run;
          return () => {};
        },
      },
    });
    running.push(board);
    kit.board = board.board;
    const released = async () => (await kit.index()).letters[0]!.endorsements;
    const turn = async () => {
      const { length } = waits;
      wake();
      await expect.poll(() => waits.length).toBeGreaterThan(length);
    };
    await turn();
    expect(await released()).toBe(0);
    kit.clock.next();
    await turn();
    expect(await released()).toBe(3);
    expect(waits.every((ms) => ms > 0 && ms <= 3_600_000)).toBe(true);
  });

  it("writes no line that holds anything of a request", async () => {
    const { kit, letter, base, out } = await serve();
    const person: Person = kit.person(letter);
    const appearance = {
      kind: "named" as const,
      name: "Canary Example",
      confirmed: null,
      role: null,
      place: null,
    };
    const request = person.endorsement({ appearance });
    await post(`${base}/v1/endorsements`, request);
    await post(`${base}/v1/endorsements`, { ...request, sig: person.revision().leaf.sig });
    await post(`${base}/v1/endorsements`, "Canary Example");
    await kit.nextDay();
    const text = out.join("");
    expect(text).toContain("tick-done");
    expect(text).not.toMatch(/Canary|127\.0\.0\.1/);
    expect(text).not.toContain(person.key);
    expect(text).not.toContain(request.leaf.tokens[0]!.prefix);
  });
});
