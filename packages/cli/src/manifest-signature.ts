/**
 * The file in which a registrar's signature of a workforce manifest travels to the board's operator:
 * `{type: "manifest-signature", v: 1, manifest: hash, registrar, sig}`. The board checks the signature itself.
 */
import { hash32, type Infer, publicKey, shape, signature64 } from "@undersigned/core";

export const manifestSignature = shape.object({
  type: shape.literal("manifest-signature"),
  v: shape.literal(1),
  manifest: hash32,
  registrar: publicKey,
  sig: signature64,
});

export type ManifestSignature = Infer<typeof manifestSignature>;
