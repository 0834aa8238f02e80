/** A name server of a few lines (RFC 1035 section 4) that speaks UDP on 127.0.0.1 and answers as it is told. */
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Texts of TXT records, each a list of strings; a refusal; or silence. */
export type DnsAnswer =
  | readonly (readonly string[])[]
  | "no-such-name"
  | "server-failure"
  | "refused"
  | "silence";

const CODES = { "no-such-name": 3, "server-failure": 2, refused: 5 } as const;

export type DnsServer = {
  /** For `Resolver.setServers`. */
  readonly address: string;
  readonly asked: string[];
  close(): Promise<void>;
};

export async function startDns(answer: (name: string) => DnsAnswer): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const told = answer(name);
    if (told === "silence") return;
    const records = typeof told === "string" ? [] : told.map(txtRecord);
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof told === "string" ? CODES[told] : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...records]), from.port, from.address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at] !== 0) {
    const length = query[at]!;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}

function txtRecord(strings: readonly string[]): Buffer {
  const data = Buffer.concat(
    strings.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])),
  );
  const head = Buffer.alloc(12);
  // The question's name by a pointer, TXT, IN, a time to live of zero.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(16, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
