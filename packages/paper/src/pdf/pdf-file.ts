/**
 * The objects of a PDF as our typesetter writes them: each once, plain, with a table of their places at the end (ISO 32000-1, 7.5);
 * no object streams, no earlier versions. Nothing else is read; whatever is not so throws.
 *
 * Streams are packed in JavaScript: the packer that comes with the runtime makes other bytes on other processors.
 */
import { inflateSync } from "node:zlib";
import { zlibSync } from "fflate";

export class PdfFile {
  readonly #head: string;
  /** Each from `n 0 obj` to `endobj`, in the order of the file, a byte a character. */
  readonly #objects = new Map<number, string>();
  readonly #trailer: string;

  constructor(bytes: Uint8Array) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    const table = Number(matched(file.slice(-64), /startxref\s+(\d+)\s+%%EOF\s*$/)[1]);
    const trailer = file.indexOf("trailer", table);
    const rows = file
      .slice(table, trailer)
      .split("\n")
      .filter((row) => / [nf]\s*$/.test(row));
    const places = rows
      .flatMap((row, id) => (/n\s*$/.test(row) ? [{ id, at: Number(row.slice(0, 10)) }] : []))
      .sort((a, b) => a.at - b.at);
    this.#head = file.slice(0, places[0]!.at);
    for (const [i, { id, at }] of places.entries()) {
      const object = file.slice(at, places[i + 1]?.at ?? table);
      if (!object.startsWith(`${id} 0 obj`)) throw new Error("An object is not where it should be.");
      this.#objects.set(id, object);
    }
    this.#trailer = matched(file.slice(trailer), /trailer\s*(<<[\s\S]*>>)\s*startxref/)[1]!;
  }

  /** With its `n 0 obj`; of a stream the dictionary alone. */
  object(id: number): string {
    const object = this.#objects.get(id);
    if (object === undefined) throw new Error("There is no such object.");
    const stream = object.indexOf("\nstream\n");
    return stream === -1 ? object : object.slice(0, stream);
  }

  ids(): number[] {
    return [...this.#objects.keys()];
  }

  /** Unpacked, a byte a character. */
  stream(id: number): string {
    const object = this.#objects.get(id)!;
    const dictionary = this.object(id);
    const length = Number(matched(dictionary, /\/Length (\d+)\s/)[1]);
    const from = dictionary.length + "\nstream\n".length;
    const bytes = Buffer.from(object.slice(from, from + length), "latin1");
    return dictionary.includes("/Filter") ? inflateSync(bytes).toString("latin1") : bytes.toString("latin1");
  }

  /** A new object, by its number. */
  add(object: string): number {
    const id = this.#size();
    this.#set(id, object);
    return id;
  }

  addStream(content: string): number {
    return this.add(packed(content));
  }

  setStream(id: number, content: string): void {
    this.#set(id, packed(content));
  }

  /** Of an object that has no stream. */
  edit(id: number, change: (object: string) => string): void {
    this.#objects.set(id, change(this.object(id)));
  }

  bytes(): Uint8Array {
    const size = this.#size();
    const rows = Array.from({ length: size }, () => "0000000000 65535 f \n");
    const parts = [this.#head];
    let at = this.#head.length;
    for (const [id, object] of this.#objects) {
      rows[id] = `${String(at).padStart(10, "0")} 00000 n \n`;
      parts.push(object);
      at += object.length;
    }
    const trailer = this.#trailer.replace(/\/Size \d+/, `/Size ${size}`);
    parts.push(`xref\n0 ${size}\n`, ...rows, `trailer\n${trailer}\nstartxref\n${at}\n%%EOF`);
    return new Uint8Array(Buffer.from(parts.join(""), "latin1"));
  }

  #set(id: number, object: string): void {
    this.#objects.set(id, `${id} 0 obj\n${object}\nendobj\n\n`);
  }

  #size(): number {
    return Math.max(...this.#objects.keys()) + 1;
  }
}

function packed(content: string): string {
  const bytes = Buffer.from(zlibSync(Buffer.from(content, "latin1"), { level: 6 })).toString("latin1");
  return `<<\n  /Length ${bytes.length}\n  /Filter /FlateDecode\n>>\nstream\n${bytes}\nendstream`;
}

export function matched(text: string, pattern: RegExp): RegExpExecArray {
  const match = pattern.exec(text);
  if (match === null) throw new Error("The file is not as the typesetter writes it.");
  return match;
}
