/** How a dealing's fields are said. */
import type { Dealing, DealingStatus } from "@undersigned/core";
import { MANNERS, type Say } from "@undersigned/messages";

type Value = NonNullable<Dealing["value"]>;

export const STATUSES: readonly DealingStatus[] = ["reported", "confirmed", "denied", "ended"];

export function statusWord(say: Say, status: DealingStatus): string {
  return say("shared.dealing.status", { status });
}

export function valueKindWord(say: Say, kind: Value["kind"]): string {
  return say("shared.dealing.value-kind", { kind });
}

/** `USD 1,234,567.80`, written as the language does. */
export function amountIn(say: Say, { amount, currency }: Value): string {
  return `${currency} ${decimalIn(say, amount)}`;
}

/** The digits as they were given, none rounded, grouped as the language does. */
export function decimalIn(say: Say, amount: string): string {
  const digits = amount.split(".")[1]?.length ?? 0;
  const format = new Intl.NumberFormat(MANNERS[say.language].locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // A string is formatted digit by digit, which a number is not.
  return format.format(amount as Intl.StringNumericLiteral).replace("-", "\u2212");
}

/** `USD 1,234,567.80`: the digits as they were given, grouped by thousands. */
export function amountWords({ amount, currency }: NonNullable<Dealing["value"]>): string {
  const [whole = "", fraction] = amount.split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${currency} ${grouped}${fraction === undefined ? "" : `.${fraction}`}`.replace(/ -/, " \u2212");
}
