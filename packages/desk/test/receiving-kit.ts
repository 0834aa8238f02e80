/** A desk that takes answers by SMTP for a letter that was handed over, and those who connect to it. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import type { ReceiverOptions } from "../src/answers/receive-answers.ts";
import type { DeskOptions } from "../src/index.ts";
import {
  type Answered,
  type AnswerMail,
  answerMail,
  CHIEF,
  closedLetter,
  DOMAIN,
  dns,
  handOver,
} from "./answered-kit.ts";

const sockets: Socket[] = [];

/** What was opened by `open` and `dialogue`. */
export function closeSockets(): void {
  for (const socket of sockets.splice(0)) socket.destroy();
}

export function open(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  sockets.push(socket);
  return socket;
}

export interface Receiving extends Answered {
  readonly port: number;
  readonly nonce: string;
  readonly address: string;
  /** A right answer, but for these. */
  mail(change?: Partial<AnswerMail>): Promise<Uint8Array>;
}

export async function receiving(
  limits: ReceiverOptions["limits"] = {},
  options: DeskOptions = {},
  tls?: ReceiverOptions["tls"],
): Promise<Receiving> {
  let port = 0;
  const answers = {
    domain: DOMAIN,
    listen: { host: "127.0.0.1", port: 0, limits, ...(tls && { tls }) },
    onListening(at: number) {
      port = at;
    },
  };
  const answered = await closedLetter({ lookUpTxt: dns, answers, ...options } as DeskOptions);
  const nonce = await handOver(answered);
  const { address } = await answered.owner.act("delivery", answered.at);
  const day = answered.desks.desk.clock.day();
  return {
    ...answered,
    port,
    nonce,
    address: address!,
    mail: (change = {}) => answerMail({ to: address!, subject: `Re: your letter ${nonce}`, day, ...change }),
  };
}

/** Sends the bytes as they are: in the clear, or upgraded, for a client that trusts this certificate alone. Gives the server's last line. */
export async function send(
  { port }: Pick<Receiving, "port">,
  raw: Uint8Array,
  to: string,
  { from = CHIEF, trusting }: { readonly from?: string; readonly trusting?: string } = {},
): Promise<string> {
  const transport = createTransport({
    ...{ host: "127.0.0.1", port },
    ...(trusting === undefined
      ? { ignoreTLS: true }
      : { requireTLS: true, tls: { ca: trusting, servername: DOMAIN } }),
  });
  try {
    const done = await transport.sendMail({ raw: Buffer.from(raw), envelope: { from, to } });
    return done.response;
  } catch (error) {
    return (error as { response?: string }).response ?? "broken off";
  } finally {
    transport.close();
  }
}

export async function dialogue(port: number) {
  const socket = open(port);
  return { socket, say: await talk(socket, /^220/) };
}

/** Says lines and waits for what is to be heard upon each. `first`: what comes unasked. */
export async function talk(socket: Socket, first?: RegExp) {
  let heard = "";
  socket.on("data", (chunk) => {
    heard += chunk.toString("latin1");
  });
  const wait = async (pattern: RegExp) => {
    while (!pattern.test(heard)) await once(socket, "data");
    const said = heard;
    heard = "";
    return said;
  };
  if (first !== undefined) await wait(first);
  return async (line: string, pattern: RegExp) => {
    socket.write(`${line}\r\n`);
    return await wait(pattern);
  };
}
