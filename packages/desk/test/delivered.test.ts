/** Handing a letter over: what is made, who may, by mail through a real SMTP server, and what a crash in between leaves. */
import {
  acceptanceHash,
  addDays,
  answerNonceHash,
  decodeBase64url,
  encodeBase64url,
  sha256,
} from "@undersigned/core";
import { gatherLetterDocument, makeLetterDocument } from "@undersigned/paper";
import { startSmtp, type TestSmtp } from "@undersigned/service/testing";
import { bundleSource, CHECKPOINT_PATH, LIMITS } from "@undersigned/verify";
import { afterEach, describe, expect, it } from "vitest";
import { makeDocument } from "../src/delivery/make-document.ts";
import type { DeskOptions } from "../src/index.ts";
import { type Answered, CHIEF, closedLetter, deliveryBody, inTheLog, publicFile } from "./answered-kit.ts";
import { outcome } from "./kit.ts";

const FROM = "Letters <letters@board.example.org>";
const servers: TestSmtp[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function withMail(options: DeskOptions = {}): Promise<Answered & { smtp: TestSmtp }> {
  const smtp = await startSmtp();
  servers.push(smtp);
  const answered = await closedLetter({ smtp: { host: smtp.host, port: smtp.port, from: FROM }, ...options });
  return { ...answered, smtp };
}

const deliveriesOf = async (answered: Answered) => (await inTheLog(answered)).deliveries;

describe("a letter", () => {
  it("is prepared once for the same log, with a bundle from which the document was made", async () => {
    const { desks, owner, at } = await closedLetter();
    expect(await owner.act("delivery", at)).toMatchObject({
      missing: null,
      prepared: null,
      nonce: null,
      canMail: false,
      mailbox: CHIEF,
      mail: "none",
      made: [],
    });
    const prepared = await owner.act("delivery-prepare", at);
    expect(await owner.act("delivery-prepare", at)).toEqual(prepared);
    const now = await owner.act("delivery", at);
    expect(now.prepared).toEqual(prepared);
    expect(now.address).toMatch(/^answer-[a-z2-7]{20}@answers\.example\.org$/);
    expect(prepared.nonce).toBe(answerNonceHash(at.letter, now.nonce!));
    expect(prepared).toMatchObject({ day: desks.desk.clock.day(), pages: 3 });
    const file = async (which: "document" | "bundle" | "cover") =>
      decodeBase64url((await owner.act("delivery-file", { ...at, which })).file);
    expect(encodeBase64url(sha256(await file("document")))).toBe(prepared.document);
    const bundle = await file("bundle");
    expect(encodeBase64url(sha256(bundle))).toBe(prepared.bundle);
    const note = await bundleSource(bundle).read(CHECKPOINT_PATH, LIMITS.checkpoint);
    expect(Number(Buffer.from(note!).toString().split("\n")[1])).toBe(prepared.size);
    expect(Buffer.from((await file("cover")).subarray(0, 5)).toString()).toBe("%PDF-");
  });

  it("is made in a thread of its own, from the bundle that goes with it and nothing else", async () => {
    const { owner, at, desks } = await closedLetter({ makeDocument });
    const { document, pages } = await owner.act("delivery-prepare", at);
    expect(pages).toBeGreaterThan(1);
    const { file } = await owner.act("delivery-file", { ...at, which: "bundle" });
    const data = await gatherLetterDocument(bundleSource(decodeBase64url(file)), at);
    expect(encodeBase64url(sha256(makeLetterDocument(data).pdf))).toBe(document);
    const broken = { ...at, bundle: new Uint8Array(100) };
    await expect(desks.desk.makeDocument(broken)).rejects.toMatchObject({ code: "document-not-made" });
  });

  it("is not handed over while it is open, when too few have signed, or while it is unlisted", async () => {
    const few = await closedLetter({}, { people: 2 });
    expect(await few.owner.act("delivery", few.at)).toMatchObject({ missing: "too-few" });
    expect(outcome(await few.owner.try("delivery-prepare", few.at))).toBe("delivery-not-yet");
    const nothing = await few.owner.try("delivery-file", { ...few.at, which: "document" });
    expect(outcome(nothing)).toBe("delivery-unprepared");
  });

  it("handed over by hand stands in the log with the day, the document and the commitment to its mark", async () => {
    const answered = await closedLetter();
    const { owner, at, desks } = answered;
    const prepared = await owner.act("delivery-prepare", at);
    const body = deliveryBody(answered, prepared, "hand");
    expect(await owner.act("delivery-make", body)).toEqual({ mail: "none", reply: null });
    expect(await owner.act("delivery-make", body)).toEqual({ mail: "none", reply: null });
    const [made, ...others] = await deliveriesOf(answered);
    expect(others).toEqual([]);
    const { document, size, nonce } = prepared;
    expect(made!.leaf).toMatchObject({ how: "hand", document, size, nonce, acceptance: null });
    const file = new Uint8Array(
      await (await publicFile(answered, `documents/${document}.pdf`)).arrayBuffer(),
    );
    expect(encodeBase64url(sha256(file))).toBe(document);
    expect((await owner.act("delivery", at)).made).toEqual([
      { how: "hand", delivered: desks.desk.clock.day(), day: desks.desk.clock.day(), document },
    ]);
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.map(({ act }) => act)).toContain("delivery-make");
  });

  it("is handed over by an owner whom it names, by their signature over what was prepared last, and by nobody else", async () => {
    const answered = await closedLetter();
    const { desks, owner, other, at } = answered;
    const prepared = await owner.act("delivery-prepare", at);
    const body = deliveryBody(answered, prepared, "hand");
    const late = await desks.invited(owner, "owner", "Late");
    expect(outcome(await other.try("delivery-make", body))).toBe("signature-wrong");
    expect(outcome(await owner.try("delivery-make", body, null))).toBe("key-needed");
    const lates = deliveryBody(answered, prepared, "hand", {}, late);
    expect(outcome(await late.try("delivery-make", lates))).toBe("not-your-key");
    for (const change of [{ document: at.letter }, { size: prepared.size - 1 }, { nonce: at.letter }]) {
      const wrong = deliveryBody(answered, prepared, "hand", change);
      expect(outcome(await owner.try("delivery-make", wrong))).toBe("delivery-differs");
    }
    const before = deliveryBody(answered, prepared, "hand", { delivered: answered.closes });
    expect(outcome(await owner.try("delivery-make", before))).toBe("delivery-days");
    expect(await deliveriesOf(answered)).toEqual([]);
  });
});

describe("a letter sent by mail", () => {
  it("goes to the mailbox that it names, once, and the log commits to what the server said", async () => {
    const answered = await withMail();
    const { desks, owner, at, smtp } = answered;
    const prepared = await owner.act("delivery-prepare", at);
    const body = deliveryBody(answered, prepared, "mail");
    const done = await owner.act("delivery-make", body);
    expect(done).toMatchObject({ mail: "logged", reply: expect.stringMatching(/^250 /) });
    expect(await owner.act("delivery-make", body)).toEqual(done);
    expect(smtp.messages).toHaveLength(1);
    const [mail] = smtp.messages;
    expect(mail).toMatchObject({
      from: "letters@board.example.org",
      to: [CHIEF],
      hello: "board.example.org",
    });
    const head = mail!.raw.slice(0, mail!.raw.indexOf("\r\n\r\n"));
    const day = new Date(`${desks.desk.clock.day()}T00:00:00Z`).toUTCString().replace("GMT", "+0000");
    expect(
      head
        .split("\r\n")
        .filter((line) => /^[A-Z]/.test(line))
        .sort(),
    ).toEqual([
      expect.stringMatching(/^Content-Type: multipart\/mixed;/),
      `Date: ${day}`,
      `From: ${FROM}`,
      "MIME-Version: 1.0",
      `Message-ID: <${prepared.document}@board.example.org>`,
      "Subject: A letter",
      `To: ${CHIEF}`,
    ]);
    const text = mail!.raw.replace(/=\r\n/g, "");
    const { nonce, address } = await owner.act("delivery", at);
    for (const said of [nonce!, address!, "4 people who work at Example Works", prepared.document]) {
      expect(text).toContain(said);
    }
    expect(head).not.toContain(nonce!);
    expect(text).toContain("filename=letter.pdf");
    expect(text).toContain("filename=bundle.zip");

    const [made] = await deliveriesOf(answered);
    expect(made!.leaf).toMatchObject({ how: "mail", document: prepared.document });
    const { salt, reply } = await storedMail(answered);
    expect(made!.leaf.acceptance).toBe(acceptanceHash(reply!, salt!));
    // The same letter by hand too, with the very document.
    await owner.act("delivery-make", deliveryBody(answered, prepared, "hand"));
    expect(await deliveriesOf(answered)).toHaveLength(2);
  });

  it("is sent on the day that is signed, and from a board that sends mail", async () => {
    const answered = await withMail();
    const { owner, at, desks, smtp } = answered;
    const prepared = await owner.act("delivery-prepare", at);
    desks.passDays(1);
    await owner.signInAgain();
    const delivered = addDays(desks.desk.clock.day(), -1);
    const old = deliveryBody(answered, prepared, "mail", { delivered });
    expect(outcome(await owner.try("delivery-make", old))).toBe("delivery-days");
    expect(smtp.messages).toEqual([]);
    const without = await closedLetter();
    const body = deliveryBody(without, await without.owner.act("delivery-prepare", without.at), "mail");
    expect(outcome(await without.owner.try("delivery-make", body))).toBe("mail-not-set-up");
  });

  it("and refused by the server is not in the log, and can be sent again", async () => {
    const answered = await withMail();
    const { owner, at, smtp } = answered;
    smtp.refuse(() => true);
    const body = deliveryBody(answered, await owner.act("delivery-prepare", at), "mail");
    expect(await owner.act("delivery-make", body)).toMatchObject({
      mail: "refused",
      reply: expect.stringMatching(/^550 /),
    });
    expect(await owner.act("delivery", at)).toMatchObject({ mail: "refused", made: [] });
    expect(await deliveriesOf(answered)).toEqual([]);
    smtp.refuse(() => false);
    expect(await owner.act("delivery-make", body)).toMatchObject({ mail: "logged" });
  });

  it("of which the connection breaks off is told as uncertain, and sent twice by a word only", async () => {
    const answered = await withMail();
    const { owner, at, desks, smtp } = answered;
    const body = deliveryBody(answered, await owner.act("delivery-prepare", at), "mail");
    // What the process of before could not tell any more.
    const { send } = desks.desk.mail!;
    let broken = true;
    Object.assign(desks.desk.mail!, {
      send: async (mail: Parameters<typeof send>[0]) => {
        const outcome = await send(mail);
        return broken ? { kind: "unknown" } : outcome;
      },
    });
    expect(outcome(await owner.try("delivery-make", body))).toBe("delivery-uncertain");
    expect(await owner.act("delivery", at)).toMatchObject({ mail: "sending", reply: null, made: [] });
    broken = false;
    expect(outcome(await owner.try("delivery-make", body))).toBe("delivery-uncertain");
    expect(outcome(await owner.try("delivery-prepare", at))).toBe("delivery-running");
    expect(smtp.messages).toHaveLength(1);
    expect(await owner.act("delivery-make", { ...body, again: true })).toMatchObject({ mail: "logged" });
    expect(smtp.messages).toHaveLength(2);
  });

  it("of which the server has taken the mail, before a crash, is in the log after the next start, and is not sent again", async () => {
    const answered = await withMail();
    const { owner, at, desks, smtp } = answered;
    const body = deliveryBody(answered, await owner.act("delivery-prepare", at), "mail");
    const { board } = desks.desk;
    const { logDelivery } = board;
    Object.assign(board, { logDelivery: () => Promise.reject(new Error("stopped here")) });
    expect((await owner.try("delivery-make", body)).status).toBe(500);
    expect(await owner.act("delivery", at)).toMatchObject({ mail: "sending", made: [] });
    Object.assign(board, { logDelivery });
    await desks.board.close();
    await desks.open();
    const [made] = await deliveriesOf(answered);
    expect(made!.leaf).toMatchObject({ how: "mail", document: body.document });
    expect(await owner.act("delivery-make", body)).toMatchObject({ mail: "logged" });
    expect(smtp.messages).toHaveLength(1);
  });

  it("to a server that is down leaves everything as it was", async () => {
    const answered = await withMail();
    const { owner, at, smtp } = answered;
    const body = deliveryBody(answered, await owner.act("delivery-prepare", at), "mail");
    await smtp.stop();
    expect(outcome(await owner.try("delivery-make", body))).toBe("mail-unreachable");
    expect(await owner.act("delivery", at)).toMatchObject({ mail: "none", made: [] });
  });

  it("by two who press at once is one mail", async () => {
    const answered = await withMail();
    const { owner, other, at, smtp } = answered;
    smtp.delay(150);
    const prepared = await owner.act("delivery-prepare", at);
    const body = deliveryBody(answered, prepared, "mail");
    const others = deliveryBody(answered, prepared, "mail", {}, other);
    const all = await Promise.all([owner.try("delivery-make", body), other.try("delivery-make", others)]);
    expect(all.map(outcome).filter((one) => one === "ok")).toHaveLength(1);
    expect(smtp.messages).toHaveLength(1);
  });
});

/** What the desk has kept of the server's answer, which pages are not given. */
async function storedMail({ desks, at }: Answered) {
  const { findDelivery } = await import("../src/model/deliveries.ts");
  return (await findDelivery(desks.desk, desks.desk.database.db, at.letter))!.mail;
}
