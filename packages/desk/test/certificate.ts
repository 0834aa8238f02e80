/** A certificate that signs itself (RFC 5280), for one name, as DER that is written here: a client of tests trusts it and no other. */
import { generateKeyPairSync, sign } from "node:crypto";

/** PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export function selfSigned(name: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(0x30, oid("2a8648ce3d040302")); // ecdsa-with-SHA256
  const distinguished = der(0x30, der(0x31, der(0x30, oid("550403"), der(0x0c, text(name)))));
  const always = der(0x30, der(0x18, text("20000101000000Z")), der(0x18, text("99991231235959Z")));
  const isAuthority = der(0x30, oid("551d13"), der(0x04, der(0x30, der(0x01, Buffer.of(0xff)))));
  const names = der(0x30, oid("551d11"), der(0x04, der(0x30, der(0x82, text(name)))));
  const signed = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))), // version 3
    der(0x02, Buffer.of(1)),
    ...[algorithm, distinguished, always, distinguished],
    publicKey.export({ format: "der", type: "spki" }),
    der(0xa3, der(0x30, isAuthority, names)),
  );
  const signature = sign("sha256", signed, privateKey);
  const whole = der(0x30, signed, algorithm, der(0x03, Buffer.of(0), signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString("base64")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: "pem", type: "pkcs8" }) as string,
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), value]);
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, "hex"));
const text = (value: string): Buffer => Buffer.from(value, "latin1");
