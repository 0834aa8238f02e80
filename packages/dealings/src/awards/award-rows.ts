/**
 * Records of an award export made rows: one a key, whether the file has a record an award or a record an action. Amounts of
 * actions are added exactly; words and days are the latest action's, the description the first one's.
 */
import type { Dealing } from "@undersigned/core";
import type { ImportCollector } from "../import-collector.ts";
import type { ImportedRow, ImportOptions } from "../import-result.ts";
import { rowId } from "../row-id.ts";
import { cleanLine, ownCopy } from "../text/clean-line.ts";
import { dayOfOldText, dayOfText } from "../text/day-of-text.ts";
import { formatDecimal, parseDecimal } from "../text/decimal.ts";
import { cleanAddress } from "../web-address.ts";
import type { Fields, LayoutName } from "./layouts.ts";

const PUBLISHER = "USAspending.gov";
const SITE = "https://www.usaspending.gov/";
const OFFICE_MOST = 300;
const NAME_MOST = 300;
const WHAT_MOST = 2000;

type Value = { units: bigint; kind: "obligated" | "current" | "potential" };

/** What is known of an award so far. */
interface Award {
  layout: LayoutName;
  piid: string;
  what: string;
  /** Day of the action that `what` is of, and of the latest; "" where it is not said. */
  firstDay: string;
  lastDay: string;
  supplier: string;
  agency: string;
  office: string;
  from: string | null;
  until: string | null;
  agreed: string | null;
  link: string;
  value: Value | null;
  badAmount: boolean;
}

export class AwardRows {
  readonly #awards = new Map<string, Award>();
  readonly #collector: ImportCollector;
  readonly #options: ImportOptions;

  constructor(collector: ImportCollector, options: ImportOptions) {
    this.#collector = collector;
    this.#options = options;
  }

  /** A record that the filters let through. `supplier` and `agency` are cleaned. */
  add(layout: LayoutName, fields: Fields, supplier: string, agency: string): void {
    const id = idOf(layout, fields, agency);
    if (id === null || supplier === "" || agency === "") {
      this.#collector.skip(supplier === "" ? "no-supplier" : agency === "" ? "no-agency" : "no-id");
      return;
    }
    if (this.#collector.tooMany) return;
    const read = this.#read(layout, fields, supplier, agency);
    const before = this.#awards.get(id);
    if (before === undefined) {
      this.#awards.set(ownCopy(id), read);
      this.#collector.expect(this.#awards.size);
      if (this.#collector.tooMany) this.#awards.clear();
    } else if (layout === "awards") {
      // The same award twice, as in two exports in one zip file: the later state of it.
      if (before.layout !== "awards" || read.lastDay >= before.lastDay) this.#awards.set(id, read);
    } else if (before.layout !== "awards") addAction(before, read);
  }

  rows(): ImportedRow[] {
    const rows: ImportedRow[] = [];
    for (const [id, award] of this.#awards) {
      const amount = award.value === null ? null : formatDecimal(award.value.units);
      if (award.badAmount || (award.value !== null && amount === null)) this.#collector.skip("bad-amount");
      else rows.push({ id, entry: this.#entry(award, amount) });
    }
    return rows;
  }

  #read(layout: LayoutName, fields: Fields, supplier: string, agency: string): Award {
    const day = (name: string) => {
      const text = fields(name);
      const found = layout === "old" ? dayOfOldText(text) : dayOfText(text);
      if (found === null && text.trim() !== "") this.#collector.warn("day-left-out");
      return found;
    };
    const acted = day("acted");
    const value = this.#value(layout, fields);
    return {
      layout,
      piid: ownCopy(cleanLine(fields("piid"), 100)),
      what: ownCopy(describe(fields)),
      firstDay: acted ?? "",
      lastDay: acted ?? "",
      supplier: ownCopy(supplier),
      agency: ownCopy(agency),
      office: ownCopy(officeOf(fields, agency)),
      from: day("from"),
      until: day("until"),
      agreed: layout === "awards" ? day("agreed") : acted,
      link: ownCopy(fields("link").slice(0, 2000)),
      value: value === "bad" ? null : value,
      badAmount: value === "bad",
    };
  }

  /** Bound so far; if that is not said, the present value, or what it can become. An empty field is unknown, not nothing. */
  #value(layout: LayoutName, fields: Fields): Value | null | "bad" {
    const kinds =
      layout === "awards" ? (["obligated", "current", "potential"] as const) : ["obligated" as const];
    for (const kind of kinds) {
      const text = fields(kind);
      if (text.trim() === "") continue;
      const decimal = parseDecimal(text);
      if (decimal === null) return "bad";
      if (decimal.rounded) this.#collector.warn("amount-rounded");
      return { units: decimal.units, kind };
    }
    return null;
  }

  #entry(award: Award, amount: string | null): Dealing {
    const given = this.#options.source;
    return {
      what: award.what,
      supplier: award.supplier,
      recipient: award.agency,
      office: award.office === "" ? null : award.office,
      agreed: award.agreed,
      from: award.from,
      until: award.until,
      value: amount === null ? null : { amount, currency: "USD", kind: award.value!.kind },
      status: "reported",
      since: null,
      sources: [
        {
          title: cleanLine(
            given?.title ?? (award.piid === "" ? "Federal award" : `Federal award ${award.piid}`),
            300,
          ),
          publisher: cleanLine(given?.publisher ?? PUBLISHER, 200),
          day: null,
          url: cleanAddress(award.link) ?? cleanAddress(given?.url ?? SITE) ?? SITE,
          quote: "",
          copy: null,
        },
      ],
    };
  }
}

function addAction(to: Award, action: Award): void {
  to.badAmount ||= action.badAmount;
  if (action.value !== null)
    to.value = { kind: "obligated", units: (to.value?.units ?? 0n) + action.value.units };
  if (action.firstDay !== "" && (to.firstDay === "" || action.firstDay < to.firstDay)) {
    to.firstDay = action.firstDay;
    to.agreed = action.agreed ?? to.agreed;
    to.what = action.what;
    to.from = action.from ?? to.from;
  }
  if (action.lastDay >= to.lastDay) {
    to.lastDay = action.lastDay;
    to.supplier = action.supplier;
    to.agency = action.agency;
    to.office = action.office;
    to.until = action.until ?? to.until;
    if (action.link !== "") to.link = action.link;
  }
}

/** Before 2017 an award had no key: its agency and numbers are what tells it apart. */
function idOf(layout: LayoutName, fields: Fields, agency: string): string | null {
  if (layout !== "old") {
    const key = fields("key").trim();
    return key === "" ? null : rowId("award", [key]);
  }
  const piid = fields("piid").trim();
  return piid === "" ? null : rowId("award", ["old", agency, fields("idv").trim(), piid]);
}

function describe(fields: Fields): string {
  for (const name of ["baseDescription", "description", "product", "naics", "awardType"]) {
    const text = cleanLine(fields(name), WHAT_MOST);
    if (text !== "") return text;
  }
  return "Not described";
}

/** The part of the agency and its office, where they say more than the agency does. */
function officeOf(fields: Fields, agency: string): string {
  const parts = [agencyName(fields("subAgency")), cleanLine(fields("office"), NAME_MOST)];
  const own = parts.filter((part, i) => part !== "" && part !== agency && parts.indexOf(part) === i);
  return cleanLine(own.join(", "), OFFICE_MOST);
}

/** Before 2017 names bore a code in front: `9700: DEPT OF …`. */
export function agencyName(raw: string): string {
  return cleanLine(cleanLine(raw, NAME_MOST + 6).replace(/^[0-9A-Z]{4}: (?=.)/, ""), NAME_MOST);
}
