/**
 * Operators of a page's content with what they are applied to (ISO 32000-1, 7.8.2 and 7.2), and where each begins and ends.
 * Numbers are numbers; names keep their slash; strings are bytes, a byte a character; what opens stands as it is, so that arrays
 * and dictionaries are flat lists.
 */
export type Operand = number | string | Bytes;

export interface Bytes {
  readonly bytes: string;
}

export interface Operation {
  readonly operator: string;
  readonly operands: readonly Operand[];
  readonly from: number;
  readonly to: number;
}

const TOKEN = /\s*(?:<<|>>|\[|\]|<([\da-fA-F\s]*)>|\(|\/[^\s/<>[\]()]*|[^\s/<>[\]()]+)/y;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

export function operationsOf(content: string): Operation[] {
  const operations: Operation[] = [];
  let operands: Operand[] = [];
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(content); match !== null; match = TOKEN.exec(content)) {
    const token = match[0].trimStart();
    if (operands.length === 0) from = TOKEN.lastIndex - token.length;
    if (match[1] !== undefined) {
      operands.push({ bytes: Buffer.from(match[1].replace(/\s/g, ""), "hex").toString("latin1") });
    } else if (token === "(") {
      const { bytes, to } = literal(content, TOKEN.lastIndex);
      operands.push({ bytes });
      TOKEN.lastIndex = to;
    } else if (NUMBER.test(token)) operands.push(Number(token));
    else if (/^(?:\/|<<$|>>$|\[$|\]$)/.test(token)) operands.push(token);
    else {
      operations.push({ operator: token, operands, from, to: TOKEN.lastIndex });
      operands = [];
    }
    from = operands.length === 0 ? TOKEN.lastIndex : from;
  }
  return operations;
}

/** A string in parentheses, from behind the first. */
function literal(content: string, from: number): { bytes: string; to: number } {
  let bytes = "";
  let depth = 1;
  for (let at = from; at < content.length; at++) {
    const char = content[at]!;
    if (char === "\\") {
      const octal = /^[0-7]{1,3}/.exec(content.slice(at + 1, at + 4))?.[0];
      const next = content[at + 1]!;
      if (octal !== undefined) bytes += String.fromCharCode(Number.parseInt(octal, 8) & 255);
      else if (next !== "\n") bytes += ESCAPES[next] ?? next;
      at += octal?.length ?? 1;
      continue;
    }
    if (char === "(") depth++;
    if (char === ")" && --depth === 0) return { bytes, to: at + 1 };
    bytes += char;
  }
  throw new Error("A string has no end.");
}
