/**
 * The key record of a mail's sender: what DNS says, and where DNS cannot be reached a record that the manifest pins for the
 * mail's day. An answer of DNS is final, also "there is none": a sender who takes a key out of DNS does not stand for it any
 * more, whatever was pinned. Answers are kept in memory for an hour.
 */
import type { Day, ExistingMailRules } from "@undersigned/core";
import { MailError, recordFromPinned, recordFromTexts } from "@undersigned/mail";
import type { Clock, LookUpTxt } from "@undersigned/service";
import { RegistrarError } from "../errors.ts";

const KEPT_MS = 3_600_000;
const MOST_KEPT = 1_000;
/** Names asked for at once: who sends many selectors is not to fill the registrar with questions. */
const MOST_ASKED = 32;

type Answer = { readonly texts: readonly string[]; readonly until: number };

export type MailKeysOptions = {
  /** Null where DNS is not to be asked: the pinned records decide alone. */
  readonly lookUp: LookUpTxt | null;
  readonly clock: Pick<Clock, "now">;
  /** Called when DNS does not answer, once until it does again. */
  readonly onUnreachable: () => void;
};

export class MailKeys {
  readonly #options: MailKeysOptions;
  /** Oldest first. */
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Map<string, Promise<readonly string[] | null>>();
  #reachable = true;

  constructor(options: MailKeysOptions) {
    this.#options = options;
  }

  /**
   * The text of the record that decides for a mail of the day; `name` is `<selector>._domainkey.<domain>`. Throws
   * `mail-key-retired`, `mail-key-unreachable`, `busy`, and MailError for what is no key that mails are accepted under.
   */
  async find(name: string, day: Day, pinned: ExistingMailRules["records"]): Promise<string> {
    const texts = await this.#ask(name);
    if (texts !== null) return onlyRecord(texts);
    try {
      return pinnedRecord(name, day, pinned);
    } catch (error) {
      if (this.#options.lookUp === null || !(error instanceof MailError)) throw error;
      throw new RegistrarError(
        "mail-key-unreachable",
        "The key of this mail's sender cannot be looked up just now. Try again in some minutes, or use another mail.",
      );
    }
  }

  /** Null where DNS is not asked or does not answer. */
  async #ask(name: string): Promise<readonly string[] | null> {
    const { lookUp, clock } = this.#options;
    if (lookUp === null) return null;
    const known = this.#answers.get(name);
    if (known !== undefined && clock.now() < known.until) return known.texts;
    let asking = this.#asking.get(name);
    if (asking === undefined) {
      if (this.#asking.size >= MOST_ASKED) {
        throw new RegistrarError("busy", "Very many keys are being looked up. Try again in a minute.");
      }
      asking = this.#lookUp(lookUp, name).finally(() => this.#asking.delete(name));
      this.#asking.set(name, asking);
    }
    return await asking;
  }

  async #lookUp(lookUp: LookUpTxt, name: string): Promise<readonly string[] | null> {
    let texts: readonly string[];
    try {
      texts = await lookUp(name);
    } catch {
      if (this.#reachable) this.#options.onUnreachable();
      this.#reachable = false;
      return null;
    }
    this.#reachable = true;
    this.#answers.delete(name);
    this.#answers.set(name, { texts, until: this.#options.clock.now() + KEPT_MS });
    if (this.#answers.size > MOST_KEPT) this.#answers.delete(this.#answers.keys().next().value!);
    return texts;
  }
}

function onlyRecord(texts: readonly string[]): string {
  const record = recordFromTexts(texts);
  if (record !== null) return record;
  throw new RegistrarError(
    "mail-key-retired",
    "This mail's sender does not use the key of this mail any more. Use a newer mail.",
  );
}

function pinnedRecord(name: string, day: Day, pinned: ExistingMailRules["records"]): string {
  const keys = pinned.map(({ first, last, ...key }) => ({ ...key, notBefore: first, notAfter: last }));
  return recordFromPinned(keys, name, day);
}
