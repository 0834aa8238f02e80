/** The mail server that takes a registrar's codes. */
import type { SmtpOptions } from "@undersigned/registrar";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { readFirstLine } from "../io/descriptors.ts";
import { readInput } from "../io/files.ts";
import { descriptor, portNumber } from "./values.ts";

export interface SmtpFlags {
  readonly smtpHost: string;
  readonly smtpPort: number;
  readonly smtpTls?: boolean;
  readonly smtpFrom: string;
  readonly smtpUser?: string;
  readonly smtpPasswordFile?: string;
  readonly smtpPasswordFd?: number;
}

export function withSmtp(command: Command): Command {
  return command
    .requiredOption("--smtp-host <name>", "mail server; reached over TLS unless it is this machine")
    .option("--smtp-port <n>", "its port", portNumber, 587)
    .option("--smtp-tls", "TLS from the first byte (port 465) instead of STARTTLS")
    .requiredOption("--smtp-from <address>", "sender of the codes")
    .option("--smtp-user <name>", "user name at the mail server")
    .option("--smtp-password-file <file>", "file whose first line is its password")
    .option("--smtp-password-fd <n>", "descriptor whose first line is its password", descriptor);
}

/** Throws CliError `usage` for a user without password or the reverse. */
export async function smtpOptions(flags: SmtpFlags): Promise<SmtpOptions> {
  const { smtpHost: host, smtpPort: port, smtpFrom: from, smtpUser: user } = flags;
  const password = await readPassword(flags);
  if ((user === undefined) !== (password === undefined)) {
    throw new CliError("usage", "Give --smtp-user together with --smtp-password-file or --smtp-password-fd.");
  }
  return {
    host,
    port,
    from,
    ...(flags.smtpTls === true && { secure: true }),
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
  };
}

async function readPassword({ smtpPasswordFile, smtpPasswordFd }: SmtpFlags): Promise<string | undefined> {
  if (smtpPasswordFd !== undefined) return readFirstLine(smtpPasswordFd);
  if (smtpPasswordFile === undefined) return undefined;
  const bytes = await readInput(smtpPasswordFile, "--smtp-password-file", 4096);
  return new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? "";
}
