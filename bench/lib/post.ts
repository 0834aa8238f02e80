/**
 * Posting over connections that stay open, as cheaply as can be: on a machine of two cores, what the load costs is taken
 * from the server. One request at a time on each connection.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Posted {
  readonly status: number;
  readonly body: Buffer;
}

/** One connection. Answers need a content-length, which both servers send. */
export class Connection {
  readonly #socket: Socket;
  readonly #head: string;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve(posted: Posted): void; reject(error: Error): void } | null = null;

  private constructor(socket: Socket, host: string, path: string) {
    this.#socket = socket;
    this.#head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: `;
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    const fail = () => this.#waiting?.reject(new Error("The server closed a connection."));
    socket.on("error", fail);
    socket.on("close", fail);
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port, host, pathname } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, "connect");
    return new Connection(socket, host, pathname);
  }

  post(body: Buffer): Promise<Posted> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new Error("The server has closed this connection.");
      this.#waiting = { resolve, reject };
      this.#socket.cork();
      this.#socket.write(`${this.#head}${body.length}\r\n\r\n`, "latin1");
      this.#socket.write(body);
      this.#socket.uncork();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = this.#received.toString("latin1", 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    const total = end + 4 + length;
    if (!(this.#received.length >= total)) return;
    const body = this.#received.subarray(end + 4, total);
    this.#received = this.#received.subarray(total);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }
}

const LONGEST_IDLE_MS = 1000;

export interface ClosedLoop {
  readonly answered: number;
  readonly seconds: number;
}

/**
 * As fast as answers come, on `connections` connections, until `next` gives null or `seconds` are over. `done` sees each
 * answer; it throws if one is not as it should be.
 */
export async function closedLoop(
  url: string,
  connections: number,
  seconds: number,
  next: () => Buffer | null,
  done: (posted: Posted) => void,
): Promise<ClosedLoop> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  const began = performance.now();
  const end = began + 1000 * seconds;
  let answered = 0;
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() < end) {
        const body = next();
        if (body === null) break;
        done(await connection.post(body));
        answered++;
      }
    }),
  );
  const took = (performance.now() - began) / 1000;
  for (const connection of open) connection.close();
  return { answered, seconds: took };
}

/**
 * `perSecond` requests a second at moments that nothing delays (Poisson arrivals), for `seconds`. Returns milliseconds from
 * the moment when each was due to its answer, so a server that stalls pays for all that would have come meanwhile.
 */
export async function openLoop(
  url: string,
  perSecond: number,
  seconds: number,
  next: () => Buffer,
  done: (posted: Posted) => void,
): Promise<number[]> {
  // The one that was used last is used first. A server closes those that are idle for some seconds, so they are not used.
  const idle: { readonly connection: Connection; readonly since: number }[] = [];
  const latencies: number[] = [];
  const flying = new Set<Promise<void>>();
  const send = async (due: number) => {
    const free = idle.pop();
    const fresh = free !== undefined && performance.now() - free.since < LONGEST_IDLE_MS;
    if (!fresh) free?.connection.close();
    const connection = fresh ? free.connection : await Connection.open(url);
    done(await connection.post(next()));
    const now = performance.now();
    latencies.push(now - due);
    idle.push({ connection, since: now });
  };
  const random = generator(1);
  const began = performance.now();
  for (let due = began; due < began + 1000 * seconds; due += (-1000 * Math.log(1 - random())) / perSecond) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const one = send(due).finally(() => flying.delete(one));
    flying.add(one);
  }
  await Promise.all(flying);
  for (const { connection } of idle) connection.close();
  return latencies;
}

/** Numbers from 0 to 1, the same in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
