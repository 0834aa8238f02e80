/** Where a registrar takes the keys of mails' senders from: DNS itself, its memory of an hour, the manifest's records. */

import { dnsLookup } from "@undersigned/service";
import { afterEach, describe, expect, it } from "vitest";
import { MailKeys } from "../src/evidence/mail-keys.ts";
import { type DnsAnswer, type DnsServer, startDns } from "./dns-server.ts";
import { KEY_NAME, key, senderKey } from "./signed-mail.ts";
import { TestClock } from "./test-clock.ts";

const DAY = "2031-03-20";
const PINNED = [{ name: KEY_NAME, record: key.record, first: "2031-02-01", last: "2031-05-31" }];

const servers: DnsServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function keysFrom(answers: () => DnsAnswer, timeoutMs = 2_000) {
  const server = await startDns(() => answers());
  servers.push(server);
  const clock = new TestClock();
  let unreachable = 0;
  const lookUp = dnsLookup({ servers: [server.address], timeoutMs });
  const keys = new MailKeys({ lookUp, clock, onUnreachable: () => unreachable++ });
  const find = (pinned = PINNED, day = DAY, name = KEY_NAME) =>
    keys.find(name, day, pinned).catch((error: { code: string }) => error.code);
  return { find, clock, server, complaints: () => unreachable };
}

describe("the key of a mail's sender", () => {
  it("comes from DNS, its strings joined, whatever is pinned, and is asked for once in an hour", async () => {
    const newer = senderKey().record;
    let answer: DnsAnswer = [[newer.slice(0, 200), newer.slice(200)]];
    const { find, clock, server } = await keysFrom(() => answer);
    expect(await Promise.all([find(), find(), find([])])).toEqual([newer, newer, newer]);
    expect(server.asked).toEqual([KEY_NAME]);
    answer = "no-such-name";
    clock.pass(59);
    expect(await find()).toBe(newer);
    clock.pass(1);
    expect(await find()).toBe("mail-key-retired");
    // That there is none is kept too.
    answer = [[key.record]];
    clock.pass(59);
    expect(await find()).toBe("mail-key-retired");
    expect(server.asked).toHaveLength(2);
    clock.pass(1);
    expect(await find()).toBe(key.record);
  });

  it("is gone where DNS has no such name, no such record, or another text only: nothing pinned stands in", async () => {
    for (const answer of ["no-such-name", []] as const) {
      expect(await (await keysFrom(() => answer)).find()).toBe("mail-key-retired");
    }
    expect(await (await keysFrom(() => [["v=spf1 -all"]])).find()).not.toBe(key.record);
  });

  it("may have other texts beside it, but no second key", async () => {
    const beside = [["v=spf1 -all"], [key.record.slice(0, 255), key.record.slice(255)]];
    expect(await (await keysFrom(() => beside)).find()).toBe(key.record);
    const second = senderKey().record;
    const two = [...beside, [second.slice(0, 255), second.slice(255)]];
    expect(await (await keysFrom(() => two)).find()).toBe("key-ambiguous");
    const long = [
      key.record.slice(0, 255),
      key.record.slice(255),
      ...Array(8).fill(`; x${"=".padEnd(250, "x")}`),
    ];
    expect(await (await keysFrom(() => [long])).find()).not.toMatch(/^v=/);
  });

  it.each(["server-failure", "refused", "silence"] as const)(
    "is the pinned one for the day, where DNS gives no answer (%s), and DNS is asked again the next time",
    async (failure) => {
      let answer: DnsAnswer = failure;
      const { find, server, complaints } = await keysFrom(() => answer, 300);
      expect(await find()).toBe(key.record);
      expect(await find(PINNED, "2031-06-01")).toBe("mail-key-unreachable");
      expect(await find([])).toBe("mail-key-unreachable");
      // Whoever reads the log lines is not told how many enrolled meanwhile.
      expect(complaints()).toBe(1);
      answer = "no-such-name";
      const before = server.asked.length;
      expect(await find()).toBe("mail-key-retired");
      expect(server.asked.length).toBe(before + 1);
    },
  );

  it("is the pinned one alone where DNS is not to be asked", async () => {
    const keys = new MailKeys({ lookUp: null, clock: new TestClock(), onUnreachable: () => {} });
    expect(await keys.find(KEY_NAME, DAY, PINNED)).toBe(key.record);
    await expect(keys.find(KEY_NAME, "2031-06-01", PINNED)).rejects.toMatchObject({
      code: "key-out-of-span",
    });
    await expect(keys.find(`x.${KEY_NAME}`, DAY, PINNED)).rejects.toMatchObject({ code: "key-unknown" });
  });

  it("is not looked up for a flood of names: some at once, and memory for a thousand", async () => {
    let asked = 0;
    const gate = Promise.withResolvers<void>();
    const lookUp = async () => {
      asked++;
      await gate.promise;
      return [key.record];
    };
    const keys = new MailKeys({ lookUp, clock: new TestClock(), onUnreachable: () => {} });
    const find = (i: number) => keys.find(`s${i}._domainkey.login.example.net`, DAY, []);
    const many = Array.from({ length: 40 }, (_, i) => find(i).catch((error: { code: string }) => error.code));
    gate.resolve();
    expect((await Promise.all(many)).filter((answer) => answer === "busy")).toHaveLength(8);
    for (let i = 0; i < 1_100; i++) await find(i);
    const before = asked;
    await find(1_099);
    expect(asked).toBe(before);
    await find(0);
    expect(asked).toBe(before + 1);
  });
});
