/**
 * Amounts of money, exactly: a whole number of ten-thousandths as bigint. No amount is ever a floating-point number.
 */

const PLACES = 4;
const UNIT = 10n ** BigInt(PLACES);
/** What core's amounts can hold: 18 digits before the point. */
const MOST = 10n ** 18n * UNIT;
const NUMBER = /^([+-]?)(\d{1,40})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,2}))?$/;

export interface Decimal {
  readonly units: bigint;
  /** Whether there were more decimals than are kept. */
  readonly rounded: boolean;
}

/**
 * A number as CSV and JSON write it, rounded half away from zero to four decimals; null for anything else (a currency sign,
 * thousands set apart) and for what has more than 18 digits before its point.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = NUMBER.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent) + PLACES - fraction.length;
  const digits = BigInt(whole + fraction);
  let units = digits;
  let rounded = false;
  if (shift >= 0) units = digits * 10n ** BigInt(shift);
  else {
    const divisor = 10n ** BigInt(-shift);
    units = (digits + divisor / 2n) / divisor;
    rounded = digits % divisor !== 0n;
  }
  if (units >= MOST) return null;
  return { units: sign === "-" ? -units : units, rounded };
}

/** As core's amounts are written; one spelling a value: no decimals, or two to four. Null beyond 18 digits. */
export function formatDecimal(units: bigint): string | null {
  const size = units < 0n ? -units : units;
  if (size >= MOST) return null;
  const fraction = (size % UNIT).toString().padStart(PLACES, "0").replace(/0+$/, "");
  const decimals = fraction === "" ? "" : `.${fraction.padEnd(2, "0")}`;
  return `${units < 0n ? "-" : ""}${size / UNIT}${decimals}`;
}

/** Negative, zero or positive, as for sort. Both are amounts of core's shape. */
export function compareAmounts(a: string, b: string): number {
  const difference = (parseDecimal(a)?.units ?? 0n) - (parseDecimal(b)?.units ?? 0n);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
