/**
 * The columns of the award export of the United States federal spending site, found by name in any order: awards (a record an
 * award), transactions (a record an action), and the layout before 2017 (a record an action, other names). Only these columns are
 * ever read; of the others, those about people (`highly_compensated_officer_…`, telephone and fax numbers) never become text.
 */
import { DealingsError } from "../errors.ts";

export type LayoutName = "awards" | "transactions" | "old";

/** What we call a column, and what the export does. */
interface Layout {
  readonly needed: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
}

const NEW = {
  needed: {
    key: "contract_award_unique_key",
    supplier: "recipient_name",
    agency: "awarding_agency_name",
    link: "usaspending_permalink",
    from: "period_of_performance_start_date",
    until: "period_of_performance_current_end_date",
  },
  optional: {
    piid: "award_id_piid",
    parent: "recipient_parent_name",
    uei: "recipient_uei",
    subAgency: "awarding_sub_agency_name",
    office: "awarding_office_name",
    awardType: "award_type",
    naics: "naics_description",
    product: "product_or_service_code_description",
    baseDescription: "prime_award_base_transaction_description",
  },
} as const;

export const LAYOUTS = {
  awards: {
    needed: {
      ...NEW.needed,
      obligated: "total_obligated_amount",
      agreed: "award_base_action_date",
      description: "prime_award_base_transaction_description",
    },
    optional: {
      ...NEW.optional,
      current: "current_total_value_of_award",
      potential: "potential_total_value_of_award",
      acted: "award_latest_action_date",
    },
  },
  transactions: {
    needed: {
      ...NEW.needed,
      transaction: "contract_transaction_unique_key",
      obligated: "federal_action_obligation",
      acted: "action_date",
      description: "transaction_description",
    },
    optional: NEW.optional,
  },
  old: {
    needed: {
      transaction: "unique_transaction_id",
      obligated: "dollarsobligated",
      supplier: "vendorname",
      agency: "maj_agency_cat",
      acted: "signeddate",
      description: "descriptionofcontractrequirement",
      piid: "piid",
      idv: "idvpiid",
    },
    optional: { subAgency: "mod_agency", from: "effectivedate", until: "currentcompletiondate" },
  },
} as const satisfies Record<LayoutName, Layout>;

/** What one record says, by our names; "" for a column that the file has not. */
export type Fields = (name: string) => string;

export interface FoundLayout {
  readonly name: LayoutName;
  /** Indexes of the columns to read. */
  readonly columns: readonly number[];
  /** Where each of our names is among `columns`. */
  readonly places: ReadonlyMap<string, number>;
}

/** Null if the header is of something else. Throws DealingsError `missing-column` naming the first that is missing. */
export function findLayout(header: readonly string[]): FoundLayout | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const has = (name: string) => names.includes(name);
  const name: LayoutName | null = has(LAYOUTS.transactions.needed.transaction)
    ? "transactions"
    : has(LAYOUTS.awards.needed.key)
      ? "awards"
      : has(LAYOUTS.old.needed.transaction)
        ? "old"
        : null;
  if (name === null) {
    // One of ours without its key: say so, instead of that it is none.
    if (has(NEW.needed.agency)) throw new DealingsError("missing-column", { column: NEW.needed.key });
    if (has(LAYOUTS.old.needed.agency))
      throw new DealingsError("missing-column", { column: LAYOUTS.old.needed.transaction });
    return null;
  }
  const layout: Layout = LAYOUTS[name];
  const places = new Map<string, number>();
  const columns: number[] = [];
  for (const [ours, theirs] of Object.entries({ ...layout.optional, ...layout.needed })) {
    const column = names.indexOf(theirs);
    if (column < 0) {
      if (Object.hasOwn(layout.needed, ours)) throw new DealingsError("missing-column", { column: theirs });
      continue;
    }
    // Two of our names may stand for one column.
    let place = columns.indexOf(column);
    if (place < 0) place = columns.push(column) - 1;
    places.set(ours, place);
  }
  return { name, columns, places };
}
