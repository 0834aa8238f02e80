/** An authenticator in software (Web Authentication Level 3, §6): one P-256 credential, as `navigator.credentials` gives it as JSON. */
import { createHash, createSign, generateKeyPairSync } from "node:crypto";
import type { JsonObject } from "@undersigned/core";
import { randomBytes } from "@undersigned/core";

const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

type Cbor = number | string | Uint8Array | Map<number | string, Cbor>;

/** What of RFC 8949 an attestation needs. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, n: number) => {
    if (n < 24) return Buffer.from([(major << 5) | n]);
    if (n < 256) return Buffer.from([(major << 5) | 24, n]);
    return Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
  };
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string") return Buffer.concat([head(3, value.length), Buffer.from(value)]);
  if (value instanceof Map) {
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([k, v]) => [cbor(k), cbor(v)])]);
  }
  return Buffer.concat([head(2, value.length), value]);
}

export class Authenticator {
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly id: string = b64(randomBytes(32));
  /** 0: does not count. */
  counter = 0;
  /** Whether it asks for a finger or a PIN. */
  verifies = true;

  #data(rpId: string, flags: number, more: Uint8Array = new Uint8Array()): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const all = flags | PRESENT | (this.verifies ? VERIFIED : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([all]), counter, more]);
  }

  /** For options of `passkey-options`. */
  create(options: JsonObject, origin: string, format = "none"): JsonObject {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const key = new Map<number | string, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x!, "base64url")],
      [-3, Buffer.from(y!, "base64url")],
    ]);
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, cbor(key)]);
    const { rp, challenge } = options as { rp: JsonObject; challenge: string };
    const attestation = new Map<string, Cbor>([
      ["fmt", format],
      ["attStmt", new Map(format === "none" ? [] : [["x5c", Buffer.from("a certificate")]])],
      ["authData", this.#data(`${rp.id}`, ATTESTED, credential)],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData("webauthn.create", challenge, origin),
        attestationObject: b64(cbor(attestation)),
      },
    };
  }

  get(rpId: string, challenge: string, origin: string): JsonObject {
    if (this.counter > 0) this.counter += 1;
    const data = this.#data(rpId, 0);
    const clientDataJSON = clientData("webauthn.get", challenge, origin);
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = createSign("sha256").update(signed).sign(this.#keys.privateKey);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON, authenticatorData: b64(data), signature: b64(signature) },
    };
  }
}

function clientData(type: string, challenge: string, origin: string): string {
  return b64(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
}
