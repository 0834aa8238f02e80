/** How a dealing's fields are said. */
import type { Dealing, DealingStatus } from "@undersigned/core";

export const STATUS_WORDS: Readonly<Record<DealingStatus, string>> = {
  reported: "Reported",
  confirmed: "Confirmed by the company",
  denied: "Denied by the company",
  ended: "Ended",
};

export const VALUE_KINDS: Readonly<Record<NonNullable<Dealing["value"]>["kind"], string>> = {
  obligated: "bound so far",
  current: "present value",
  potential: "at most",
};

/** `USD 1,234,567.80`: the digits as they were given, grouped by thousands. */
export function amountWords({ amount, currency }: NonNullable<Dealing["value"]>): string {
  const [whole = "", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${currency} ${grouped}${fraction === undefined ? "" : `.${fraction}`}`.replace(/ -/, " \u2212");
}
