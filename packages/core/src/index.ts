/** What every party shares: formats, derivations, tokens, endorsements. Browser and Node; no input or output. */

export { importRsaPss, randomBytes, sha256, verifyEd25519, verifyRsaPss } from "#platform";
export * from "./blind-rsa.ts";
export * from "./bytes.ts";
export * from "./canonical-json.ts";
export * from "./day.ts";
export * from "./ed25519.ts";
export * from "./endorse.ts";
export * from "./enrolment-file.ts";
export * from "./errors.ts";
export * from "./formats/client-build.ts";
export * from "./formats/common.ts";
export * from "./formats/key-statement.ts";
export * from "./formats/leaves.ts";
export * from "./formats/letter-manifest.ts";
export * from "./formats/opening.ts";
export * from "./formats/requests.ts";
export type { Base64url, Infer, Shape } from "./formats/shape.ts";
export * as shape from "./formats/shape.ts";
export * from "./formats/text.ts";
export * from "./formats/workforce-manifest.ts";
export * from "./hash.ts";
export * from "./mailbox.ts";
export * from "./phrase.ts";
export * from "./rsa-public-key.ts";
export * from "./signed.ts";
export * from "./token.ts";
