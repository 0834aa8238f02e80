/**
 * Acts about the chronicle (decision 32). What is logged a page reads from the public files; here is what only organisers see,
 * and what they do. What was logged is withheld by `response-withhold`, as answers are.
 */
import { chronicleRecord } from "../chronicle-record.ts";
import { hash32, signature64 } from "../common.ts";
import { boolean, list, object } from "../shape.ts";
import { organiserAlias } from "./envelope.ts";
import { nothing } from "./organiser-acts.ts";

const of = { workforce: hash32, letter: hash32 };

/** Most entries of a letter that wait for a second owner. */
export const MAX_PROPOSED_ENTRIES = 20;

/** `sig` by the organiser key over M("chronicle", {letter, record, workforce}). */
const signedEntry = {
  body: object({ record: chronicleRecord, sig: signature64 }),
  answer: object({ record: hash32 }),
};

export const chronicleActs = {
  /** What one organiser has proposed and no other has agreed to yet. */
  chronicle: {
    body: object(of),
    answer: object({
      proposed: list(
        object({ record: chronicleRecord, by: organiserAlias, yours: boolean }),
        0,
        MAX_PROPOSED_ENTRIES,
      ),
    }),
  },
  /** An entry for which one organiser is enough: it is logged. */
  "chronicle-add": signedEntry,
  /** A translation, a mirror, or any other entry that two owners shall sign. */
  "chronicle-propose": signedEntry,
  /** The second organiser's signature: the leaf is logged. */
  "chronicle-agree": { body: object({ ...of, record: hash32, sig: signature64 }), answer: nothing },
  "chronicle-drop": { body: object({ ...of, record: hash32 }), answer: nothing },
} as const;
