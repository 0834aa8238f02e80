/**
 * A compiled release made rows: one a contract, and one an award that has no contract yet. An award that has one is named, so that
 * a row of its own from an earlier import can go.
 */
import type { Dealing, Source } from "@undersigned/core";
import type { ImportedRow, SkipReason, WarningCode } from "../import-result.ts";
import { rowId } from "../row-id.ts";
import { cleanLine } from "../text/clean-line.ts";
import { dayOfText } from "../text/day-of-text.ts";
import { formatDecimal, parseDecimal } from "../text/decimal.ts";
import type { KnownObject } from "./known-release.ts";
import { isKnownObject } from "./merge-releases.ts";

type Known = KnownObject[string] | undefined;

/** One contract or award of a process, before anything is decided of it. */
export interface Candidate {
  readonly id: string;
  readonly suppliers: readonly string[];
  readonly agency: string;
  readonly office: string;
  /** The row, or why there is none. Given the source, since it is the caller's to know. */
  make(source: Source | null, warn: (code: WarningCode) => void): ImportedRow | SkipReason;
  /** The id of the row that the contract's award was before. */
  readonly replaces: string | null;
}

interface Parties {
  readonly all: readonly KnownObject[];
  readonly byId: ReadonlyMap<string, KnownObject>;
}

const NOT_AWARDED = new Set(["pending", "cancelled", "unsuccessful"]);

export function candidates(ocid: string, release: KnownObject): Candidate[] {
  const awards = objects(release.awards);
  const contracts = objects(release.contracts);
  const all = objects(release.parties);
  const parties = {
    all,
    byId: new Map(all.filter(({ id }) => text(id) !== "").map((party) => [text(party.id), party])),
  };
  const [agency, office] = agencyOf(release, parties);
  const candidate = (contract: KnownObject | null, award: KnownObject | null): Candidate => {
    const id = text((contract ?? award)!.id);
    const awardId = text(award?.id);
    const suppliers = suppliersOf(award, parties, awards.length);
    const supplier = cleanLine(suppliers.join(", "), 300);
    return {
      id,
      suppliers,
      agency,
      office,
      replaces: contract === null || awardId === "" ? null : rowId("ocds", [ocid, "award", awardId]),
      make(source, warn) {
        if (id === "") return "no-id";
        if (isNotAwarded(contract, award)) return "not-awarded";
        if (supplier === "") return "no-supplier";
        if (agency === "") return "no-agency";
        if (source === null) return "no-source";
        // The award's value is that of all its contracts together.
        const sole = contract === null || contractsOf.get(award) === 1;
        const value = amountOf(contract?.value ?? (sole ? award?.value : undefined), warn);
        if (value === "bad-amount") return value;
        const day = (known: Known) => {
          const found = dayOfText(text(known));
          if (found === null && text(known) !== "") warn("day-left-out");
          return found;
        };
        const period = contract?.period ?? award?.contractPeriod;
        return {
          id: rowId("ocds", contract === null ? [ocid, "award", id] : [ocid, id]),
          entry: {
            what: describe(contract, award, release),
            supplier,
            recipient: agency,
            office: office === "" ? null : office,
            agreed: day(contract?.dateSigned ?? award?.date),
            from: isKnownObject(period) ? day(period.startDate) : null,
            until: isKnownObject(period) ? day(period.endDate) : null,
            value,
            status: text(contract?.status) === "terminated" ? "ended" : "reported",
            since: null,
            sources: [source],
          },
        };
      },
    };
  };
  const awardsById = new Map(awards.map((award) => [text(award.id), award]));
  const awardOf = (contract: KnownObject): KnownObject | null => {
    const award = text(contract.awardID);
    // Some publishers name no award where there is but one.
    if (award === "") return awards.length === 1 ? awards[0]! : null;
    return awardsById.get(award) ?? null;
  };
  const contractsOf = new Map<KnownObject | null, number>();
  for (const contract of contracts) {
    const award = awardOf(contract);
    contractsOf.set(award, (contractsOf.get(award) ?? 0) + 1);
  }
  return [
    ...contracts.map((contract) => candidate(contract, awardOf(contract))),
    ...awards.filter((award) => !contractsOf.has(award)).map((award) => candidate(null, award)),
  ];
}

function isNotAwarded(contract: KnownObject | null, award: KnownObject | null): boolean {
  return contract === null ? NOT_AWARDED.has(text(award?.status)) : text(contract.status) === "cancelled";
}

function text(known: Known): string {
  return typeof known === "string" ? known : "";
}

function objects(known: Known): KnownObject[] {
  return Array.isArray(known) ? known.filter(isKnownObject) : [];
}

/** A reference's own name, or that of the party with its id. */
function nameOf(reference: Known, { byId }: Parties): string {
  if (!isKnownObject(reference)) return "";
  return text(reference.name) || text(byId.get(text(reference.id))?.name);
}

function namesByRole(role: string, { all }: Parties): string[] {
  return all
    .filter(({ roles }) => Array.isArray(roles) && roles.includes(role))
    .map(({ name }) => text(name))
    .filter((name) => name !== "");
}

/** The buyer, and who procured for it if that is another. */
function agencyOf(release: KnownObject, parties: Parties): [agency: string, office: string] {
  const tender = isKnownObject(release.tender) ? release.tender : {};
  const entity =
    nameOf(tender.procuringEntity, parties) || (namesByRole("procuringEntity", parties)[0] ?? "");
  const buyer = nameOf(release.buyer, parties) || (namesByRole("buyer", parties)[0] ?? "") || entity;
  return [buyer, entity === buyer ? "" : entity];
}

function suppliersOf(award: KnownObject | null, parties: Parties, awards: number): string[] {
  const named = objects(award?.suppliers).map((supplier) => nameOf(supplier, parties));
  // A party's role does not say of which award; with several it could be another's.
  const names = named.some((name) => name !== "") || awards > 1 ? named : namesByRole("supplier", parties);
  return [...new Set(names.filter((name) => name !== ""))];
}

function describe(contract: KnownObject | null, award: KnownObject | null, release: KnownObject): string {
  const tender = isKnownObject(release.tender) ? release.tender : {};
  const candidates = [contract?.title, contract?.description, award?.title, award?.description, tender.title];
  return candidates.map(text).find((candidate) => candidate !== "") ?? "Not described";
}

function amountOf(known: Known, warn: (code: WarningCode) => void): Dealing["value"] | "bad-amount" {
  if (!isKnownObject(known) || text(known.amount) === "") return null;
  const decimal = parseDecimal(text(known.amount));
  const amount = decimal === null ? null : formatDecimal(decimal.units);
  if (decimal === null || amount === null) return "bad-amount";
  const currency = text(known.currency);
  if (!/^[A-Z]{3}$/.test(currency)) {
    warn("value-left-out");
    return null;
  }
  if (decimal.rounded) warn("amount-rounded");
  return { amount, currency, kind: "current" };
}
