/**
 * What organisers are, do and write lies sealed in the database as the board seals its own (`sealRow`), under a key for each
 * table, which derives from the board's key file. So a seized disk without the passphrase has random ids and no more.
 *
 * The plaintext is canonical JSON, filled up with zero bytes to a multiple of 256, so that the length of an alias or the name
 * of an act does not show. A row is bound to its table and id: one cannot be passed off as another. Who can write
 * to the disk can put back an *older* state of the same row; see decision 21.
 */
import { createHmac } from "node:crypto";
import { openRow, type SealedRow, sealRow } from "@undersigned/board";
import {
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseCanonical,
  type Shape,
} from "@undersigned/core";
import { DeskError } from "../errors.ts";

const BLOCK = 256;
/** A captured copy in base64url, and what is around it. */
const MAX_PLAIN_BYTES = 16 * 1024 * 1024;

/** `id` is the row's primary key: bytes, or text of the code's own. */
export interface Sealer {
  seal(table: string, id: Uint8Array | string, value: JsonValue): Uint8Array;
  /** What was sealed for this row. Throws `desk-damaged` for anything else. */
  open<T>(table: string, id: Uint8Array | string, sealed: Uint8Array, shape: Shape<T>): T;
  /** As the two above, for a file: its length shows. `column` is part of what it is bound to. */
  sealFile(table: string, id: Uint8Array, column: string, file: Uint8Array): Uint8Array;
  openFile(table: string, id: Uint8Array, column: string, sealed: Uint8Array): Uint8Array;
  /** A name for `bytes` under which they can be found again and from which they cannot be guessed; 32 bytes. */
  nameOf(purpose: string, bytes: Uint8Array): Uint8Array;
}

/** `deskKey` gives 32 bytes for each purpose. */
export function createSealer(deskKey: (purpose: string) => Uint8Array): Sealer {
  const keys = new Map<string, Uint8Array>();
  const keyFor = (purpose: string) => {
    const key = keys.get(purpose) ?? deskKey(purpose);
    keys.set(purpose, key);
    return key;
  };
  return {
    seal: (table, id, value) =>
      sealRow(keyFor(`rows/${table}`), placeOf(table, id), filled(encodeCanonical(value))),
    open(table, id, sealed, shape) {
      try {
        const plain = openRow(keyFor(`rows/${table}`), placeOf(table, id), sealed);
        return shape.check(parseCanonical(unfilled(plain), MAX_PLAIN_BYTES), "");
      } catch {
        throw damaged();
      }
    },
    sealFile: (table, id, column, file) => sealRow(keyFor(`rows/${table}`), fileAt(table, id, column), file),
    openFile(table, id, column, sealed) {
      try {
        return openRow(keyFor(`rows/${table}`), fileAt(table, id, column), sealed);
      } catch {
        throw damaged();
      }
    },
    nameOf(purpose, bytes) {
      return createHmac("sha256", keyFor(`names/${purpose}`))
        .update(bytes)
        .digest();
    },
  };
}

function placeOf(table: string, id: Uint8Array | string): SealedRow {
  return { table, row: typeof id === "string" ? id : encodeBase64url(id) };
}

function fileAt(table: string, id: Uint8Array, column: string): SealedRow {
  return { table, row: `${column} ${encodeBase64url(id)}` };
}

function damaged(): DeskError {
  return new DeskError(
    "desk-damaged",
    "A row of the desk does not open: restore the database from its copy.",
  );
}

/** JSON holds no zero byte, so what fills it up can be told from it. */
function filled(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
  all.set(bytes);
  return all;
}

function unfilled(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}
