/** Days on the plot: as short as they can be read. */
import type { Day } from "@undersigned/core";
import type { Say } from "@undersigned/messages";

export function languageShortDay(say: Say, day: Day): string {
  const format = new Intl.DateTimeFormat(say.locale, {
    day: "numeric",
    month: "short",
    year: "2-digit",
    timeZone: "UTC",
    calendar: "gregory",
  });
  return format.format(new Date(`${day}T00:00:00Z`));
}
