/**
 * What is typed and not saved yet, on the device: sealed by AES-256-GCM under a key that the board hands over at sign-in and that
 * is never stored here. Whoever has the device finds names and texts that tell nothing, and lengths rounded up to 4096 bytes.
 */
import {
  concatBytes,
  decodeBase64url,
  domainHash,
  encodeBase64url,
  encodeCanonical,
  hkdfExpand,
  utf8Encode,
} from "@undersigned/core";
import { STORED_BY_US } from "../../stored-names.ts";

export interface KeptField {
  /** The version that it was typed over; 0 where there was none. */
  readonly base: number;
  /** JSON text. */
  readonly value: string;
  /** Texts that were sent to the board without an answer: any of them may stand there. */
  readonly sent: readonly string[];
}

/** By the field's name. */
export type Kept = Readonly<Record<string, KeptField>>;

export type Storing = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const BLOCK = 4096;
const NONCE = 12;

export class SealedStore {
  readonly #secret: Uint8Array;
  readonly #storage: () => Storing;
  #key: Promise<CryptoKey> | null = null;

  /** `storeKey`: 32 bytes, base64url. `storage` may throw where the browser keeps nothing; then nothing is kept. */
  constructor(storeKey: string, storage: () => Storing) {
    this.#secret = decodeBase64url(storeKey, 32);
    this.#storage = storage;
  }

  /** Empty where nothing is kept, or nothing that opens under this key. */
  async read(document: string): Promise<Kept> {
    const name = this.#name(document);
    try {
      const text = this.#storage().getItem(name);
      if (text === null) return {};
      const bytes = decodeBase64url(text);
      const opened = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: unshared(bytes.subarray(0, NONCE)), additionalData: this.#about(document) },
        await this.#sealing(),
        unshared(bytes.subarray(NONCE)),
      );
      return JSON.parse(new TextDecoder().decode(opened)) as Kept;
    } catch {
      return {};
    }
  }

  /**
   * Keeps what `change` makes of what is kept; nothing takes the entry away. Resolves when that is done, to whether this browser
   * keeps anything. Two tabs take turns where browsers have locks.
   */
  update(document: string, change: (kept: Kept) => Kept): Promise<boolean> {
    const locks = globalThis.navigator?.locks;
    const work = async () => this.#write(document, change(await this.read(document)));
    return locks === undefined ? work() : locks.request(this.#name(document), work);
  }

  async #write(document: string, kept: Kept): Promise<boolean> {
    const name = this.#name(document);
    try {
      if (Object.keys(kept).length === 0) {
        this.#storage().removeItem(name);
        return true;
      }
      const text = utf8Encode(JSON.stringify(kept));
      const padded = new Uint8Array(Math.ceil(text.length / BLOCK) * BLOCK).fill(0x20);
      padded.set(text);
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv: nonce, additionalData: this.#about(document) },
        await this.#sealing(),
        padded,
      );
      this.#storage().setItem(name, encodeBase64url(concatBytes(nonce, new Uint8Array(sealed))));
      return true;
    } catch {
      return false;
    }
  }

  /** Tells nobody without the key whose it is, or which document's. */
  #name(document: string): string {
    const about = encodeCanonical({ document, key: encodeBase64url(this.#secret) });
    return `${STORED_BY_US}${encodeBase64url(domainHash("desk-kept-name", about)).slice(0, 22)}`;
  }

  #about(document: string): Uint8Array<ArrayBuffer> {
    return unshared(utf8Encode(document));
  }

  #sealing(): Promise<CryptoKey> {
    this.#key ??= crypto.subtle.importKey(
      "raw",
      unshared(hkdfExpand(this.#secret, utf8Encode("undersigned/desk-kept/v1"), 32)),
      "AES-GCM",
      false,
      ["encrypt", "decrypt"],
    );
    return this.#key;
  }
}

/** WebCrypto takes only views of unshared memory; bytes here are always that. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
