/** Acts about letters: published, gone public, closed early, looked after, rehearsed. */
import { epochNumber, hash32, perClass, signature64, slotNumber } from "../common.ts";
import { letterLeaf } from "../leaves.ts";
import { letterManifest } from "../letter-manifest.ts";
import { hideReason, shownText } from "../opening.ts";
import { boolean, bytesUpTo, day, integer, list, nullable, object, oneOf, text } from "../shape.ts";
import { deskId, organiserAlias } from "./envelope.ts";
import { nothing } from "./organiser-acts.ts";

export const letterState = oneOf("quiet", "open", "closing", "closed", "too-few");

/** What organisers are to do with a letter next: hand it over; say how its demands stand after an answer. */
export const letterTask = oneOf("delivery", "judgement");

const letterSummary = object({
  workforce: hash32,
  letter: hash32,
  title: text(1, 200),
  state: letterState,
  listed: boolean,
  opens: day,
  closes: day,
  /** The day on which it is to be handed over, as its text says. */
  delivers: day,
  awaits: list(letterTask, 0, 2),
  count: integer(),
  replaces: nullable(hash32),
  /** For organisers, who may pass it on; null for a listed letter. */
  linkKey: nullable(hash32),
});

/** What a rule found in a name (decision 19). */
export const hitKind = oneOf("impersonation", "slur", "link", "invisible", "length", "not-a-name");

/** What makes anonymity thin, for the dashboard. */
export const thinReason = oneOf("few", "one-role", "one-batch", "small-class");
const names = list(shownText(100), 0, 500);

export const letterActs = {
  /** `unlisted`: the key of the link, under which the text is sealed; null for a listed letter. */
  "letter-publish": {
    body: object({
      document: deskId,
      leaf: letterLeaf,
      manifest: letterManifest,
      unlisted: nullable(hash32),
    }),
    answer: object({ letter: hash32, epoch: epochNumber, slot: slotNumber }),
  },
  /** `sig` by the caller's own key, over the reveal request (PROTOCOL §9): one of those that the letter names. */
  "letter-reveal": { body: object({ workforce: hash32, letter: hash32, sig: signature64 }), answer: nothing },
  /** `sig` by the organiser key over M("early-closing", {closes, letter, workforce}). */
  "closing-propose": {
    body: object({ workforce: hash32, letter: hash32, closes: day, sig: signature64 }),
    answer: nothing,
  },
  /** The second owner's signature: the leaf is logged. Refused if the day has come too near meanwhile. */
  "closing-agree": {
    body: object({ workforce: hash32, letter: hash32, closes: day, sig: signature64 }),
    answer: nothing,
  },
  "closing-drop": { body: object({ workforce: hash32, letter: hash32 }), answer: nothing },
  letters: { body: nothing, answer: object({ letters: list(letterSummary, 0, 1000) }) },
  /** A QR poster to print. `link` is a link of this board. */
  poster: {
    body: object({ workforce: hash32, letter: hash32, link: text(1, 500) }),
    answer: object({ pdf: bytesUpTo(4_000_000) }),
  },
  dashboard: {
    body: object({ workforce: hash32, letter: hash32 }),
    answer: object({
      summary: letterSummary,
      day,
      counted: perClass,
      withdrawn: perClass,
      /** By the day of the batch, oldest first. */
      days: list(object({ day, mailbox: integer(), vouched: integer() }), 0, 4000),
      shown: object({
        named: integer(),
        confirmed: integer(),
        role: integer(),
        anonymous: integer(),
        hidden: integer(),
      }),
      headcount: nullable(object({ number: integer(), source: text(1, 300), day })),
      /** As registrars have stated, rounded down to their batch. */
      issued: list(
        object({ registrar: text(1, 100), day: nullable(day), mailbox: integer(), vouched: integer() }),
        0,
        15,
      ),
      /** The next days on which a class comes out if enough are there; never how many are waiting, until `first` was reached. */
      next: object({ mailbox: nullable(day), vouched: nullable(day) }),
      first: object({ needed: integer(), reached: boolean }),
      closing: nullable(object({ closes: day, by: list(organiserAlias, 1, 32), logged: boolean })),
      log: object({ size: integer(), origin: text(1, 200) }),
      storage: object({ bytes: integer(), free: nullable(integer()) }),
      /** `none`: the board speaks plain HTTP to this machine or to a proxy. */
      certificate: object({ kind: oneOf("own", "proxy", "none"), until: nullable(day) }),
      thin: list(thinReason, 0, 4),
      waiting: integer(),
    }),
  },
  /**
   * A hundred released names that a rule stopped, and a hundred others in the order of the log. `after`: the index of the last of
   * those others that is known already; then nothing that waits is listed again.
   */
  queue: {
    body: object({ workforce: hash32, letter: hash32, after: nullable(integer()) }),
    answer: object({
      items: list(
        object({
          index: integer(),
          name: shownText(100),
          role: nullable(shownText(100)),
          place: nullable(shownText(100)),
          confirmed: boolean,
          hits: list(hitKind, 0, 6),
          state: oneOf("waiting", "shown"),
        }),
        0,
        200,
      ),
    }),
  },
  decide: {
    body: object({
      workforce: hash32,
      letter: hash32,
      index: integer(),
      show: boolean,
      reason: nullable(hideReason),
    }),
    answer: nothing,
  },
  /** Names that nobody but their bearer should sign with, and words that wait for a look; one list for the desk. */
  "moderation-lists": {
    body: nothing,
    answer: object({ publicFigures: names, words: names, version: integer() }),
  },
  "moderation-lists-save": {
    body: object({ publicFigures: names, words: names, base: integer() }),
    answer: object({ version: integer() }),
  },
  /** Plays a draft from opening to closing with made-up colleagues, in memory only. */
  "rehearsal-start": {
    body: object({ document: deskId, manifest: letterManifest, colleagues: integer(5, 60) }),
    answer: nothing,
  },
  rehearsal: {
    body: nothing,
    answer: object({
      state: oneOf("none", "running", "done", "failed"),
      /** In plain words, for the progress line. */
      step: text(0, 200),
      done: integer(0, 100),
      /** Where its pages are, on this board; null until there is something to see. */
      address: nullable(text(1, 300)),
    }),
  },
  "rehearsal-end": { body: nothing, answer: nothing },
} as const;
