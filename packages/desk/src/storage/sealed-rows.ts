/**
 * What organisers are, do and write lies sealed in the database: AES-256-GCM (NIST SP 800-38D) under a key for each table,
 * which derives from the board's key file. So a seized disk without the passphrase has random ids and no more.
 *
 *     nonce (12 random bytes) ‖ ciphertext ‖ tag (16)        additional data: JCS {"id","table"}
 *
 * The plaintext is canonical JSON, filled up with zero bytes to a multiple of 256, so that the length of an alias or the name
 * of an act does not show. The additional data binds a row to its place: one cannot be passed off as another. Who can write
 * to the disk can put back an *older* state of the same row; see decision 21.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import {
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseCanonical,
  type Shape,
} from "@undersigned/core";
import { DeskError } from "../errors.ts";

const NONCE = 12;
const TAG = 16;
const BLOCK = 256;
/** A captured copy in base64url, and what is around it. */
const MAX_PLAIN_BYTES = 16 * 1024 * 1024;

/** `id` is the row's primary key: bytes, or text of the code's own. */
export interface Sealer {
  seal(table: string, id: Uint8Array | string, value: JsonValue): Uint8Array;
  /** What was sealed for this row. Throws `desk-damaged` for anything else. */
  open<T>(table: string, id: Uint8Array | string, sealed: Uint8Array, shape: Shape<T>): T;
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
    seal(table, id, value) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", keyFor(`rows/${table}`), nonce, { authTagLength: TAG });
      cipher.setAAD(placeOf(table, id));
      const plain = filled(encodeCanonical(value));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(table, id, sealed, shape) {
      try {
        const key = keyFor(`rows/${table}`);
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE), {
          authTagLength: TAG,
        });
        decipher.setAAD(placeOf(table, id));
        decipher.setAuthTag(sealed.subarray(-TAG));
        const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
        return shape.check(parseCanonical(unfilled(plain), MAX_PLAIN_BYTES), "");
      } catch {
        throw new DeskError(
          "desk-damaged",
          "A row of the desk does not open: restore the database from its copy.",
        );
      }
    },
    nameOf(purpose, bytes) {
      return createHmac("sha256", keyFor(`names/${purpose}`))
        .update(bytes)
        .digest();
    },
  };
}

function placeOf(table: string, id: Uint8Array | string): Uint8Array {
  return encodeCanonical({ id: typeof id === "string" ? id : encodeBase64url(id), table });
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
