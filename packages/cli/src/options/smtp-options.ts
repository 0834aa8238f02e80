/** The mail server that takes a registrar's codes, or letters that a board hands over. */
import type { SmtpOptions } from "@undersigned/service";
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

const HOST = ["--smtp-host <name>", "mail server; reached over TLS unless it is this machine"] as const;

export function withSmtp(command: Command): Command {
  return withServer(
    command.requiredOption(...HOST).requiredOption("--smtp-from <address>", "sender of the codes"),
  );
}

/** For a board, which can do without: `--mail-from` instead of `--smtp-from`. */
export function withOptionalSmtp(command: Command): Command {
  return withServer(
    command
      .option(...HOST)
      .option("--mail-from <address>", "sender of letters that are handed over; with --smtp-host"),
  );
}

function withServer(command: Command): Command {
  return command
    .option("--smtp-port <n>", "its port", portNumber, 587)
    .option("--smtp-tls", "TLS from the first byte (port 465) instead of STARTTLS")
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

export interface OptionalSmtpFlags extends Omit<SmtpFlags, "smtpHost" | "smtpFrom"> {
  readonly smtpHost?: string;
  readonly mailFrom?: string;
}

/** Null where no mail is sent. Throws CliError `usage`. */
export async function optionalSmtpOptions(flags: OptionalSmtpFlags): Promise<SmtpOptions | null> {
  const { smtpHost, mailFrom, ...rest } = flags;
  if (smtpHost === undefined && mailFrom === undefined) return null;
  if (smtpHost === undefined || mailFrom === undefined) {
    throw new CliError("usage", "Give --smtp-host and --mail-from together.");
  }
  return await smtpOptions({ ...rest, smtpHost, smtpFrom: mailFrom });
}

async function readPassword({
  smtpPasswordFile,
  smtpPasswordFd,
}: Pick<SmtpFlags, "smtpPasswordFile" | "smtpPasswordFd">): Promise<string | undefined> {
  if (smtpPasswordFd !== undefined) return readFirstLine(smtpPasswordFd);
  if (smtpPasswordFile === undefined) return undefined;
  const bytes = await readInput(smtpPasswordFile, "--smtp-password-file", 4096);
  return new TextDecoder().decode(bytes).split(/\r?\n/, 1)[0] ?? "";
}
