/** Made-up exports with fictional names, and ways to give them as streams. */
import { utf8Encode } from "@undersigned/core";
import { strToU8, zipSync } from "fflate";

/** The bytes in pieces of `size`, or whole. */
export async function* pieces(bytes: Uint8Array | string, size = Number.POSITIVE_INFINITY) {
  const all = typeof bytes === "string" ? utf8Encode(bytes) : bytes;
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, Math.min(all.length, at + size));
}

export const AWARD = {
  contract_award_unique_key: "CONT_AWD_EX0001_9999_-NONE-_-NONE-",
  award_id_piid: "EX0001",
  parent_award_id_piid: "",
  award_type: "DEFINITIVE CONTRACT",
  awarding_agency_name: "Department of Examples",
  awarding_sub_agency_name: "Example Logistics Agency",
  awarding_office_name: "EXAMPLE OFFICE 7",
  recipient_name: "EXAMPLE WIDGETS INC.",
  recipient_uei: "EXAMPLEUEI01",
  recipient_parent_name: "EXAMPLE HOLDINGS",
  recipient_phone_number: "5550100",
  highly_compensated_officer_1_name: "PLANTED OFFICER",
  highly_compensated_officer_1_amount: "1",
  total_obligated_amount: "1200.50",
  current_total_value_of_award: "2000.00",
  potential_total_value_of_award: "3000.00",
  award_base_action_date: "2023-02-01",
  award_latest_action_date: "2024-05-06",
  period_of_performance_start_date: "2023-03-01",
  period_of_performance_current_end_date: "2025-02-28",
  prime_award_base_transaction_description: "WIDGETS FOR EXAMPLES",
  naics_code: "000000",
  naics_description: "EXAMPLES",
  product_or_service_code: "0000",
  usaspending_permalink: "https://www.example.com/award/CONT_AWD_EX0001/",
};

export const ACTION = {
  contract_transaction_unique_key: "9999_-NONE-_EX0001_0_-NONE-_0",
  contract_award_unique_key: AWARD.contract_award_unique_key,
  award_id_piid: "EX0001",
  modification_number: "0",
  federal_action_obligation: "1000.10",
  total_dollars_obligated: "",
  action_date: "2023-02-01",
  transaction_description: "WIDGETS",
  recipient_name: "EXAMPLE WIDGETS INC.",
  awarding_agency_name: "Department of Examples",
  period_of_performance_start_date: "2023-03-01",
  period_of_performance_current_end_date: "2024-02-28",
  usaspending_permalink: "https://www.example.com/award/CONT_AWD_EX0001/",
  recipient_fax_number: "5550101",
};

export const OLD_ACTION = {
  unique_transaction_id: "0f1e",
  dollarsobligated: "250000.25",
  vendorname: "EXAMPLE WIDGETS INC.",
  maj_agency_cat: "9999: DEPARTMENT OF EXAMPLES",
  signeddate: "7/4/2012",
  descriptionofcontractrequirement: "WIDGETS OF OLD",
  piid: "OLD0001",
  idvpiid: "",
};

type Records = readonly Readonly<Record<string, string>>[];

/** As the site writes it: everything quoted where `quoted`, lines end in LF. */
export function csv(records: Records, { quoted = true, end = "\n" } = {}): string {
  const names = [...new Set(records.flatMap(Object.keys))];
  const field = (text: string) =>
    quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [names, ...records.map((record) => names.map((name) => record[name] ?? ""))];
  return lines.map((line) => line.map(field).join(",") + end).join("");
}

export function zipOf(members: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, strToU8(text)])));
}
