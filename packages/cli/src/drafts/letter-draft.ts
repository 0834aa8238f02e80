/** From an organiser's outline to a letter manifest (PROTOCOL §3.4). */
import {
  encodeBase64url,
  type JsonValue,
  letterManifest,
  randomBytes,
  sortedSet,
  USUAL_BATCH,
} from "@undersigned/core";
import { type Draft, fillIn, finish, requireObject } from "./outline.ts";

/**
 * The outline has the fields of a letter manifest; `workforce`, `title`, `addressee`, `opens`, `closes`, `delivers`,
 * `delivery` and `organisers` must be there. `body` may come from a file of its own. Throws CliError `file-malformed`.
 */
export function draftLetter(outline: JsonValue, body?: string): Draft {
  const given = requireObject(outline);
  const { draft, filled } = fillIn(body === undefined ? given : { body, ...given }, {
    type: "letter-manifest",
    v: 1,
    salt: encodeBase64url(randomBytes(32)),
    language: "en",
    demands: [],
    supplement: null,
    appearances: ["anonymous", "named", "role"],
    names: "any",
    batch: USUAL_BATCH,
    replaces: null,
  });
  const sorted = {
    ...draft,
    appearances: sortedSet(draft.appearances),
    organisers: sortedSet(draft.organisers),
  };
  return finish(sorted, filled, letterManifest);
}
