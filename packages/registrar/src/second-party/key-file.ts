/**
 * The second party's secrets at rest, below its own `<data>/keys`:
 *
 *     second-party-<n>.age          {type: "second-party-key", v: 1, workforce, epoch, key: B32}
 *     second-party-<n>.record.json  see record.ts
 */
import { decodeBase64url, encodeBase64url, epochNumber, hash32, shape, version1 } from "@undersigned/core";
import { type Lock, wipe } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";
import { damaged, keyPath, readPayload, writePayload } from "../keys/key-files.ts";
import { keyOf, makeSecretKey, type VoprfKey } from "./voprf.ts";

const payloadShape = shape.object({
  type: shape.literal("second-party-key"),
  v: version1,
  workforce: hash32,
  epoch: epochNumber,
  key: hash32,
});

export type SecondPartyKey = { readonly workforce: string; readonly epoch: number; readonly key: VoprfKey };

/** Below `keys`. */
export function keyFileOf(epoch: number): string {
  return `second-party-${epoch}.age`;
}

const pathOf = (dataDir: string, epoch: number) => keyPath(dataDir, keyFileOf(epoch));

/** Null when the file is not there. Throws as `readPayload`. */
export async function readKey(dataDir: string, lock: Lock, epoch: number): Promise<SecondPartyKey | null> {
  const payload = await readPayload(pathOf(dataDir, epoch), lock, payloadShape);
  if (payload === null) return null;
  if (payload.epoch !== epoch) throw damaged();
  try {
    return { workforce: payload.workforce, epoch, key: keyOf(decodeBase64url(payload.key, 32)) };
  } catch (error) {
    if (error instanceof RegistrarError) throw damaged();
    throw error;
  }
}

/** Makes a key and seals it. Throws as `writePayload`. */
export async function makeKey(dataDir: string, lock: Lock, workforce: string, epoch: number): Promise<void> {
  const secretKey = makeSecretKey();
  try {
    const key = encodeBase64url(secretKey);
    await writePayload(pathOf(dataDir, epoch), lock, {
      type: "second-party-key",
      v: 1,
      workforce,
      epoch,
      key,
    });
  } finally {
    wipe(secretKey);
  }
}
