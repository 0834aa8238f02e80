/**
 * At every step of the way the server acts and its answer is lost. Doing the same again completes the step with the same
 * result, and nothing has been done twice.
 */
import {
  enrol,
  type Fetch,
  keyState,
  postRequest,
  prepareEndorsement,
  revise,
  withdraw,
} from "@undersigned/client";
import {
  addDays,
  type EpochRequest,
  encodeCanonical,
  type JsonValue,
  parseKeyStatement,
} from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import { httpSource, recount } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LossyProxy, startLossyProxy } from "../kit/lossy-proxy.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import { makePeople, type Person } from "../kit/servers/crowd.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { CLOSES, OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { someOf } from "../kit/size.ts";

const LOSSES = 2;

describe.each(someOf(["sqlite", "postgres"] as const, 1))("on %s", (engine) => {
  let world: World;
  let proxy: LossyProxy;
  let person: Person;
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;

  beforeAll(async () => {
    postgres = engine === "postgres" ? await startPostgres() : undefined;
    world = await startWorld({
      epochs: 2,
      boardDatabase: await postgres?.createDatabase(),
      registrarDatabase: await postgres?.createDatabase(),
    });
    proxy = await startLossyProxy(LOSSES);
    [person] = makePeople(new SeededRandom(31), 1) as [Person];
  });
  afterAll(async () => {
    await proxy?.close();
    await world?.close();
    await postgres?.stop();
  });

  const lossy: Fetch = (url, init) => fetch(proxy.through(url), init);
  const sending = { fetch: lossy, attempts: LOSSES + 1, wait: async () => undefined };

  /** The answer after the lost ones, as text. */
  async function postAgain(url: string, body: JsonValue): Promise<string> {
    for (;;) {
      const response = await lossy(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
      }).catch(() => null);
      if (response !== null) return await response.text();
    }
  }

  it("publishing a letter and opening an epoch", async () => {
    const before = (await readLeaves(world.files)).length;
    const first = (await readLeaves(world.files)).find(({ leaf }) => leaf.type === "letter")!;
    const next = world.letterRequest(1, null);
    const request = world.letterRequest(1, {
      ...next,
      leaf: first.leaf as (typeof next)["leaf"],
    });
    const lettersUrl = `${world.files}v1/letters`;
    const published = await postAgain(lettersUrl, request as unknown as JsonValue);
    expect(JSON.parse(published)).toMatchObject({ type: "published", index: before });
    expect(await postAgain(lettersUrl, request as unknown as JsonValue)).toBe(published);
    const epochs: EpochRequest = {
      type: "epoch-request",
      v: 1,
      statements: world.statements[1]!.map(parseKeyStatement),
    };
    const opened = await postAgain(`${world.files}v1/epochs`, epochs as unknown as JsonValue);
    expect(JSON.parse(opened)).toMatchObject({ type: "published", index: before + 1 });
    expect(await postAgain(`${world.files}v1/epochs`, epochs as unknown as JsonValue)).toBe(opened);
    const leaves = await readLeaves(world.files);
    expect(leaves.slice(before).map(({ leaf }) => leaf.type)).toEqual(["letter", "epoch"]);
    expect(proxy.lost).toEqual([200, 200, 200, 200]);
  });

  it("reserving, enrolling and endorsing, and then changing and withdrawing", async () => {
    const letter = world.letters[0]!;
    const view = await world.view();
    const codes = new Set<string>();
    const once = () =>
      enrol({
        ...sending,
        secrets: person.secrets,
        view,
        epoch: 1,
        evidence: {
          kind: "mailbox-code",
          mailbox: person.mailbox,
          askCode: async () => {
            const mail = (await world.smtp.waitFor(person.mailbox)).raw;
            const code = /\b\d{8}\b/.exec(mail.slice(mail.indexOf("\r\n\r\n")))![0];
            codes.add(code);
            return code;
          },
        },
        name: null,
      });
    const { tokens, outcomes } = await once();
    expect(outcomes.map(({ state }) => state)).toEqual(["enrolled"]);
    expect((await once()).tokens).toEqual(tokens);
    // Each time the same code, so an earlier mail serves as well as the last.
    expect(codes.size).toBe(1);

    const request = await prepareEndorsement({
      view,
      secrets: person.secrets,
      letter,
      tokens,
      appearance: { kind: "anonymous" },
      remainder: "release",
    });
    const receipt = await postRequest(view, request, sending);
    expect(await postRequest(view, request, sending)).toEqual(receipt);

    await world.moveTo(addDays(OPENS, 1));
    const head = async () => {
      const now = await world.view();
      const state = await keyState({
        view: now,
        source: httpSource(world.files),
        secrets: person.secrets,
        letter,
      });
      if (state.state === "not-in-the-log") throw new Error("not in the log");
      return { view: now, state };
    };
    const released = await head();
    expect(released.state).toMatchObject({ state: "counted", head: { seq: 0, leaf: receipt.leaf } });
    const about = { secrets: person.secrets, letter };
    const posting = { ...sending, today: world.clock.day };
    const change = {
      ...about,
      view: released.view,
      head: released.state.head,
      appearance: { kind: "role" as const, role: "Engineer", place: null },
    };
    const revised = await revise(change, posting);
    expect(await revise(change, posting)).toEqual(revised);
    await world.moveTo(addDays(OPENS, 2));
    const changed = await head();
    expect(changed.state).toMatchObject({ state: "counted", head: { seq: 1, leaf: revised.leaf } });
    const taking = { ...about, view: changed.view, head: changed.state.head };
    const withdrawn = await withdraw(taking, posting);
    expect(await withdraw(taking, posting)).toEqual(withdrawn);
    await world.moveTo(addDays(OPENS, 3));
    expect((await head()).state).toMatchObject({ state: "withdrawn", head: { seq: 2 } });
    // The two answers to each address were lost, and all of them were good.
    expect(proxy.lost.length).toBe(4 + 5 * LOSSES);
    expect(new Set(proxy.lost)).toEqual(new Set([200]));
  });

  it("nothing is doubled: the whole log recounts without a fault", async () => {
    await world.moveTo(addDays(CLOSES, 1));
    const leaves = (await readLeaves(world.files)).map(({ leaf }) => leaf);
    const own = leaves.filter((leaf) => "key" in leaf && "seq" in leaf);
    expect(own.map(({ type }) => type)).toEqual(["endorsement", "revision", "withdrawal"]);
    const report = await recount(httpSource(world.files), { workforce: world.workforce });
    expect(report.failures).toEqual([]);
    const { letters } = report;
    const counted = letters.find(({ letter }) => letter === world.letters[0]);
    expect(counted).toMatchObject({ counted: { mailbox: 0 }, withdrawn: { mailbox: 1 } });
  });
});
