/** Makes inputs from inputs that are right: bytes, lines and JSON values, changed in ways that parsers trip over. */
import { type JsonValue, utf8Encode } from "@undersigned/core";
import type { SeededRandom } from "../kit/seeded-random.ts";
import { PLANTED } from "./target.ts";

/** Pieces that have meant something to one parser or another. */
const WORDS = [
  ...'\0 \r \n \r\n \t " \\ : ; , . = < > ( ) [ ] { } @ * + - _ / | ` ~'.split(" "),
  ...["\r\n ", "\r\n\t", "\r\n\r\n", "\u00a0", "\u2028", "\ufeff", "\ud800", "e\u0301", "ﬁ", "İ", "\u202e"],
  ...[
    PLANTED,
    "null",
    "true",
    "-0",
    "1e400",
    "9007199254740993",
    "__proto__",
    "constructor",
    "type",
    "v",
    "sig",
  ],
  ...[
    "v=1;",
    "b=",
    "bh=",
    "h=",
    "l=0;",
    "x=1;",
    "d=example.com;",
    "From:",
    "To: ",
    "Date: ",
    "Resent-To:",
    "=?utf-8?q?=40?=",
  ],
  ...["group:a@example.com;", '"a b"@example.com', "xn--", "\u2014 ", "AAAA", "====", "%00", "../", "🖋"],
];

/** One to four changes. Never longer than `most` bytes. */
export function mutateBytes(
  random: SeededRandom,
  seed: Uint8Array,
  others: readonly Uint8Array[],
  most: number,
): Uint8Array {
  let bytes = seed;
  for (let changes = 1 + random.below(4); changes > 0; changes--) bytes = changeOnce(random, bytes, others);
  return bytes.subarray(0, most);
}

function changeOnce(random: SeededRandom, bytes: Uint8Array, others: readonly Uint8Array[]): Uint8Array {
  const at = random.below(bytes.length + 1);
  const length = random.below(Math.min(64, bytes.length - at) + 1);
  const other = others[random.below(others.length)] as Uint8Array;
  switch (random.below(10)) {
    case 0:
      return splice(bytes, at, Math.min(1, bytes.length - at), random.bytes(1));
    case 1:
      return flip(bytes, random);
    case 2:
      return splice(bytes, at, 0, utf8Word(random));
    case 3:
      return splice(bytes, at, length, utf8Word(random));
    case 4:
      return splice(bytes, at, length, new Uint8Array());
    case 5:
      return splice(bytes, at, 0, bytes.subarray(at, at + length));
    case 6:
      return splice(bytes, at, length, other.subarray(random.below(other.length + 1)).subarray(0, 200));
    case 7:
      return onLines(random, bytes);
    case 8:
      return bytes.subarray(0, at);
    default:
      return splice(bytes, at, 0, repeated(random));
  }
}

function splice(bytes: Uint8Array, at: number, without: number, piece: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length - without + piece.length);
  out.set(bytes.subarray(0, at));
  out.set(piece, at);
  out.set(bytes.subarray(at + without), at + piece.length);
  return out;
}

function flip(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  if (bytes.length === 0) return bytes;
  const out = bytes.slice();
  out[random.below(out.length)]! ^= 1 << random.below(8);
  return out;
}

function utf8Word(random: SeededRandom): Uint8Array {
  return new TextEncoder().encode(WORDS[random.below(WORDS.length)]);
}

/** The same short piece very often: what is quadratic shows here. */
function repeated(random: SeededRandom): Uint8Array {
  const piece = Buffer.from(utf8Word(random));
  return new Uint8Array(Buffer.alloc(piece.length * random.below(3_000), piece));
}

/** Lines doubled, moved, dropped, folded or in another case. */
function onLines(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes).toString("latin1").split("\n");
  const at = random.below(lines.length);
  const line = lines[at] as string;
  switch (random.below(5)) {
    case 0:
      lines.splice(random.below(lines.length + 1), 0, line);
      break;
    case 1:
      lines.splice(at, 1);
      lines.splice(random.below(lines.length + 1), 0, line);
      break;
    case 2:
      lines[at] = line.toUpperCase();
      break;
    case 3: {
      const middle = random.below(line.length + 1);
      lines.splice(at, 1, `${line.slice(0, middle)}\r`, ` ${line.slice(middle)}`);
      break;
    }
    default:
      lines[at] = line.replace(/[:=;,@]/, (found) => found + found);
  }
  return new Uint8Array(Buffer.from(lines.join("\n"), "latin1"));
}

const VALUES: readonly JsonValue[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    2 ** 53,
    65_536,
    "",
    "A",
    "é",
    "A".repeat(43),
    "A".repeat(342),
    "a".repeat(5_000),
  ],
  ...[
    "2026-02-30",
    "2026-05-01",
    "mailbox",
    "vouched",
    "mailbox-code",
    "existing-mail",
    "vouch",
    "a@example.com",
  ],
  ...[[], {}, [[]], [null], { type: "x" }, Array.from({ length: 300 }, () => 0)],
];

/** A value with one to three of its parts replaced, dropped, doubled or given a new name; still JSON. */
export function mutateJson(random: SeededRandom, seed: JsonValue): JsonValue {
  let value = seed;
  for (let changes = 1 + random.below(3); changes > 0; changes--) value = changePart(random, value);
  return value;
}

function changePart(random: SeededRandom, value: JsonValue): JsonValue {
  const isLeaf = typeof value !== "object" || value === null || Object.keys(value).length === 0;
  if (isLeaf || random.below(8) === 0) return replacement(random, value);
  if (Array.isArray(value)) {
    const out = [...value];
    const at = random.below(out.length);
    const item = out[at] as JsonValue;
    const way = random.below(5);
    if (way === 0) out.splice(at, 1);
    else if (way === 1) out.splice(random.below(out.length), 0, item);
    else if (way === 2) out.reverse();
    else out[at] = changePart(random, item);
    return out;
  }
  const entries = Object.entries(value);
  const at = random.below(entries.length);
  const [name, item] = entries[at] as [string, JsonValue];
  const way = random.below(6);
  if (way === 0) entries.splice(at, 1);
  else if (way === 1) entries.push([WORDS[random.below(WORDS.length)] as string, replacement(random, item)]);
  else entries[at] = [name, changePart(random, item)];
  return Object.fromEntries(entries);
}

function replacement(random: SeededRandom, value: JsonValue): JsonValue {
  if (typeof value === "string" && value.length > 0 && random.below(2) === 0) {
    const changed = changeOnce(random, new TextEncoder().encode(value), [utf8Encode(value)]);
    return new TextDecoder().decode(changed).normalize("NFC");
  }
  if (typeof value === "number" && random.below(2) === 0) return value + random.below(3) - 1;
  return VALUES[random.below(VALUES.length)] as JsonValue;
}
