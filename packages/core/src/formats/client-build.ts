/**
 * The client build (PROTOCOL §3.5): the list of all files that a board gives to browsers to run, by their hashes. Its own hash
 * stands in a `client` leaf, so that everyone is known to have been offered the same code.
 */
import { encodeBase64url } from "../bytes.ts";
import { encodeCanonical, parseCanonical } from "../canonical-json.ts";
import { domainHash } from "../hash.ts";
import { hash32, MAX_MANIFEST_BYTES, version1 } from "./common.ts";
import { type Infer, integer, list, literal, matching, object, text } from "./shape.ts";

export const clientBuild = object({
  type: literal("client-build"),
  v: version1,
  /** Of the software, as people name it. */
  version: text(1, 40),
  files: list(
    object({
      path: matching(/^[a-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/, 200, "a plain path"),
      /** SHA-256 of the file's bytes. */
      sha256: hash32,
      bytes: integer(0, 16_000_000),
    }),
    1,
    500,
    (file) => file.path,
  ),
});

export type ClientBuildFile = Infer<typeof clientBuild>;

/** The canonical bytes of a build. `files` in any order. */
export function clientBuildFile(build: Pick<ClientBuildFile, "version" | "files">): Uint8Array {
  const files = build.files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const file = { type: "client-build" as const, v: 1 as const, version: build.version, files };
  return encodeCanonical(clientBuild.check(file, ""));
}

/** Throws CoreError `not-canonical`, `too-large`, `bad-field`, `unknown-field`. */
export function parseClientBuild(file: Uint8Array): ClientBuildFile {
  return clientBuild.check(parseCanonical(file, MAX_MANIFEST_BYTES), "");
}

/** What a `client` leaf names: H(`client-build`, file), base64url. */
export function clientBuildHash(file: Uint8Array): string {
  return encodeBase64url(domainHash("client-build", file));
}
