/** Parts that several records share (PROTOCOL §3.7). */
import { hash32, version1 } from "./common.ts";
import { matching } from "./shape.ts";

/** What every record has besides its type. */
export const recordFields = { v: version1, salt: hash32, workforce: hash32, letter: hash32 } as const;

/** Exact: never a binary fraction. A negative one is a reduction. */
export const decimalAmount = matching(
  /^(?!-0(?:\.0+)?$)-?(?:0|[1-9]\d{0,17})(?:\.\d{1,4})?$/,
  24,
  "a decimal number without exponent",
);
