/** The limits by themselves, on one core and on all. */
import { availableParallelism } from "node:os";
import type { Rate } from "../lib/rate-threads.ts";
import type { Operation } from "./crypto-thread.ts";
import type { CryptoLimits } from "./node-crypto.ts";
import { type OpensslSpeed, opensslSpeed } from "./openssl-speed.ts";

const OPERATIONS = [
  "rsa-private",
  "rsa-verify",
  "rsa-verify-mail",
  "ed25519-sign",
  "ed25519-verify",
  "ed25519-import-verify",
  "endorsement-check",
] as const satisfies readonly Operation[];

export interface PrimitivesResult {
  readonly node: Readonly<Record<Operation, { readonly one: Rate; readonly all: Rate }>>;
  /** Null where there is no such command. */
  readonly opensslOne: OpensslSpeed | null;
  readonly opensslAll: OpensslSpeed | null;
}

export async function measurePrimitives(limits: CryptoLimits, seconds: number): Promise<PrimitivesResult> {
  const entries = [];
  for (const operation of OPERATIONS) {
    const one = await limits.measure(operation, seconds, 1);
    entries.push([operation, { one, all: await limits.measure(operation, seconds) }] as const);
  }
  // The command counts whole seconds.
  const whole = Math.max(1, Math.round(seconds));
  return {
    node: Object.fromEntries(entries) as PrimitivesResult["node"],
    opensslOne: await opensslSpeed(whole, 1),
    opensslAll: await opensslSpeed(whole, availableParallelism()),
  };
}

export function formatPrimitives({ node, opensslOne, opensslAll }: PrimitivesResult): string {
  const lines = Object.entries(node).map(
    ([name, { one, all }]) =>
      `node:crypto ${name.padEnd(22)} ${Math.round(one.perSecond)}/s on one core, ${Math.round(all.perSecond)}/s on all`,
  );
  for (const [name, rate] of Object.entries(opensslOne ?? {})) {
    const all = opensslAll?.[name as keyof OpensslSpeed];
    lines.push(
      `openssl     ${name.padEnd(22)} ${Math.round(rate)}/s on one core, ${Math.round(all ?? 0)}/s on all`,
    );
  }
  if (opensslOne === null) lines.push("openssl     the command is not installed");
  return lines.join("\n");
}
