/** Answers by mail: what counts, what is kept for organisers, and what a receiver that anybody can reach holds out against. */
import { addDays } from "@undersigned/core";
import { afterEach, describe, expect, it } from "vitest";
import type { DeskOptions } from "../src/index.ts";
import { CHIEF, closedLetter, DOMAIN, dns, inTheLog, publicFile } from "./answered-kit.ts";
import { outcome } from "./kit.ts";
import { closeSockets, dialogue, open, type Receiving, receiving, send } from "./receiving-kit.ts";

afterEach(closeSockets);

const answersOf = async (at: Receiving) => (await inTheLog(at)).responses;
const drop = (at: Receiving, mail: Uint8Array) =>
  at.owner.act("answer-drop", { ...at.at, mail: Buffer.from(mail).toString("base64url") });
const unverified = async ({ owner, at }: Receiving) => (await owner.act("answers", at)).unverified;

describe("an answer", () => {
  it("with two good signatures is one answer, also once somebody has taken one of them away", async () => {
    const at = await receiving();
    const whole = await at.mail({ dkim: "twice" });
    const text = Buffer.from(whole).toString("latin1");
    const [first] = /^DKIM-Signature:[\s\S]*?\r\n(?![ \t])/.exec(text)!;
    const rest = text.slice(first.length);
    expect(rest).toMatch(/^DKIM-Signature:/);
    const made = await drop(at, whole);
    expect(made).toMatchObject({ verified: true });
    expect(await drop(at, Buffer.from(rest, "latin1"))).toEqual(made);
    expect(await answersOf(at)).toHaveLength(1);
  });

  it("of the addressee is in the log at once, word for word, once for every way and time that it comes", async () => {
    const at = await receiving();
    const mail = await at.mail();
    expect(await send(at, mail, at.address)).toMatch(/^250 /);
    const [made, ...others] = await answersOf(at);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ kind: "mail", withheld: false });
    const { record } = made!;
    const file = await (await publicFile(at, `records/${record}.json`)).json();
    expect(file).toMatchObject({
      kind: "mail",
      text: "We have read it, and will end the contract.",
      mailbox: CHIEF,
      dated: at.desks.desk.clock.day(),
      dkim: { name: "s1._domainkey.company.example" },
    });
    expect(await send(at, mail, at.address.toUpperCase())).toMatch(/^250 /);
    expect(await drop(at, mail)).toEqual({ verified: true, reason: null, record });
    expect(await answersOf(at)).toHaveLength(1);
    expect(await unverified(at)).toEqual([]);
  });

  it("that nobody can prove to be the addressee's is kept for organisers alone, without its sender", async () => {
    const at = await receiving({ tries: { capacity: 1000, refillPerSecond: 100 } });
    const early = addDays(at.desks.desk.clock.day(), -3);
    const forged: [string, boolean, Uint8Array][] = [
      ["unsigned", true, await at.mail({ dkim: "none" })],
      ["signature-foreign", true, await at.mail({ dkim: "other" })],
      ["signature-invalid", true, await at.mail({ dkim: "forged" })],
      ["from-differs", false, await at.mail({ from: "else@company.example" })],
      ["nonce-missing", true, await at.mail({ subject: "Re: your letter" })],
      ["address-missing", true, await at.mail({ to: `else@${DOMAIN}` })],
      ["dated-before", true, await at.mail({ day: early })],
    ];
    for (const [reason, , mail] of forged) {
      expect(await send(at, mail, at.address)).toMatch(/^250 /);
      // The same mail again is no second one.
      expect(await drop(at, mail)).toEqual({ verified: false, reason, record: null });
    }
    expect(await answersOf(at)).toEqual([]);
    const kept = await unverified(at);
    expect(kept.map(({ reason, claimsAddressee }) => `${reason} ${claimsAddressee}`).sort()).toEqual(
      forged.map(([reason, claims]) => `${reason} ${claims}`).sort(),
    );
    expect(JSON.stringify(kept)).not.toContain("@");
  });

  it("with the mark written into the subject after it was signed does not count", async () => {
    const at = await receiving();
    const mail = Buffer.from(await at.mail({ subject: "Re: your letter" })).toString("latin1");
    const changed = mail.replace("Subject: Re: your letter", `Subject: Re: your letter ${at.nonce}`);
    await send(at, Buffer.from(changed, "latin1"), at.address);
    expect(await answersOf(at)).toEqual([]);
    expect(await unverified(at)).toMatchObject([{ reason: "signature-invalid" }]);
  });

  it("to one letter, sent on to another one, answers that one no more than before", async () => {
    const at = await receiving();
    const elsewhere = await receiving();
    const mail = await at.mail();
    await send(elsewhere, mail, elsewhere.address);
    expect(await answersOf(elsewhere)).toEqual([]);
  });

  it("is asked for once more while DNS does not answer, and kept nowhere", async () => {
    let down = true;
    const lookUpTxt: DeskOptions["lookUpTxt"] = async (name) => {
      if (down) throw new Error("down");
      return await dns!(name);
    };
    const at = await receiving({}, { lookUpTxt });
    const mail = await at.mail();
    expect(await send(at, mail, at.address)).toMatch(/^451 /);
    const dropped = { ...at.at, mail: Buffer.from(mail).toString("base64url") };
    expect(outcome(await at.owner.try("answer-drop", dropped))).toBe("dns-unreachable");
    expect(await unverified(at)).toEqual([]);
    down = false;
    expect(await send(at, mail, at.address)).toMatch(/^250 /);
    expect(await answersOf(at)).toHaveLength(1);
  });

  it("to a letter that was not handed over, or at a board that takes none, is not taken", async () => {
    const answered = await closedLetter();
    const mail = Buffer.from("From: a@example.com\r\n\r\n").toString("base64url");
    expect(outcome(await answered.owner.try("answer-drop", { ...answered.at, mail }))).toBe("not-delivered");
  });

  it("that does not count has little room: the oldest stay, and the sender hears of it", async () => {
    const at = await receiving({ tries: { capacity: 1000, refillPerSecond: 100 } });
    const { putUnverified } = await import("../src/model/unverified.ts");
    const { desk } = at.desks;
    const answer = { day: "2026-03-05", reason: "unsigned", claimsAddressee: false, subject: "s", text: "t" };
    await desk.database.transaction(async (trx) => {
      for (let i = 0; i < 200; i++)
        await putUnverified(desk, trx, at.at.letter, Buffer.from(`mail ${i}`), answer);
    });
    expect(await send(at, await at.mail({ dkim: "none" }), at.address)).toMatch(/^552 /);
    expect(await unverified(at)).toHaveLength(200);
    // One that counts has room all the same.
    expect(await send(at, await at.mail(), at.address)).toMatch(/^250 /);
  });
});

describe("the receiver", () => {
  it("takes no mail for addresses that it does not have, and is no relay", async () => {
    const at = await receiving();
    for (const to of [
      "chief@company.example",
      `answer-${"a".repeat(20)}@${DOMAIN}`,
      `postmaster@${DOMAIN}`,
    ]) {
      expect(await send(at, await at.mail(), to)).toMatch(/^550 /);
    }
    expect(await unverified(at)).toEqual([]);
  });

  it("takes no mail of 10 MB, and keeps nothing of it", async () => {
    const at = await receiving();
    const large = await at.mail({ text: "x ".repeat(5_000_000) });
    expect(await send(at, large, at.address)).toMatch(/^552 /);
    // By one that does not say before how large it is.
    const talk = await dialogue(at.port);
    await talk.say("EHLO a.example", /^250 /m);
    await talk.say(`MAIL FROM:<${CHIEF}>`, /^250/);
    await talk.say(`RCPT TO:<${at.address}>`, /^250/);
    await talk.say("DATA", /^354/);
    for (let i = 0; i < 20; i++) talk.socket.write(`${"a".repeat(99_998)}\r\n`);
    await talk.say(".", /^552 /);
    expect(await unverified(at)).toEqual([]);
  });

  it("has a place for others while a thousand connections are opened", async () => {
    const at = await receiving({ ofNetwork: 5, connections: 50 });
    const sockets = Array.from({ length: 1000 }, () => open(at.port));
    const closed = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<boolean>((resolve) => {
            socket.once("close", () => resolve(true));
            socket.once("data", () => resolve(false));
          }),
      ),
    );
    expect(closed.filter((one) => !one).length).toBeLessThanOrEqual(5);
    closeSockets();
    await until(async () => (await send(at, await at.mail(), at.address)).startsWith("250 "));
    expect(await answersOf(at)).toHaveLength(1);
  });

  it("gives no place to who sends a byte now and then", async () => {
    const at = await receiving({ wholeMs: 300, idleMs: 60_000 });
    const socket = open(at.port);
    const dripping = setInterval(() => socket.write("E"), 20);
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(dripping);
  });

  it("makes who tries many addresses wait", async () => {
    const at = await receiving({ tries: { capacity: 5, refillPerSecond: 0.001 } });
    const talk = await dialogue(at.port);
    await talk.say("EHLO a.example", /^250 /m);
    await talk.say("MAIL FROM:<a@example.com>", /^250/);
    for (let i = 0; i < 4; i++) await talk.say(`RCPT TO:<answer-${"b".repeat(20)}@${DOMAIN}>`, /^550/);
    await talk.say(`RCPT TO:<${at.address}>`, /^450/);
  });

  it("knows no login and one recipient at a time, and takes commands that come in one piece", async () => {
    const at = await receiving();
    const talk = await dialogue(at.port);
    const hello = await talk.say("EHLO a.example", /^250 /m);
    expect(hello).not.toMatch(/AUTH|STARTTLS/);
    const batch = ["MAIL FROM:<a@example.com>", `RCPT TO:<${at.address}>`, `RCPT TO:<${at.address}>`];
    expect(await talk.say(batch.join("\r\n"), /^452/m)).toMatch(/^250[^\n]*\n250[^\n]*\n452/);
  });
});

async function until(test: () => Promise<boolean>): Promise<void> {
  while (!(await test())) await new Promise((resolve) => setTimeout(resolve, 20));
}
