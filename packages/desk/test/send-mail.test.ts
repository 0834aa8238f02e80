/** What became of a mail, told by a server that breaks off, or says no, at each place of the conversation. */
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createMailSender } from "../src/delivery/send-mail.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers line by line; null: breaks off. */
async function serve(script: Readonly<Record<string, string | null>>): Promise<number> {
  const server = createServer((socket) => {
    let inText = false;
    const say = (step: string, usual: string) => {
      const line = step in script ? script[step] : usual;
      if (line === null || line === undefined) socket.destroy();
      else socket.write(`${line}\r\n`);
    };
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const said = chunk.toString("latin1");
      if (inText) {
        if (said.endsWith("\r\n.\r\n")) say("text", "250 2.0.0 Ok: queued");
        return;
      }
      const [word = ""] = said.split(/[ \r]/);
      inText = word === "DATA" && !("DATA" in script);
      say(word, word === "DATA" ? "354 go on" : word === "EHLO" ? "250 here" : "250 ok");
    });
    say("greeting", "220 here");
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as { port: number }).port;
}

async function outcomeOf(script: Readonly<Record<string, string | null>>): Promise<string> {
  const port = await serve(script);
  const send = createMailSender({ host: "127.0.0.1", port, from: "Letters <letters@board.example.org>" });
  const raw = Buffer.from("Subject: A letter\r\n\r\nText.\r\n");
  const outcome = await send({ to: "chief@company.example", raw });
  return "reply" in outcome ? `${outcome.kind}: ${outcome.reply}` : outcome.kind;
}

describe("a mail", () => {
  it.each<[string, Readonly<Record<string, string | null>>, string]>([
    ["is accepted by the server's last word", {}, "accepted: 250 2.0.0 Ok: queued"],
    ["is refused by a server that is busy", { greeting: "421 Busy" }, "refused: 421 Busy"],
    ["is refused for its sender", { MAIL: "550 No" }, "refused: 550 No"],
    [
      "is refused for its recipient",
      { RCPT: "550 5.1.1 No such mailbox" },
      "refused: 550 5.1.1 No such mailbox",
    ],
    ["is refused before its text", { DATA: "451 Later" }, "refused: 451 Later"],
    ["is refused after its text", { text: "554 Not this" }, "refused: 554 Not this"],
    ["was not sent where the server breaks off at once", { greeting: null }, "unsent"],
    ["was not sent where it breaks off before the text", { RCPT: null }, "unsent"],
    ["was not sent where it breaks off instead of asking for the text", { DATA: null }, "unsent"],
    ["may have arrived where it breaks off after the text", { text: null }, "unknown"],
  ])("%s", async (_, script, outcome) => {
    expect(await outcomeOf(script)).toBe(outcome);
  });
});
