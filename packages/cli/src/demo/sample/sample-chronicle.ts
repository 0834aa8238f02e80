/** What the sample letters' organisers tell of their public life, and on which days. Papers, letters and figures are made up. */
import { addDays, type ChronicleEntry, type Source } from "@undersigned/core";
import { sampleTranslation } from "./sample-translation.ts";

export type SampleEntry = {
  /** On which it happened and is entered. */
  readonly day: string;
  readonly entry: ChronicleEntry;
};

function source(day: string, title: string, publisher: string, path: string): Source {
  return { title, publisher, day, url: `https://${path}`, quote: "", copy: null };
}

/** `mirror`: address of a copy that the organisers vouch for, or null. */
export function sampleChronicle(of: {
  readonly opens: string;
  readonly closes: string;
  readonly isEarlier: boolean;
  readonly mirror: string | null;
}): SampleEntry[] {
  const [second, third] = [addDays(of.opens, 1), addDays(of.opens, 2)];
  const after = addDays(of.closes, 2);
  const last = addDays(of.closes, 5);
  const entries: SampleEntry[] = [
    { day: second, entry: sampleTranslation(of.isEarlier) },
    { day: second, entry: { kind: "topics", topics: ["location data", "public contracts", "surveillance"] } },
    {
      day: third,
      entry: {
        kind: "report",
        text: "The Example Courier reports on the letter and on the contract behind it.",
        source: source(
          third,
          "Employees of Example Corp write to their chief executive",
          "The Example Courier",
          "courier.example.com/letter",
        ),
      },
    },
    {
      day: after,
      entry: {
        kind: "figure",
        what: "Records that the agency was given in the last year",
        value: "48211",
        unit: "records",
        source: source(
          after,
          "Records handed over to public bodies",
          "Example Corp",
          "www.example.com/transparency",
        ),
      },
    },
    {
      day: after,
      entry: {
        kind: "elsewhere",
        title: "No maps for raids",
        organisation: "Example Cartography",
        source: source(
          after,
          "No maps for raids: an open letter",
          "The Example Courier",
          "courier.example.com/no-maps",
        ),
        follows: null,
      },
    },
    {
      day: last,
      entry: {
        kind: "remark",
        text: "We keep count of what was promised, and of what the company supplies.\nThe next date is the last day of the contract.",
        source: null,
      },
    },
  ];
  if (of.mirror !== null) entries.push({ day: last, entry: { kind: "mirror", url: of.mirror } });
  return entries;
}
