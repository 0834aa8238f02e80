import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSmtp, type TestSmtp } from "../src/testing.ts";

let smtp: TestSmtp;

beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(async () => {
  await smtp.stop();
});

/** Speaks SMTP as RFC 5321 has it and returns the reply to each command. */
async function send(to: string, body: string): Promise<string[]> {
  const socket = connect(smtp.port, smtp.host);
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const replies: string[] = [];
  const reply = async () => {
    let line: string;
    do line = (await lines.next()).value as string;
    while (line[3] === "-");
    replies.push(line);
    return line;
  };
  await reply();
  for (const command of [
    "EHLO client.example.com",
    "MAIL FROM:<codes@example.com>",
    `RCPT TO:<${to}>`,
    "DATA",
    `${body}\r\n.`,
  ]) {
    socket.write(`${command}\r\n`);
    if (!/^[23]/.test(await reply())) break;
  }
  socket.write("QUIT\r\n");
  await reply();
  socket.destroy();
  await once(socket, "close");
  return replies;
}

describe("the mail server for tests", () => {
  it("catches mail and gives each once, oldest first", async () => {
    await send("one@example.com", "Subject: a\r\n\r\nfirst");
    await send("two@example.com", "Subject: b\r\n\r\nother");
    await send("one@example.com", "Subject: c\r\n\r\nsecond");
    expect(await smtp.waitFor("one@example.com")).toMatchObject({
      from: "codes@example.com",
      to: ["one@example.com"],
      raw: "Subject: a\r\n\r\nfirst\r\n",
    });
    expect((await smtp.waitFor("one@example.com")).raw).toContain("second");
    expect(smtp.messages).toHaveLength(3);
    await expect(smtp.waitFor("one@example.com", 50)).rejects.toThrow("No mail to one@example.com came.");
  });

  it("waits for mail that has not come yet", async () => {
    const waiting = smtp.waitFor("late@example.com");
    await send("late@example.com", "Subject: x\r\n\r\nat last");
    expect((await waiting).raw).toContain("at last");
  });

  it("refuses whom it is told to", async () => {
    smtp.refuse((to) => to.startsWith("nobody@"));
    const replies = await send("nobody@example.com", "Subject: x\r\n\r\nx");
    expect(replies.some((line) => line.startsWith("5"))).toBe(true);
    expect(smtp.messages).toEqual([]);
  });
});
