/** Where letters of a board are answered by mail. */
import type { DeskOptions } from "@undersigned/desk";
import type { Command } from "commander";
import { CliError } from "../errors.ts";
import { readInput } from "../io/files.ts";
import { domainName, hostAndPort } from "./values.ts";

export interface AnswersFlags {
  readonly answersDomain?: string;
  readonly answersListen?: { readonly host: string; readonly port: number };
  readonly answersTlsCert?: string;
  readonly answersTlsKey?: string;
}

export function withAnswersDomain(command: Command): Command {
  return command.option(
    "--answers-domain <domain>",
    "domain of the addresses that letters are answered to",
    domainName,
  );
}

export function withAnswers(command: Command): Command {
  return withAnswersDomain(command)
    .option(
      "--answers-listen <host:port>",
      "takes mail to these addresses (SMTP); 0 for any free port",
      hostAndPort,
    )
    .option("--answers-tls-cert <file>", "certificate chain for STARTTLS, PEM")
    .option("--answers-tls-key <file>", "private key of the certificate, PEM");
}

/** Null where no answers are taken. Throws CliError `usage`. */
export async function answersOptions(
  flags: AnswersFlags,
): Promise<NonNullable<DeskOptions["answers"]> | null> {
  const { answersDomain: domain, answersListen: at, answersTlsCert, answersTlsKey } = flags;
  if ((answersTlsCert === undefined) !== (answersTlsKey === undefined)) {
    throw new CliError("usage", "Give --answers-tls-cert and --answers-tls-key together.");
  }
  if (domain === undefined) {
    if (at === undefined && answersTlsCert === undefined) return null;
    throw new CliError(
      "usage",
      "Give --answers-domain too: the domain of the addresses that letters are answered to.",
    );
  }
  if (at === undefined) {
    if (answersTlsCert === undefined) return { domain };
    throw new CliError("usage", "Give --answers-listen too: a certificate is for its connections.");
  }
  const tls =
    answersTlsCert === undefined || answersTlsKey === undefined
      ? undefined
      : {
          cert: await readInput(answersTlsCert, "the certificate"),
          key: await readInput(answersTlsKey, "the certificate's key"),
        };
  return { domain, listen: { ...at, ...(tls && { tls }) } };
}
