/**
 * Checks an existing mail on the device before anything of it leaves (PROTOCOL §9; decision 13): as a registrar will check
 * it, but with the pinned keys only, since a browser cannot ask DNS. The file is whatever a person dropped.
 */
import { canonicalMailbox, type Day, dayNumber, type MailWindow, mailWindow } from "@undersigned/core";
import {
  checkPolicy,
  cutDown,
  keyFromPinned,
  keyRecordName,
  listedSignatures,
  MailError,
  type MailKey,
  type MailPolicy,
  type MailSignature,
  mailDay,
  mailRecipient,
  type ParsedHeader,
  parseHeader,
  verifyHeader,
} from "@undersigned/mail";
import { ClientError } from "./errors.ts";
import { type ClientView, rulesOf } from "./view.ts";

/** A mail that will do, and all that leaves the device of it. */
export interface CheckedMail {
  /** The mailbox that it proves, in canonical form. */
  readonly mailbox: string;
  /** The header cut down to what the sender signed: this is sent, and nothing else of the mail. */
  readonly header: Uint8Array;
  /** The same for showing, one by one. Text from a stranger's mail: show it as text only. */
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** The signature's bytes, by which registrars know the mail again. */
  readonly signature: Uint8Array;
  /** The sender's name in the manifest. */
  readonly sender: string;
  readonly day: Day;
  /** `asked-by-registrars`: the manifest has no key for that day, and only the registrars will verify the signature. */
  readonly key: "pinned" | "asked-by-registrars";
}

/** Which days a mail may have in an epoch; null where it takes none, or no day is left. Throws `epoch-unknown`. */
export function mailWindowOf(view: ClientView, epoch: number): MailWindow | null {
  const { existingMail } = rulesOf(view, epoch);
  const logged = view.epochs.get(epoch);
  if (existingMail === null || logged === undefined) return null;
  const earlier = [...view.epochs].filter(
    ([number, { version }]) => number < epoch && version.manifest.existingMail !== null,
  );
  return mailWindow(
    existingMail,
    logged.leaf.closes,
    earlier.map(([, { leaf }]) => leaf.closes),
  );
}

/**
 * Checks the bytes of a saved mail (.eml) against the rules of the epoch, on the UTC day `today`. Its body is not read. Throws
 * ClientError `epoch-unknown` and `evidence-not-accepted`; CoreError of `canonicalMailbox` where it is to a mailbox that the
 * rules do not take; MailError, whose message tells the person why this mail does not count and which other one would.
 */
export async function checkMail(
  view: ClientView,
  epoch: number,
  file: Uint8Array,
  today: Day,
): Promise<CheckedMail> {
  if (rulesOf(view, epoch).existingMail === null) {
    throw new ClientError(
      "evidence-not-accepted",
      "This workforce does not take mails that you already have. Choose another way to enrol.",
    );
  }
  const window = mailWindowOf(view, epoch);
  if (window === null) throw new MailError("outside-window");
  const check = new MailCheck(view, epoch, window, parseHeader(file), today);
  return check.run();
}

const MS_PER_DAY = 86_400_000;

class MailCheck {
  readonly #view: ClientView;
  readonly #epoch: number;
  readonly #window: MailWindow;
  readonly #header: ParsedHeader;
  readonly #nowMs: number;

  constructor(view: ClientView, epoch: number, window: MailWindow, header: ParsedHeader, today: Day) {
    this.#view = view;
    this.#epoch = epoch;
    this.#window = window;
    this.#header = header;
    // The day's beginning: a registrar has the time, and a device must not refuse what a registrar takes.
    this.#nowMs = dayNumber(today) * MS_PER_DAY;
  }

  get #rules() {
    const { existingMail, mailboxes } = rulesOf(this.#view, this.#epoch);
    return { ...existingMail!, mailboxes };
  }

  /** The topmost signature that will do, one that can be verified here before one that cannot. */
  async run(): Promise<CheckedMail> {
    let unverified: CheckedMail | null = null;
    let reason: { readonly error: unknown; readonly ofSender: boolean } | null = null;
    for (const { signature, error } of listedSignatures(this.#header)) {
      if (signature === null) {
        reason ??= { error, ofSender: false };
        continue;
      }
      try {
        const checked = await this.#checkSignature(signature);
        if (checked.key === "pinned") return checked;
        unverified ??= checked;
      } catch (refusal) {
        // Of several reasons the one of an accepted sender's own signature helps.
        const ofSender = this.#rules.senders.some(({ domain }) => domain === signature.domain);
        if (reason === null || (ofSender && !reason.ofSender)) reason = { error: refusal, ofSender };
      }
    }
    if (unverified !== null) return unverified;
    throw reason === null ? new MailError("unsigned") : reason.error;
  }

  async #checkSignature(signature: MailSignature): Promise<CheckedMail> {
    const header = this.#header;
    const { mailboxes, senders } = this.#rules;
    const day = mailDay(header, signature);
    const key = this.#pinnedKey(signature, day);
    const to = mailRecipient(header, signature, { canonical: (address) => address });
    const mailbox = canonicalMailbox(to, mailboxes);
    const policy: MailPolicy = {
      senders,
      window: this.#window,
      canonical: (address) => canonicalMailbox(address, mailboxes),
    };
    // Whether its key is for its own domain only, no one can say without the key.
    const known = key ?? { strict: false };
    checkPolicy(header, signature, known, policy, mailbox);
    if (key !== null) await verifyHeader(header, signature, key, this.#nowMs);
    const sender = senders.find((one) => {
      try {
        checkPolicy(header, signature, known, { ...policy, senders: [one] }, mailbox);
        return true;
      } catch {
        return false;
      }
    });
    const cut = cutDown(header, signature);
    return {
      mailbox,
      header: cut,
      fields: parseHeader(cut).fields.map(({ raw }) => {
        const colon = raw.indexOf(":");
        return { name: raw.slice(0, colon), value: unfolded(raw.slice(colon + 1)) };
      }),
      signature: signature.bytes,
      sender: sender!.name,
      day,
      key: key === null ? "asked-by-registrars" : "pinned",
    };
  }

  /** Null where nothing is pinned for the day: then DNS has to say it, and it is the registrars who ask. */
  #pinnedKey(signature: MailSignature, day: Day): MailKey | null {
    const pinned = this.#rules.records.map(({ name, record, first, last }) => ({
      name,
      record,
      notBefore: first,
      notAfter: last,
    }));
    try {
      return keyFromPinned(pinned, keyRecordName(signature), day);
    } catch (error) {
      const absent = ["key-unknown", "key-out-of-span"];
      if (error instanceof MailError && absent.includes(error.code)) return null;
      throw error;
    }
  }
}

/** A field's value on one line (RFC 5322 §2.2.3), without white space around it. */
function unfolded(value: string): string {
  return value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim();
}
