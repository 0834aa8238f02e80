/** The answer to a letter or an epoch that was posted: where it is in the log. */
import { leafName, shape } from "@undersigned/core";

export const published = shape.object({
  type: shape.literal("published"),
  v: shape.literal(1),
  workforce: shape.bytes(32),
  /** Leaf hash, base64url. */
  leaf: shape.bytes(32),
  index: shape.integer(),
});

export type Published = shape.Infer<typeof published>;

/** `entry`: the leaf's bytes. */
export function publishedAt(
  workforce: string,
  at: { readonly index: number; readonly entry: Uint8Array },
): Published {
  return { type: "published", v: 1, workforce, leaf: leafName(at.entry), index: at.index };
}
