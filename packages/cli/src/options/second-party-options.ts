/** The second party that a registrar's epoch begins with. */
import type { SecondPartyPin } from "@undersigned/registrar";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { say } from "../io/output.ts";
import { id } from "./values.ts";

export interface SecondPartyFlags {
  readonly secondParty?: string;
  readonly secondPartyKey?: string;
}

export function withSecondParty(command: Command): Command {
  return command
    .option("--second-party <url>", "address of the second party that holds half of what makes a tag")
    .option("--second-party-key <key>", "its key for this epoch, as its operator told you", id);
}

/** Undefined without one; says the fingerprint to compare. Throws CliError `usage` for one option without the other. */
export async function secondPartyPin(flags: SecondPartyFlags): Promise<SecondPartyPin | undefined> {
  const { secondParty: url, secondPartyKey: publicKey } = flags;
  if (url === undefined && publicKey === undefined) return undefined;
  if (url === undefined || publicKey === undefined) {
    throw new CliError("usage", "Give --second-party and --second-party-key together.");
  }
  const { secondPartyFingerprint } = await import("@undersigned/registrar");
  say(`Second party's key: ${secondPartyFingerprint(publicKey)}. Compare this with its operator by voice.`);
  return { url, publicKey };
}
