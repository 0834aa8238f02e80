/**
 * The file in which a registrar's signature of a workforce manifest travels to the board's operator. The signature is
 * over M("workforce-manifest", manifest), as in the workforce leaf.
 */
import { hash32, publicKey, signature64, version1 } from "./common.ts";
import { type Infer, literal, object } from "./shape.ts";

export const manifestSignature = object({
  type: literal("manifest-signature"),
  v: version1,
  manifest: hash32,
  registrar: publicKey,
  sig: signature64,
});

export type ManifestSignature = Infer<typeof manifestSignature>;
