/**
 * What Example Corp supplies, as two sites would export it: awards as CSV, with others' awards and columns about people beside
 * them, as such exports have them, and contracts as Open Contracting data (OCDS 1.1). All of it is made up.
 */
import { utf8Encode } from "@undersigned/core";

export const SUPPLIER = "Example Corp";
const AGENCY = "Example Agency for Enforcement";
/** Of Example Corp, in both files together. */
export const SAMPLE_ROWS = 12;

type Award = readonly [
  number: string,
  supplier: string,
  what: string,
  agreed: string,
  until: string,
  amount: string,
];

const AWARDS: readonly Award[] = [
  ["0038", SUPPLIER, "BASE MAPS, ALL REGIONS", "2022-03-01", "2024-02-28", "640000.00"],
  ["0040", SUPPLIER, "MAP UPDATES, QUARTERLY", "2023-06-12", "2025-06-11", "212500.50"],
  ["0042", SUPPLIER, "MOVEMENT RECORDS AND ANALYSIS", "2025-04-14", "2027-04-13", "5890000.00"],
  ["0043", "Example Widgets Inc.", "WIDGETS", "2025-05-02", "2026-05-01", "1200.00"],
  ["0044", SUPPLIER, "TOOLS TO SEARCH MOVEMENT RECORDS", "2025-06-01", "2027-04-13", "1750000.25"],
  ["0045", SUPPLIER, "TRAINING, FORTY SEATS", "2025-07-20", "2025-12-31", "86000.00"],
  ["0047", SUPPLIER, "SUPPORT, SECOND YEAR", "2026-01-10", "2027-01-09", "143000.00"],
  ["0048", "Example Paper Ltd", "PAPER", "2026-01-11", "2026-12-31", "900.10"],
  ["0051", SUPPLIER, "REDUCTION OF SEATS", "2026-02-01", "2026-12-31", "-4300.00"],
];

/** The layout of awards: see package dealings. */
export function awardExport(): Uint8Array {
  const rows = AWARDS.map(([number, supplier, what, agreed, until, amount]) => ({
    contract_award_unique_key: `CONT_AWD_${number}_EXAMPLE`,
    award_id_piid: number,
    award_latest_action_date: agreed,
    total_obligated_amount: amount,
    award_base_action_date: agreed,
    period_of_performance_start_date: agreed,
    period_of_performance_current_end_date: until,
    awarding_agency_name: AGENCY,
    awarding_sub_agency_name: "Office of Examples",
    recipient_name: supplier.toUpperCase(),
    recipient_phone_number: "5550100",
    highly_compensated_officer_1_name: "OFFICER ONE OF THE SAMPLE",
    highly_compensated_officer_1_amount: "1",
    prime_award_base_transaction_description: what,
    usaspending_permalink: `https://gazette.example.com/awards/${number}`,
  }));
  const names = Object.keys(rows[0] as object);
  const line = (fields: readonly string[]): string => fields.map((field) => `"${field}"`).join(",");
  return utf8Encode([line(names), ...rows.map((row) => line(Object.values(row)))].join("\n"));
}

type Contract = readonly [number: string, title: string, signed: string, until: string, amount: number];

const CONTRACTS: readonly Contract[] = [
  ["C1", "Movement records, daily, of one region", "2025-05-05", "2026-05-04", 480000],
  ["C2", "Heat maps of crossings", "2025-08-19", "2026-08-18", 95500.5],
  ["C3", "Hosting of the search tool", "2025-09-01", "2026-08-31", 61000],
  ["C4", "Interface between search tool and case files", "2026-01-15", "2026-07-14", 127300],
  ["C5", "Study of journeys by night", "2026-02-20", "2026-06-30", 38000],
];

/** One release a contract, with the persons to contact that such files name. */
export function contractReleases(): Uint8Array {
  const releases = CONTRACTS.map(([number, title, signed, until, amount]) => ({
    ocid: `ocds-example-${number}`,
    id: `ocds-example-${number}-1`,
    date: `${signed}T00:00:00Z`,
    tag: ["contract"],
    initiationType: "tender",
    parties: [
      {
        id: "agency",
        name: AGENCY,
        roles: ["buyer"],
        contactPoint: { name: "Officer two of the sample", telephone: "5550101" },
      },
      { id: "supplier", name: SUPPLIER, roles: ["supplier"] },
    ],
    buyer: { id: "agency", name: AGENCY },
    awards: [{ id: `${number}-award`, status: "active", suppliers: [{ id: "supplier", name: SUPPLIER }] }],
    contracts: [
      {
        id: `${number}-contract`,
        awardID: `${number}-award`,
        title,
        status: "active",
        dateSigned: `${signed}T00:00:00Z`,
        period: { startDate: `${signed}T00:00:00Z`, endDate: `${until}T00:00:00Z` },
        value: { amount, currency: "EUR" },
      },
    ],
  }));
  return utf8Encode(
    JSON.stringify({
      version: "1.1",
      uri: "https://contracts.example.org/releases.json",
      publishedDate: "2026-03-01T00:00:00Z",
      publisher: { name: "Example Register of Contracts" },
      releases,
    }),
  );
}
