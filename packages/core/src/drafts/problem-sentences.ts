/**
 * What can be wrong with a draft: a stable code for each thing, what its sentence takes, and the sentence in English, for commands
 * and logs. Pages say the same in the reader's language (decision 35), by code and values. No sentence repeats what was typed.
 */
import { NAME_PATTERN_FAULTS } from "../names/name-pattern.ts";
import { PROBLEM_PARTS, type ProblemPart } from "./problem-parts.ts";

interface OfPart {
  readonly part: ProblemPart;
}

interface OfShared {
  readonly of: "role" | "place";
}

interface OfShape {
  /** What a manifest's shape forbids, in English: nobody was asked for it in a field. */
  readonly detail: string;
}

const number = (value: number) => value.toLocaleString("en");
const pattern = (fault: keyof typeof NAME_PATTERN_FAULTS) =>
  `How mailboxes are made of names must be ${NAME_PATTERN_FAULTS[fault]}.`;

export const PROBLEM_SENTENCES = {
  // Of any text, day or number.
  missing: ({ part }: OfPart) => `${PROBLEM_PARTS[part]} is missing.`,
  "too-long": ({ part, most }: OfPart & { readonly most: number }) =>
    `${PROBLEM_PARTS[part]} may have ${number(most)} characters at most.`,
  "several-lines": ({ part }: OfPart) => `${PROBLEM_PARTS[part]} must stand on one line.`,
  "unseen-characters": ({ part }: OfPart) =>
    `${PROBLEM_PARTS[part]} holds characters that nobody can see: take them out.`,
  "not-a-day": ({ part }: OfPart) => `${PROBLEM_PARTS[part]} must be a day of the calendar, as 2030-01-31.`,
  "out-of-range": ({ part, least, most }: OfPart & { readonly least: number; readonly most: number }) =>
    `${PROBLEM_PARTS[part]} must be from ${number(least)} to ${number(most)}.`,

  // Of a letter.
  "no-workforce": () => "A letter needs a workforce that is set up: who may sign it stands there.",
  "no-organisers": () => "A letter names the keys of its organisers, and there are none.",
  "language-tag": () => "The language must be a tag as en, de-CH or zh-Hant.",
  "letter-too-large": () => "Letter and supplement are too long together: shorten one of them.",
  "no-letter-manifest": ({ detail }: OfShape) => `The letter cannot be published like this. ${detail}`,
  "addressee-mailbox": () => "The addressee's mailbox must be a mail address, or empty.",
  "no-source": () => "A claim needs a source that readers can look up.",
  "source-link": () => "A source needs a link that begins with https:// or http://, without spaces.",
  "no-appearances": () => "Offer at least one way to appear.",
  "nobody-anonymous": () =>
    "Nobody can sign without being shown by name or role. That keeps many from signing.",
  "no-roles": () => "The workforce has no roles to choose from: do not offer to appear by role.",
  "names-not-confirmed": () =>
    "The registrars of this workforce confirm no names, so nobody could be shown by name: take any name.",
  "opens-in-the-past": () => "It opens on a day that is over. It can be signed once it is published.",
  "closes-in-the-past": () => "It closes on a day that is over: choose a later one.",
  "closes-before-opening": () => "It must not close before it opens.",
  "open-shortly": () => "It is open for less than three days: few will hear of it in time.",
  "delivered-before-closing": () => "It must not be delivered before it has closed.",
  "delivered-when-closing": () =>
    "The closing count is there on the day after it closes (UTC): deliver it then, or later.",
  "closes-on-weekend": () => "It closes on a weekend.",
  "delivered-on-weekend": () => "It is delivered on a weekend, when nobody may be there to take it.",
  "thin-batches": () =>
    "Fewer than twenty signatures may come out at once: somebody who watches could guess who they are.",
  "no-batch-before-closing": () => "No batch comes out before it closes: everything is shown at the end.",
  "first-below-smallest": () => "The first batch waits for the smallest batch: the larger number counts.",

  // Of a workforce.
  "no-openers": () => "Somebody must be able to open letters: there is no owner.",
  "one-opener": () =>
    "There is one owner, who alone could open letters: let a second one join first, or this needs a new version then.",
  "workforce-too-large": () => "All of it together is too long: shorten the lists.",
  "no-workforce-manifest": ({ detail }: OfShape) => `The workforce cannot be set up like this. ${detail}`,
  "no-headcount": () =>
    "Without a number of people who work there, readers cannot tell how many a count is out of.",
  "headcount-to-come": () => "The day of the number is still to come.",
  "no-domains": () => "Name the domain of the work mailboxes: what stands behind the @.",
  "domains-repeated": () => "A domain stands there twice.",
  "public-provider": () =>
    "A domain is one at which anybody gets a mailbox: it does not show that somebody works there.",
  "no-domain": () => "A domain must be like example.com, without anything before it.",
  "no-groups": () => "No group mailboxes are named: who reads info@ or team@ could enrol with it.",
  "group-form": () => "A group mailbox is what stands before the @, in plain letters; * stands for anything.",
  "group-of-all": () => "A pattern matches every mailbox: nobody could enrol.",
  "group-of-many": () => "A pattern with so few letters may shut out people: look again.",
  "group-of-none": () =>
    "A pattern has a + or a dot, which the rules take out of mailboxes before: it shuts out nobody.",
  "no-evidence": () => "Choose at least one way for people to show that they work there.",
  "vouch-alone": () =>
    "Invitations are given by people who have enrolled with a mailbox: choose a way for them too.",
  "mail-without-code": () => "The mail must have {code} in it once: there the code is put in.",
  "mail-with-link": () => "The mail must have no link: scanners at work open links.",
  "mails-last-before-first": () => "The last day of mails must not be before the first.",
  "no-senders": () => "Choose whose mails people may show.",
  "senders-repeated": () => "Two senders have one name.",
  "sender-domain": () => "The sender's domain must be like example.com.",
  "sender-address": () => "The sender's address must be like notices@example.com; * stands for anything.",
  "sender-is-employer": () => "A sender is the employer's own: whoever runs its mail can make such mails.",
  "name-pattern-form": () => pattern("form"),
  "name-pattern-twice": () => pattern("twice"),
  "name-pattern-initials": () => pattern("initials"),
  "name-pattern-dots": () => pattern("dots"),
  "registrar-card": () => "A card is not one, or was changed: ask its registrar for the file again.",
  "registrar-unknown": () => "A registrar that is to stay is not one of the version in force.",
  "registrars-repeated": () => "Two cards are of one registrar: keep the newer one.",
  "no-registrars": () => "There must be a registrar, which checks that people work there.",
  "too-many-registrars": () => "There may be 15 registrars at most.",
  "one-registrar": () => "One registrar alone could invent people who sign: three are better.",
  "one-operator": () => "Two registrars are run by the same people: they count as one.",
  "quorum-of-more": () => "It must not be more than there are registrars.",
  "quorum-of-half": () =>
    "It must be more than half of the registrars, or two halves could each enrol the same person.",
  "witness-quorum-of-more": () => "It must not be more than there are witnesses.",
  "witnesses-repeated": () => "Two witnesses have one name.",
  "board-address": () => "The board's address must begin with https:// and have nothing behind its path.",
  "thin-roles": () => "A role or place that so few people share points at them.",
  "shared-words": ({ of }: OfShared) =>
    `A ${of} must be plain words with single spaces, 100 characters at most.`,
  "shared-by-how-many": ({ of }: OfShared) =>
    `Say of each ${of} about how many people have it: few of them can be guessed.`,
  "shared-repeated": ({ of }: OfShared) => `A ${of} stands there twice.`,
};

type Sentences = typeof PROBLEM_SENTENCES;
/** Closed: what is said for a code is said for each. */
export type ProblemCode = keyof Sentences;
/** What the sentence takes; nothing for most. */
export type ProblemValues<C extends ProblemCode> =
  Parameters<Sentences[C]> extends [infer V] ? V : Readonly<Record<never, never>>;
