/** How a signatory appears (PROTOCOL §7). A name in the arguments can be read by others on this machine, so it is asked. */
import type { Appearance } from "@undersigned/core";
import { type Command, Option } from "commander";
import { CliError } from "../errors.ts";
import { readFirstLine } from "../io/descriptors.ts";
import { say } from "../io/output.ts";
import { ask } from "../io/prompt.ts";
import { descriptor } from "./values.ts";

export interface AppearanceOptions {
  readonly as: Appearance["kind"];
  readonly name?: string;
  readonly nameFd?: number;
  readonly role?: string;
  readonly place?: string;
}

/** `mandatory`: unless something else says it. */
export function withAppearance(command: Command, mandatory = true): Command {
  return command
    .addOption(
      new Option("--as <kind>", "how you appear: nothing shown, role and place, or your name")
        .choices(["anonymous", "role", "named"])
        .makeOptionMandatory(mandatory),
    )
    .option("--name <name>", "with --as named; asked for if left out, which nobody else on this machine sees")
    .addOption(
      new Option("--name-fd <n>", "read the name from this descriptor")
        .argParser(descriptor)
        .conflicts("name"),
    )
    .option("--role <role>", "a role of the workforce's list")
    .option("--place <place>", "a place of the workforce's list");
}

/** Throws CliError `usage` for a combination that shows something else than it says. */
export async function readAppearance(options: AppearanceOptions): Promise<Appearance> {
  const { as, role = null, place = null } = options;
  const hasName = options.name !== undefined || options.nameFd !== undefined;
  if (as !== "named" && hasName) {
    throw new CliError("usage", "A name is shown with --as named only. Leave it out, or say --as named.");
  }
  if (as === "anonymous") {
    if (role === null && place === null) return { kind: "anonymous" };
    throw new CliError(
      "usage",
      "With --as anonymous nothing is shown. Leave --role and --place out, or say --as role.",
    );
  }
  if (as === "role") {
    if (role !== null) return { kind: "role", role, place };
    throw new CliError("usage", "Say which --role is to be shown.");
  }
  return { kind: "named", name: (await readName(options)).normalize("NFC"), confirmed: null, role, place };
}

async function readName({ name, nameFd }: AppearanceOptions): Promise<string> {
  if (nameFd !== undefined) return readFirstLine(nameFd);
  if (name === undefined) return ask("Name to be shown: ", "--name-fd");
  say(
    "warning: other users of this machine can read a name in the arguments. Leave --name out to be asked for it.",
  );
  return name;
}
