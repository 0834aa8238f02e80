/**
 * Acts about what organisers write together. A document is a set of fields, each with a version of its own: two people who
 * write in different fields never meet, and where they meet nothing is overwritten.
 */
import { hash32, publicKey } from "../common.ts";
import {
  bytesUpTo,
  day,
  type Infer,
  integer,
  list,
  matching,
  nullable,
  object,
  oneOf,
  text,
} from "../shape.ts";
import { deskId, organiserAlias } from "./envelope.ts";
import { nothing } from "./organiser-acts.ts";

export const documentKind = oneOf("workforce", "letter");
export const documentState = oneOf("draft", "frozen", "published");
/** As `title`, `demand:pay-gap`: the names that a kind has stand with the functions that make a manifest of them. */
export const fieldName = matching(/^[a-z][A-Za-z]{0,31}(?::[a-z0-9][a-z0-9-]{0,31})?$/, 65, "a field's name");
/** JSON text of the value, `null` where it was taken away: anything that somebody typed or pasted (`fieldText`). */
export const fieldValue = matching(/^[\s\S]+$/, 250_000, "JSON text of at most 250,000 characters");

const field = object({ name: fieldName, version: integer(1), value: fieldValue, by: organiserAlias, day });
export const MAX_FIELDS = 500;
const summary = object({
  id: deskId,
  kind: documentKind,
  state: documentState,
  title: text(0, 200),
  day,
  /** Of a published one: what it became. */
  published: nullable(hash32),
});

/** Most bytes of a captured copy. */
export const MAX_COPY_BYTES = 8_000_000;
export const copyType = oneOf(
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/webp",
  "text/html",
  "text/plain",
);
export type CopyType = Infer<typeof copyType>;

/** Of what others have written: as it is shown, and no more than shown. */
const strangersText = matching(/^[\s\S]+$/, 500, "text of at most 500 characters");
const webLink = matching(/^https?:\/\/\S+$/i, 2_000, "a link to the web");

/** What stands at a copy's link, against the copy. */
export const comparison = object({
  url: webLink,
  day,
  /** `moved`: the link leads to another page. `gone`: the server says that there is nothing. */
  state: oneOf("same", "changed", "gone", "moved", "not-comparable"),
  /** Why it cannot be compared: exactly then. */
  why: nullable(
    oneOf("refused", "unreachable", "slow", "large", "redirects", "unreadable", "status", "kind"),
  ),
  /** Of texts: percent of the copy that is not there any more, and of what is there that is not in the copy. */
  gone: nullable(integer(0, 100)),
  added: nullable(integer(0, 100)),
  /** The first sentences that stand in the one alone. */
  differences: list(object({ in: oneOf("copy", "source"), text: strangersText }), 0, 6),
});
export type Comparison = Infer<typeof comparison>;

export const documentActs = {
  documents: { body: nothing, answer: object({ documents: list(summary, 0, 200) }) },
  /** `id` is made by the page. `workforce`: a letter's; of a workforce, the one of which it is to be the next version. `replaces`: a published letter of which this is to be the new version; its text is taken over. */
  "document-new": {
    body: object({ id: deskId, kind: documentKind, workforce: nullable(hash32), replaces: nullable(hash32) }),
    answer: summary,
  },
  "document-read": {
    body: object({ id: deskId }),
    answer: object({
      summary,
      workforce: nullable(hash32),
      /** Of a letter: the one of which it is to be the new version. */
      replaces: nullable(hash32),
      /** Of a workforce: what its manifest is to name of this board; `log` is the key of a log that is free for it. */
      board: nullable(object({ key: publicKey, log: publicKey, url: text(1, 300) })),
      /** Keys of the owners: openers of a workforce, organisers of a letter. */
      owners: list(publicKey, 0, 64, (key) => key),
      fields: list(field, 0, MAX_FIELDS, (f) => f.name),
    }),
  },
  /**
   * `base` is the version that was changed, 0 for a field that was not there. All or nothing: with a conflict nothing is saved,
   * and the answer has what stands there now. The same save again is answered as saved.
   */
  "document-save": {
    body: object({
      id: deskId,
      changes: list(
        object({ name: fieldName, base: integer(), value: fieldValue }),
        1,
        MAX_FIELDS,
        (c) => c.name,
      ),
    }),
    answer: object({
      saved: list(object({ name: fieldName, version: integer(1) }), 0, MAX_FIELDS),
      conflicts: list(field, 0, MAX_FIELDS),
    }),
  },
  "document-discard": { body: object({ id: deskId }), answer: nothing },
  /** A cleaned file (package clean refuses others). Public once a published letter names its hash. */
  "copy-add": {
    body: object({ bytes: bytesUpTo(MAX_COPY_BYTES) }),
    answer: object({ sha256: hash32, type: copyType, bytes: integer() }),
  },
  "copy-read": {
    body: object({ sha256: hash32 }),
    answer: object({ bytes: bytesUpTo(MAX_COPY_BYTES), type: copyType }),
  },
  /** The board's server visits the link, and nothing that only it can reach. Takes up to half a minute. */
  "copy-compare": { body: object({ sha256: hash32, url: webLink }), answer: comparison },
  "copy-compared": {
    body: object({ sha256: hash32 }),
    answer: object({ comparison: nullable(comparison) }),
  },
} as const;
