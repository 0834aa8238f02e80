/** What a code mail holds, and how the queue behaves when the mail server does not. */
import { hostname, networkInterfaces } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { startSmtp } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type Mail, type MailFailure, MailQueue, type SendMail } from "../src/mail/mail-queue.ts";
import { MailThread } from "../src/mail/mail-thread.ts";
import { createSmtpSender } from "../src/mail/smtp.ts";
import { codeIn, newWorkforce, Person, post, removeFolders, start, stopAll } from "./kit.ts";
import { TestClock, TODAY } from "./test-clock.ts";

afterEach(stopAll);
afterAll(removeFolders);

const networkInterfacesOf = () =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));

describe("a code mail", () => {
  it("goes to the canonical mailbox and holds the manifest's text, the code, and no more headers than it needs", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    const person = new Person(workforce, "Jo.Doe+x@mail.example.com");
    await post(registrar.url, "/v1/reservations", person.reservation());
    const mail = await registrar.smtp.waitFor("jodoe@example.com");
    expect(mail.to).toEqual(["jodoe@example.com"]);
    expect(mail.from).toBe("codes@registrar.example.com");
    const [head, ...rest] = mail.raw.split("\r\n\r\n");
    const body = rest.join("\r\n\r\n");
    const headers = new Map(
      head!
        .replaceAll(/\r\n[ \t]+/g, " ")
        .split("\r\n")
        .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
    );
    expect([...headers.keys()].sort()).toEqual([
      "auto-submitted",
      "content-transfer-encoding",
      "content-type",
      "date",
      "from",
      "message-id",
      "mime-version",
      "subject",
      "to",
    ]);
    expect(headers.get("content-type")).toMatch(/^text\/plain/);
    expect(headers.get("date")).toBe("Thu, 10 Apr 2031 00:00:00 +0000");
    expect(headers.get("message-id")).toMatch(/^<[0-9a-f]{32}@registrar\.example\.com>$/);
    expect(headers.get("to")).toBe("jodoe@example.com");
    expect(mail.hello).toBe("registrar.example.com");
    expect(headers.get("subject")).toBe("Your code");
    const text = `Your code is $& ${codeIn(mail.raw)}.\r\n\r\nNobody will ask you for it.`;
    expect(body.trimEnd()).toBe(text);
    expect(mail.raw).not.toMatch(/https?:|www\.|nodemailer|<html|<a |<img|multipart|list-unsubscribe/i);
    for (const trace of [hostname(), networkInterfacesOf(), String(Date.now()).slice(0, 8)].flat()) {
      expect(mail.raw.includes(trace), "the mail tells of the machine or the moment").toBe(false);
    }
  });

  it("that the server refuses leaves an event without address, and is not tried again", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    registrar.smtp.refuse(() => true);
    const person = new Person(workforce, "jodoe@example.com");
    expect((await post(registrar.url, "/v1/reservations", person.reservation())).status).toBe(200);
    for (let i = 0; i < 1000 && !registrar.log.some((line) => line.includes("mail-failed")); i++)
      await sleep(20);
    const line = registrar.log.find((text) => text.includes("mail-failed"));
    expect(JSON.parse(line!)).toEqual({
      day: "2031-04-10",
      event: "mail-failed",
      attempt: 1,
      permanent: true,
      last: true,
    });
  });

  it("is not handed to a server elsewhere that does not speak TLS", async () => {
    const smtp = await startSmtp();
    try {
      // Not one of the loopback spellings that are trusted without TLS, though it leads there.
      const send = createSmtpSender({ host: "0.0.0.0", port: smtp.port, from: "codes@example.com" });
      const outcome = await send({ to: "jodoe@example.com", subject: "s", text: "t" }, TODAY);
      expect(outcome.sent).toBe(false);
      expect(smtp.messages).toEqual([]);
    } finally {
      await smtp.stop();
    }
  });
});

describe("the mail queue", () => {
  const BEAT_MS = 5;
  const mail = (name: string): Mail => ({ to: `${name}@example.com`, subject: "s", text: "t" });

  function queue(
    send: SendMail,
    options: { capacity?: number; concurrency?: number; retryMs?: number[]; beatMs?: number } = {},
  ) {
    const clock = new TestClock();
    const failures: MailFailure[] = [];
    const { capacity = 100, concurrency = 2, retryMs = [1, 1], beatMs = BEAT_MS } = options;
    const onFailure = (failure: MailFailure) => failures.push(failure);
    const mails = new MailQueue({
      send,
      clock,
      capacity,
      concurrency,
      beatMs,
      retryMs,
      lifetimeMs: 600_000,
      onFailure,
    });
    return { mails, failures, clock };
  }

  const until = async (condition: () => boolean) => {
    for (let i = 0; i < 5000 && !condition(); i++) await sleep(2);
    expect(condition()).toBe(true);
  };

  it("tries again after a passing failure and not after a permanent one", async () => {
    const tried: string[] = [];
    const { mails, failures } = queue(async (mail) => {
      const to = mail?.to ?? "";
      tried.push(to);
      if (to.startsWith("gone")) return { sent: false, permanent: true };
      return tried.filter((other) => other === to).length < 3
        ? { sent: false, permanent: false }
        : { sent: true };
    });
    mails.offer(mail("slow"));
    mails.offer(mail("gone"));
    await until(() => tried.length === 4);
    await sleep(20);
    expect(tried.filter((to) => to.startsWith("slow"))).toHaveLength(3);
    expect(failures.filter((failure) => failure.permanent)).toEqual([
      { attempt: 1, permanent: true, last: true },
    ]);
  });

  it("gives up after the last attempt, and when the code is about to expire", async () => {
    const fail: SendMail = async () => {
      throw new Error("quotes jodoe@example.com");
    };
    const first = queue(fail);
    first.mails.offer(mail("a"));
    await until(() => first.failures.some((failure) => failure.last));
    expect(first.failures).toEqual([
      { attempt: 1, permanent: false, last: false },
      { attempt: 2, permanent: false, last: false },
      { attempt: 3, permanent: false, last: true },
    ]);
    const second = queue(async () => {
      second.clock.pass(10);
      return { sent: false, permanent: false };
    });
    second.mails.offer(mail("a"));
    await until(() => second.failures.length === 1);
    expect(second.failures).toEqual([{ attempt: 1, permanent: false, last: true }]);
  });

  it("takes no more than it has room for, and forgets what it cannot try again", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { mails } = queue(() => gate.then(() => ({ sent: true })), { capacity: 3, concurrency: 2 });
    expect(["a", "b", "c", "d"].map((name) => mails.offer(mail(name)))).toEqual([true, true, true, false]);
    await until(() => !mails.full);
    expect(["e", "f", "g"].map((name) => mails.offer(mail(name)))).toEqual([true, true, false]);
    await sleep(4 * BEAT_MS);
    expect(mails.full).toBe(true);
    release();
    await until(() => !mails.full);

    const retrying = queue(async () => ({ sent: false, permanent: false }), {
      capacity: 1,
      retryMs: [60_000],
    });
    retrying.mails.offer(mail("a"));
    await until(() => retrying.failures.length === 1);
    retrying.mails.offer(mail("b"));
    await until(() => retrying.failures.length === 2);
    expect(retrying.failures.map(({ last }) => last)).toEqual([false, true]);
    expect(await retrying.mails.close()).toBe(1);
  });

  it("hands over on its beat and not upon an offer, mails and blanks alike and in turn", async () => {
    const sent: (Mail | null)[] = [];
    const { mails } = queue(
      async (mail) => {
        sent.push(mail);
        return { sent: true };
      },
      { beatMs: 500, concurrency: 8 },
    );
    for (const item of [mail("a"), null, mail("b"), null, null]) mails.offer(item);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
    await until(() => sent.length === 5);
    expect(sent.map((item) => item?.to ?? null)).toEqual([
      "a@example.com",
      null,
      "b@example.com",
      null,
      null,
    ]);
  });

  it("is full of blanks as it is of mails, and a blank that fails is no failure", async () => {
    const { mails, failures } = queue(async () => ({ sent: false, permanent: true }), { capacity: 2 });
    expect([mails.offer(null), mails.offer(null), mails.offer(mail("a"))]).toEqual([true, true, false]);
    await until(() => !mails.full);
    await sleep(4 * BEAT_MS);
    expect(failures).toEqual([]);
    mails.offer(null);
    expect(await mails.close()).toBe(0);
  });

  it("sends nothing more once it is closed, but what is in mid-send", async () => {
    const sent: string[] = [];
    const begun: string[] = [];
    const { mails } = queue(
      async (mail) => {
        begun.push(mail?.to ?? "");
        await sleep(5);
        sent.push(mail?.to ?? "");
        return { sent: true };
      },
      { concurrency: 1 },
    );
    mails.offer(mail("a"));
    mails.offer(mail("b"));
    await until(() => begun.length === 1);
    expect(await mails.close()).toBe(1);
    expect(sent).toEqual(["a@example.com"]);
    expect(mails.offer(mail("c"))).toBe(false);
    await sleep(20);
    expect(sent).toEqual(["a@example.com"]);
  });
});

describe("the mail thread", () => {
  it("sends mails, and keeps a blank for as long as the last mail took, without a word to the server", async () => {
    const smtp = await startSmtp();
    const { host, port } = smtp;
    const from = "codes@registrar.example.com";
    const thread = new MailThread({ smtp: { host, port, from }, connections: 2, clock: new TestClock() });
    const timed = async (item: Mail | null) => {
      const began = performance.now();
      expect(await thread.send(item)).toEqual({ sent: true });
      return performance.now() - began;
    };
    try {
      smtp.delay(120);
      await timed(null);
      await timed({ to: "jodoe@example.com", subject: "s", text: "t" });
      expect(await timed(null)).toBeGreaterThan(100);
      expect(smtp.messages.map(({ to }) => to)).toEqual([["jodoe@example.com"]]);
    } finally {
      await thread.close();
      await smtp.stop();
    }
  });
});
