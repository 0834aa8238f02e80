/**
 * Publishing: the manifest is made anew with a salt of its own, its place is read from the log as it is now, and the leaf that takes
 * the slot is signed in this page. The board makes the manifest from the same fields and refuses another.
 */
import { makeLetterLeaf } from "@undersigned/client";
import {
  type ActBody,
  createLinkKey,
  encodeBase64url,
  type LetterManifest,
  letterOf,
  type Signer,
} from "@undersigned/core";
import type { WorkforceView } from "@undersigned/verify";
import { PageError } from "../../shell/code-of.ts";
import type { LetterDraft } from "../use-letter-draft.ts";

type Body = ActBody<"letter-publish">;

/** What was reviewed: publishing anything else is refused. */
export type Reviewed = Pick<LetterDraft, "document" | "fields" | "values" | "organisers" | "result">;

/**
 * `view`: of a log that was read just now. Throws PageError `letter-incomplete` and `letter-changed`, ClientError
 * `not-an-opener`, `no-epoch`, `slots-used-up`.
 */
export function publishingOf(
  reviewed: Reviewed,
  view: WorkforceView,
  signer: Signer,
  today: string,
  random: (bytes: number) => Uint8Array,
): Body {
  const { document, fields, values, organisers } = reviewed;
  const { manifest } = letterOf(fields, {
    workforce: { id: view.workforce, manifest: view.manifest },
    organisers,
    salt: encodeBase64url(random(32)),
    replaces: document.about.replaces,
    day: today,
  });
  if (manifest === null) throw new PageError("letter-incomplete");
  if (!isSameLetter(manifest, reviewed.result.manifest)) throw new PageError("letter-changed");
  return {
    document: document.id,
    leaf: makeLetterLeaf(view, manifest, signer),
    manifest,
    unlisted: values.listed ? null : encodeBase64url(createLinkKey()),
  };
}

function isSameLetter(made: LetterManifest, seen: LetterManifest | null): boolean {
  return seen !== null && JSON.stringify({ ...made, salt: "" }) === JSON.stringify({ ...seen, salt: "" });
}
