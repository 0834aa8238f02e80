/** A source of what is claimed: of a letter's supplement, a judgement, a statement or a dealing. */
import { hash32 } from "./common.ts";
import { day, type Infer, matching, nullable, object, text } from "./shape.ts";

export const webAddress = matching(/^https?:\/\/[!-~]+$/, 2000, "a web address");

export const sourceShape = object({
  title: text(1, 300),
  publisher: text(1, 200),
  day: nullable(day),
  url: webAddress,
  quote: text(0, 2000, { lines: true }),
  /** SHA-256 of a captured copy. */
  copy: nullable(hash32),
});
export type Source = Infer<typeof sourceShape>;
