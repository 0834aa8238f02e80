/**
 * A name server on this machine (RFC 1035, UDP) that knows the TXT records it is given and denies all other names. So the board
 * looks the keys of answers up as it does at work, by its own resolver.
 */
import { createSocket } from "node:dgram";

export type DnsServer = {
  /** As a resolver takes it: `127.0.0.1:5353`. */
  readonly server: string;
  readonly close: () => Promise<void>;
};

const TXT = 16;
const INTERNET = 1;
const HEADER_BYTES = 12;
/** An answer, authoritative; and that there is no such name. */
const FOUND = 0x8400;
const NO_SUCH_NAME = 0x8403;
const STRING_MOST = 255;

/** `records`: by name, in lower case. Each must fit into one packet of 512 bytes. */
export async function startDnsServer(records: Readonly<Record<string, string>>): Promise<DnsServer> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const reply = answer(query, records);
    if (reply !== null) socket.send(reply, port, address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(0, "127.0.0.1", resolve);
  });
  return {
    server: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Null for what is no query. */
function answer(query: Buffer, records: Readonly<Record<string, string>>): Buffer | null {
  const question = readQuestion(query);
  if (question === null) return null;
  const { name, end } = question;
  const asksText = query.readUInt16BE(end - 4) === TXT && query.readUInt16BE(end - 2) === INTERNET;
  const record = asksText && Object.hasOwn(records, name) ? records[name] : undefined;
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(record === undefined ? NO_SUCH_NAME : FOUND, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(record === undefined ? 0 : 1, 6);
  const parts = [header, query.subarray(HEADER_BYTES, end)];
  if (record !== undefined) parts.push(textRecord(record));
  return Buffer.concat(parts);
}

/** The only question, and where it ends. */
function readQuestion(query: Buffer): { name: string; end: number } | null {
  if (query.length < HEADER_BYTES || query.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const length = query[at];
    if (length === undefined || length > 63) return null;
    at += 1;
    if (length === 0) break;
    labels.push(query.toString("latin1", at, at + length));
    at += length;
  }
  const end = at + 4;
  return end > query.length ? null : { name: labels.join(".").toLowerCase(), end };
}

/** The name is a pointer to the question's. */
function textRecord(text: string): Buffer {
  const bytes = Buffer.from(text, "latin1");
  const strings: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += STRING_MOST) {
    const string = bytes.subarray(at, at + STRING_MOST);
    strings.push(Buffer.from([string.length]), string);
  }
  const data = Buffer.concat(strings);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(INTERNET, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
