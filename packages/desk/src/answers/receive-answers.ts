/**
 * The SMTP receiver (RFC 5321) for answers to letters, in the board's process. It takes mail for addresses of letters that were
 * handed over and for nothing else, relays nothing and knows no login. Whoever connects is an attacker: addresses, sizes, times
 * and numbers are bounded, and nothing of a mail that was refused is kept. There is no log line here: each would hold a time, a
 * network or an address.
 */
import { once } from "node:events";
import type { Socket } from "node:net";
import { MAX_ANSWER_MAIL_BYTES } from "@undersigned/core";
import { createLimiter, type Limiter, networkKey } from "@undersigned/service";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import type { Desk } from "../desk.ts";
import { DeskError } from "../errors.ts";
import { answerLocalPartOf } from "./answer-address.ts";
import { type AnswerableLetter, answerableAt, takeAnswer } from "./take-answer.ts";

export interface ReceiverOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** PEM; without it the receiver offers no STARTTLS. */
  readonly tls?: { readonly cert: string | Uint8Array; readonly key: string | Uint8Array };
  readonly limits?: Partial<ReceiverLimits>;
}

export interface ReceiverLimits {
  /** Connections at once, in all and of one network. */
  readonly connections: number;
  readonly ofNetwork: number;
  /** Milliseconds without a byte, and of a connection in all: who sends slowly does not hold a place for long. */
  readonly idleMs: number;
  readonly wholeMs: number;
  /** Connections and recipients of a network at once, and a second in the long run. */
  readonly tries: { readonly capacity: number; readonly refillPerSecond: number };
}

const LIMITS: ReceiverLimits = {
  connections: 100,
  ofNetwork: 10,
  idleMs: 60_000,
  wholeMs: 300_000,
  tries: { capacity: 100, refillPerSecond: 0.2 },
};
const REMEMBERED_NETWORKS = 10_000;
/** So much of a mail that is too large is read to its end, so that its sender learns why; of more the connection is cut. */
const MOST_READ = 32 * MAX_ANSWER_MAIL_BYTES;
/** Mails that are in mid-sending when the board stops. */
const CLOSE_MS = 2_000;

export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens when it resolves. `domain`: the desk's `answersDomain`. Throws what listening throws. */
export async function receiveAnswers(
  desk: Desk,
  domain: string,
  options: ReceiverOptions,
): Promise<Receiver> {
  const limits = { ...LIMITS, ...options.limits };
  const tries = createLimiter({ ...limits.tries, maxKeys: REMEMBERED_NETWORKS, clock: desk.clock });
  /** By session: it has one recipient at a time. */
  const letters = new Map<string, AnswerableLetter>();
  const server = new SMTPServer({
    name: domain,
    size: MAX_ANSWER_MAIL_BYTES,
    ...(options.tls && { cert: Buffer.from(options.tls.cert), key: Buffer.from(options.tls.key) }),
    // The library begins with 1.0 (against RFC 8996), which is as good as what this machine's own settings refuse.
    minVersion: "TLSv1.2",
    disabledCommands: options.tls === undefined ? ["AUTH", "STARTTLS"] : ["AUTH"],
    disableReverseLookup: true,
    socketTimeout: limits.idleMs,
    closeTimeout: CLOSE_MS,
    logger: false,
    onConnect({ remoteAddress }, done) {
      done(
        isTooMuch(tries, remoteAddress)
          ? refusal(421, "Too much comes from your network: try again later")
          : null,
      );
    },
    onMailFrom(_address, { id }, done) {
      letters.delete(id);
      done();
    },
    onRcptTo({ address }, { id, remoteAddress }, done) {
      if (letters.has(id)) return done(refusal(452, "One recipient at a time"));
      if (isTooMuch(tries, remoteAddress)) return done(refusal(450, "Too much comes from your network"));
      findLetter(desk, address).then(
        (letter) => {
          if (letter === null) return done(refusal(550, "There is no such address here"));
          letters.set(id, letter);
          done();
        },
        () => done(refusal(451, "Try again later")),
      );
    },
    onData(stream, { id }, done) {
      const letter = letters.get(id);
      letters.delete(id);
      take(desk, letter, stream, () => cut(server, id)).then(
        (said) => done(null, said),
        (error) => done(asReply(error)),
      );
    },
    onClose({ id }) {
      letters.delete(id);
    },
  });
  // What a connection breaks with holds its address.
  server.on("error", () => {});
  boundConnections(server, limits);
  const listening = server.listen(options.port, options.host);
  try {
    await once(listening, "listening");
  } catch (error) {
    listening.close();
    throw error;
  }
  const at = listening.address();
  const port = typeof at === "object" && at !== null ? at.port : options.port;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/**
 * Below the protocol: a place is given back whatever is said on it. Sockets are asked whether they are closed rather than listened
 * to, since an upgrade to TLS takes all listeners off them.
 */
function boundConnections(server: SMTPServer, { connections, ofNetwork, wholeMs }: ReceiverLimits): void {
  server.server.maxConnections = connections;
  let open: { readonly socket: Socket; readonly network: string; readonly timer: NodeJS.Timeout }[] = [];
  server.server.prependListener("connection", (socket: Socket) => {
    for (const { timer } of open.filter(({ socket: { destroyed } }) => destroyed)) clearTimeout(timer);
    open = open.filter(({ socket: { destroyed } }) => !destroyed);
    const network = networkKey(socket.remoteAddress);
    if (open.filter((other) => other.network === network).length >= ofNetwork) {
      socket.on("error", () => {});
      socket.destroy();
      return;
    }
    open.push({ socket, network, timer: setTimeout(() => socket.destroy(), wholeMs).unref() });
  });
}

async function findLetter(desk: Desk, address: string): Promise<AnswerableLetter | null> {
  const localPart = answerLocalPartOf(desk, address);
  return localPart === null ? null : await answerableAt(desk, localPart);
}

/** What the sender's server is told. */
async function take(
  desk: Desk,
  letter: AnswerableLetter | undefined,
  stream: SMTPServerDataStream,
  tooLong: () => void,
): Promise<string> {
  const mail = await readMail(stream, tooLong);
  if (letter === undefined) throw refusal(503, "Say first to whom");
  if (mail === null) throw refusal(552, "An answer has one megabyte at most");
  const { verified } = await takeAnswer(desk, letter, mail);
  return verified
    ? "Taken, and published"
    : "Taken, and not published: see the letter for what an answer must be";
}

/** Null for one that is too large. */
async function readMail(stream: SMTPServerDataStream, tooLong: () => void): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_ANSWER_MAIL_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    if (length > MOST_READ) tooLong();
  }
  return length > MAX_ANSWER_MAIL_BYTES ? null : new Uint8Array(Buffer.concat(chunks));
}

function cut(server: SMTPServer, session: string): void {
  for (const connection of server.connections) {
    if (connection.session.id === session) connection.close();
  }
}

function isTooMuch(tries: Limiter, address: string): boolean {
  return !tries.take(networkKey(address)).ok;
}

interface Reply extends Error {
  responseCode: number;
}

function refusal(responseCode: number, message: string): Reply {
  return Object.assign(new Error(message), { responseCode });
}

/** A sender's server tries again later on all that passes, and hears of nothing else that went wrong here. */
function asReply(error: unknown): Reply {
  if (error instanceof Error && "responseCode" in error) return error as Reply;
  if (error instanceof DeskError && error.code === "answers-full") {
    return refusal(552, "There is no room for more answers of this kind");
  }
  return refusal(451, "Try again later");
}
