import { createConnection } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type MailCatcher, startMailCatcher } from "../../src/demo/mail/mail-catcher.ts";
import { mailPage, startMailPage } from "../../src/demo/mail/mail-page.ts";
import { readMail } from "../../src/demo/mail/mail-text.ts";

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0).reverse()) await server.close();
});

async function catcher(): Promise<MailCatcher> {
  const started = await startMailCatcher();
  open.push(started);
  return started;
}

const SENDER = "codes@registrar.example.com";
const OTHER = "codes@union.example.com";

/** Speaks SMTP as RFC 5321 has it: one line, one reply. */
async function deliver(port: number, to: string, message: string, sender = SENDER): Promise<void> {
  const socket = createConnection(port, "127.0.0.1");
  const replies: string[] = [];
  let wake = (): void => {};
  let partial = "";
  socket.on("data", (chunk) => {
    const lines = (partial + chunk.toString()).split("\r\n");
    partial = lines.pop() ?? "";
    replies.push(...lines.filter((line) => /^\d{3} /.test(line)));
    wake();
  });
  const expectReply = async (first: string): Promise<void> => {
    while (replies.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    const reply = replies.shift() as string;
    if (!reply.startsWith(first)) throw new Error(`The server said ${reply}`);
  };
  await expectReply("220");
  for (const [line, reply] of [
    ["EHLO client.example.com", "250"],
    [`MAIL FROM:<${sender}>`, "250"],
    [`RCPT TO:<${to}>`, "250"],
    ["DATA", "354"],
    [`${message}\r\n.`, "250"],
    ["QUIT", "221"],
  ] as const) {
    socket.write(`${line}\r\n`);
    await expectReply(reply);
  }
  socket.destroy();
}

const mail = (text: string): string => `Subject: Your code\r\n\r\n${text}`;

describe("the mail catcher", () => {
  it("hands a code to whoever waits for it and to whoever comes later, each mail once", async () => {
    const { port, takeCode, mails, caught } = await catcher();
    const waiting = takeCode("p0001@example.com", SENDER, 5000);
    await deliver(port, "P0001@example.com", mail("Your code is 12345678"));
    expect(await waiting).toBe("12345678");
    await deliver(port, "p0002@example.com", mail("Your code is 23456789"));
    await deliver(port, "p0002@example.com", mail("Your code is 34567890"));
    expect(await takeCode("p0002@example.com", SENDER, 5000)).toBe("23456789");
    expect(await takeCode("p0002@example.com", SENDER, 5000)).toBe("34567890");
    await expect(takeCode("p0001@example.com", SENDER, 20)).rejects.toMatchObject({ code: "mail-missing" });
    expect(caught()).toBe(3);
    expect(mails().map(({ mailbox }) => mailbox)).toEqual([
      "p0002@example.com",
      "p0002@example.com",
      "p0001@example.com",
    ]);
  });

  it("keeps apart what different registrars sent to one mailbox, each in the order of arrival", async () => {
    const { port, takeCode } = await catcher();
    const waiting = takeCode("p0001@example.com", OTHER, 5000);
    await deliver(port, "p0001@example.com", mail("Your code is 11111111"));
    await deliver(port, "p0001@example.com", mail("Your code is 22222222"), OTHER.toUpperCase());
    await deliver(port, "p0001@example.com", mail("Your code is 33333333"));
    expect(await waiting).toBe("22222222");
    expect(await takeCode("p0001@example.com", SENDER, 5000)).toBe("11111111");
    expect(await takeCode("p0001@example.com", SENDER, 5000)).toBe("33333333");
    await expect(takeCode("p0001@example.com", OTHER, 20)).rejects.toMatchObject({ code: "mail-missing" });
  });

  it("does not hand a code to someone who has stopped waiting", async () => {
    const { port, takeCode } = await catcher();
    await expect(takeCode("p0001@example.com", SENDER, 10)).rejects.toMatchObject({ code: "mail-missing" });
    await deliver(port, "p0001@example.com", mail("Your code is 12345678"));
    expect(await takeCode("p0001@example.com", SENDER, 5000)).toBe("12345678");
  });
});

describe("reading a mail", () => {
  it("undoes quoted-printable, base64 and encoded words", () => {
    const quoted =
      "From: =?UTF-8?Q?Registre_=C3=A0?= <codes@union.example.com>\r\nSubject: =?UTF-8?Q?Votre_code_=C3=A0?=\r\n =?UTF-8?B?IDggY2hpZmZyZXM=?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nLe code est=20=\r\n12345678 =C3=A9\r\n";
    expect(readMail(Buffer.from(quoted))).toEqual({
      from: "Registre à <codes@union.example.com>",
      subject: "Votre code à 8 chiffres",
      text: "Le code est 12345678 é\n",
    });
    const encoded = `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from("code 12345678 é\r\n").toString("base64")}\r\n`;
    expect(readMail(Buffer.from(encoded))).toEqual({ from: "", subject: "", text: "code 12345678 é\n" });
  });

  it("takes a mail without body or headers as it is", () => {
    expect(readMail(Buffer.from("Subject: nothing"))).toEqual({ from: "", subject: "nothing", text: "" });
    expect(readMail(new Uint8Array())).toEqual({ from: "", subject: "", text: "" });
  });
});

describe("the page of mails", () => {
  it("shows whatever a mail holds as text", () => {
    const hostile = `"><script>alert('x')</script>&`;
    const page = mailPage(
      [{ mailbox: hostile, sender: hostile, from: hostile, subject: hostile, text: hostile }],
      1,
    );
    expect(page).not.toMatch(/<script|alert\('/);
    expect(page.match(/&#60;script&#62;alert\(&#39;x&#39;\)/g)).toHaveLength(4);
  });

  it("is served on this machine under its own name only, and changes nothing", async () => {
    const caught = await catcher();
    await deliver(caught.port, "p0001@example.com", mail("Your code is 12345678"));
    const page = await startMailPage(caught);
    open.push(page);
    expect(new URL(page.url).hostname).toBe("127.0.0.1");
    const response = await fetch(page.url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).toMatch(/p0001@example\.com[\s\S]*12345678/);
    expect((await fetch(page.url, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${page.url}other`)).status).toBe(404);
    expect(await statusFor(Number(new URL(page.url).port), "attacker.example.com")).toBe(403);
  });
});

/** The status of a GET that names another host: what a page elsewhere sends once its name points here. */
function statusFor(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, "127.0.0.1", () => {
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    });
    socket.on("error", reject);
    socket.once("data", (chunk) => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(chunk.toString())?.[1]));
      socket.destroy();
    });
  });
}
