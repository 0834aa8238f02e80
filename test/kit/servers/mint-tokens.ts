/**
 * Tokens made directly with a registrar's private keys, read from its key file as the registrar reads it. What comes
 * out is what a client has after unblinding, without the arithmetic of blinding: for tests about what happens after.
 */
import { constants, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { join } from "node:path";
import {
  concatBytes,
  decodeBase64url,
  type EnrolmentTokens,
  encodeBase64url,
  type KeyStatement,
  parseCanonical,
  parseKeyStatement,
  type Secrets,
  type TokenKey,
  tokenKey,
  tokenMessage,
} from "@undersigned/core";
import { openKeyFile } from "@undersigned/service";
import type { World } from "./world.ts";

/** All secrets of a registrar's first epoch, as whoever has its disk and the passphrase has them. */
export type EpochSecrets = {
  readonly statement: KeyStatement;
  readonly tag: Uint8Array;
  readonly mac: Uint8Array;
  readonly code: Uint8Array;
  /** By slot. */
  readonly slots: readonly { readonly key: TokenKey; readonly privateKey: KeyObject }[];
};

export async function openEpochSecrets(world: World, registrar = world.registrar): Promise<EpochSecrets> {
  const read = async (name: string) => {
    const path = join(registrar.dataDir, "keys", name);
    const file = parseCanonical(await openKeyFile(path, { identity: world.identity }), 1_000_000);
    return file as unknown as Record<string, string> & { keys: { slot: number; pkcs8: string }[] };
  };
  const epoch = await read("epoch-1.age");
  const tag = await read("tag-1.age");
  const statement = parseKeyStatement(decodeBase64url(epoch.statement!));
  const { workforce, registrar: identity } = statement;
  return {
    statement,
    tag: decodeBase64url(tag.key!, 32),
    mac: decodeBase64url(epoch.mac!, 32),
    code: decodeBase64url(epoch.code!, 32),
    slots: statement.keys.map((key, i) => ({
      key: tokenKey(
        { workforce, epoch: statement.epoch, slot: key.slot, class: key.class, registrar: identity },
        key.spki,
      ),
      privateKey: createPrivateKey({
        key: Buffer.from(decodeBase64url(epoch.keys[i]!.pkcs8)),
        format: "der",
        type: "pkcs8",
      }),
    })),
  };
}

/** The person's tokens for these slots. */
export function mintTokens(from: EpochSecrets, secrets: Secrets, slots: readonly number[]): EnrolmentTokens {
  const { workforce, epoch } = from.statement;
  const tokens = slots.map((slot) => {
    const { key, privateKey } = from.slots[slot]!;
    const prefix = secrets.tokenPrefix(key, key.spki);
    const message = concatBytes(prefix, tokenMessage(key, secrets.slotSigner(key).publicKey));
    const signature = sign("sha384", message, {
      key: privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 48,
    });
    return {
      slot,
      registrar: key.registrar,
      prefix: encodeBase64url(prefix),
      signature: encodeBase64url(signature),
    };
  });
  return { type: "tokens", v: 1, workforce, epoch, class: "mailbox", tokens, invitations: [], names: [] };
}
