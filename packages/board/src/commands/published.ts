/** The answer to a letter or an epoch that was posted: where it is in the log. */
import { shape } from "@undersigned/core";

export const published = shape.object({
  type: shape.literal("published"),
  v: shape.literal(1),
  workforce: shape.bytes(32),
  /** Leaf hash, base64url. */
  leaf: shape.bytes(32),
  index: shape.integer(),
});

export type Published = shape.Infer<typeof published>;
