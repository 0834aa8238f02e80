/** An amount as it is typed. */
import { decimalAmount } from "@undersigned/core";

/** An exact decimal number; commas between thousands are taken out. Null for anything that could be read in two ways. */
export function amountOf(typed: string): string | null {
  const text = typed.trim();
  const plain = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
  try {
    return decimalAmount.check(plain, "");
  } catch {
    return null;
  }
}
