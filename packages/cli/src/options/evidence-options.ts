/**
 * What a person enrols with: a mailbox (a code is mailed), a mail that they have, or an invitation. Mailbox and name in the
 * arguments can be read by others on this machine, so they are asked for; an invitation is a secret and never stands there.
 */
import {
  type CheckedMail,
  checkMail,
  type EvidenceOffer,
  mailWindowOf,
  type Registrar,
  readInvitation,
} from "@undersigned/client";
import { canonicalMailbox, suggestName } from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import { type Command, Option } from "commander";
import { CliError } from "../errors.ts";
import { lineReader, readFirstLine } from "../io/descriptors.ts";
import { readInput } from "../io/files.ts";
import { say } from "../io/output.ts";
import { ask, askSecretly } from "../io/prompt.ts";
import { today } from "./log-options.ts";
import { descriptor } from "./values.ts";

export interface EvidenceOptions {
  readonly mailbox?: string;
  readonly mailboxFd?: number;
  readonly codeFd?: number;
  readonly mail?: string;
  readonly invited?: boolean;
  readonly invitationFd?: number;
  readonly name?: string;
  readonly nameFd?: number;
}

const BY_CODE = ["mailbox", "mailboxFd", "codeFd"];
const BY_INVITATION = ["invited", "invitationFd"];
/** A mail may have large attachments; what is read of it is its header. */
const MAX_MAIL_BYTES = 64 * 1024 * 1024;

export function withEvidence(command: Command): Command {
  return command
    .option(
      "--mailbox <address>",
      "your work mailbox, to which codes are mailed; asked for if left out, which nobody else on this machine sees",
    )
    .addOption(
      new Option("--mailbox-fd <n>", "read the mailbox from this descriptor")
        .argParser(descriptor)
        .conflicts("mailbox"),
    )
    .option(
      "--code-fd <n>",
      "read the registrars' codes from this descriptor, a line for each, empty to skip",
      descriptor,
    )
    .addOption(
      new Option(
        "--mail <file>",
        "a saved mail (.eml) that you have, of a sender whom the workforce accepts: nothing is mailed to you",
      ).conflicts([...BY_CODE, ...BY_INVITATION]),
    )
    .addOption(
      new Option(
        "--invited",
        "with a colleague's invitation, which is asked for: you are counted apart",
      ).conflicts([...BY_CODE, "name", "nameFd"]),
    )
    .addOption(
      new Option("--invitation-fd <n>", "read the invitation (its link or text) from this descriptor")
        .argParser(descriptor)
        .conflicts([...BY_CODE, "name", "nameFd"]),
    )
    .option(
      "--name <name>",
      "your name, for registrars to confirm where the workforce has a rule for names; what the mailbox suggests if left out",
    )
    .addOption(
      new Option("--name-fd <n>", "read the name from this descriptor")
        .argParser(descriptor)
        .conflicts("name"),
    );
}

/** `close` ends the reading of codes. */
export interface Offered {
  readonly evidence: EvidenceOffer;
  readonly name: string | null;
  close(): void;
}

/**
 * Reads what the options name and shows what will leave this machine. Throws as `checkMail`, `readInvitation` and
 * `canonicalMailbox` do, and CliError `no-terminal`, `file-missing`, `file-unusable`.
 */
export async function readEvidence(
  view: WorkforceView,
  epoch: number,
  options: EvidenceOptions,
): Promise<Offered> {
  if (options.invited === true || options.invitationFd !== undefined) {
    const invitation = await readInvitation(view, textOf(await readInvitationText(options)));
    if (invitation.epoch !== epoch) throw otherEpoch(invitation.epoch);
    return { evidence: { kind: "vouch", invitation }, name: null, close: () => {} };
  }
  const { names, mailboxes } = view.epochs.get(epoch)!.version.manifest;
  const named = async (mailbox: string) =>
    names === null ? null : ((await readName(options)) ?? suggested(suggestName(mailbox, names)));
  if (options.mail !== undefined) {
    const mail = await checkMail(view, epoch, await readMail(view, epoch, options.mail), today());
    sayWhatLeaves(mail);
    return { evidence: { kind: "existing-mail", mail }, name: await named(mail.mailbox), close: () => {} };
  }
  const mailbox = await readMailbox(options);
  const name = await named(canonicalMailbox(mailbox, mailboxes));
  const codes = codeSource(options);
  return { evidence: { kind: "mailbox-code", mailbox, askCode: codes.ask }, name, close: codes.close };
}

async function readMail(view: WorkforceView, epoch: number, file: string): Promise<Uint8Array> {
  const window = mailWindowOf(view, epoch);
  if (window !== null)
    say(`Mails from ${window.notBefore} to ${window.notAfter} are taken in epoch ${epoch}.`);
  return readInput(file, "--mail", MAX_MAIL_BYTES);
}

function sayWhatLeaves({ fields, sender, key }: CheckedMail): void {
  say(`A mail of ${sender}. These lines of its header go to the registrars, and nothing else of it:`);
  for (const { name, value } of fields) say(`  ${name}: ${value}`);
  if (key === "asked-by-registrars") {
    say(
      "The manifest has no key for its day: all but its signature was checked here, which the registrars will do.",
    );
  }
}

/** A link's fragment is the workforce's id, a full stop and the invitation. */
function textOf(typed: string): string {
  return typed.trim().replace(/^.*[#.]/s, "");
}

async function readInvitationText({ invitationFd }: EvidenceOptions): Promise<string> {
  if (invitationFd !== undefined) return readFirstLine(invitationFd);
  return askSecretly("Invitation (the whole link, not shown): ", "--invitation-fd");
}

function otherEpoch(epoch: number): CliError {
  return new CliError(
    "no-epoch",
    `This invitation is for epoch ${epoch}. Name it with --epoch while it is open.`,
  );
}

async function readMailbox({ mailbox, mailboxFd }: EvidenceOptions): Promise<string> {
  if (mailboxFd !== undefined) return readFirstLine(mailboxFd).trim();
  if (mailbox === undefined) return ask("Your work mailbox: ", "--mailbox-fd");
  say(
    "warning: other users of this machine can read a mailbox in the arguments. Leave --mailbox out to be asked for it.",
  );
  return mailbox;
}

/** The name that the options give; null where they give none. */
export async function readName({ name, nameFd }: EvidenceOptions): Promise<string | null> {
  if (nameFd !== undefined) return readFirstLine(nameFd).trim().normalize("NFC");
  if (name === undefined) return null;
  say("warning: other users of this machine can read a name in the arguments. Use --name-fd.");
  return name.normalize("NFC");
}

function suggested(name: string | null): string | null {
  say(
    name === null
      ? "Your mailbox does not say how your name is written, so none is confirmed. To have it confirmed, give it with --name."
      : `The registrars are asked to confirm the name ${name}. If you write it otherwise, give it with --name.`,
  );
  return name;
}

/** Where codes come from: lines of a descriptor in the order in which they are asked, or the person. */
function codeSource({ codeFd }: EvidenceOptions) {
  const lines = codeFd === undefined ? null : lineReader(codeFd);
  return {
    async ask(registrar: Registrar, wrong: number): Promise<string | null> {
      const again = wrong > 0 ? "That is not the code. " : "";
      const question = `${again}Code in the mail of ${registrar.name} (empty to go on without it): `;
      if (lines === null) return (await ask(question, "--code-fd")) || null;
      say(question);
      return ((await lines.next()) ?? "").trim() || null;
    },
    close: () => lines?.close(),
  };
}
