/** What letters' states, thin anonymity and reasons of hiding are called, in plain words. */
import type { ActAnswer, ActBody } from "@undersigned/core";

export type Letter = ActAnswer<"letters">["letters"][number];
export type Dashboard = ActAnswer<"dashboard">;
export type QueueItem = ActAnswer<"queue">["items"][number];
export type HideReason = NonNullable<ActBody<"decide">["reason"]>;

export const STATE_WORDS: Readonly<Record<Letter["state"], string>> = {
  quiet: "Nothing shown yet",
  open: "Open",
  closing: "Closing early",
  closed: "Closed",
  "too-few": "Closed without a number",
};

export const THIN_WORDS: Readonly<Record<Dashboard["thin"][number], string>> = {
  few: "Few have signed. Among so few, somebody who knows the workforce may guess who they are. Do not name roles or places when you speak of them.",
  "one-role":
    "Nearly all who are shown by role have the same role. Whoever has another stands out: a coarser list of roles would help in the next letter.",
  "one-batch":
    "All signatures came out on one day. Whoever knows who was asked on that day can guess more than they should: ask people on several days.",
  "small-class":
    "One way of proving was used by very few. They are shown apart, so each of them is one of few.",
};

export const HIT_WORDS: Readonly<Record<QueueItem["hits"][number], string>> = {
  impersonation: "Reads as the name of the addressee, or of somebody on your list.",
  slur: "May hold an insult. Some people's real names do.",
  link: "Holds a web address, a mail address or the name of an account.",
  invisible: "Holds characters that nobody sees, or letters that pose as others.",
  length: "Is longer than a name usually is.",
  "not-a-name": "Does not read as a name.",
};

/** In the order in which they are offered; readers see the sentence's meaning on the letter's page. */
export const REASONS: readonly {
  readonly value: HideReason;
  readonly label: string;
  readonly hint: string;
}[] = [
  {
    value: "impersonation",
    label: "Somebody else's name",
    hint: "It is signed with the name of a person who did not sign.",
  },
  { value: "slur", label: "An insult", hint: "It insults somebody." },
  { value: "link", label: "A link or an address", hint: "It advertises, or leads somewhere." },
  { value: "invisible", label: "Hidden characters", hint: "It is not what it seems to be." },
  { value: "length", label: "Not a name", hint: "It is a message, or far too long." },
  {
    value: "asked",
    label: "The person asked for it",
    hint: "Somebody who signed wants not to be shown any more.",
  },
];
