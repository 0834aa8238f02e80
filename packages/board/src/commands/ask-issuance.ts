/**
 * Asks registrars how many they have enrolled (PROTOCOL §9, decision 5). A registrar may be down, lie, or answer with
 * anything: what is not a statement that a recount would accept is dropped, and the last good one stays in force.
 */
import {
  type Day,
  daysBetween,
  type EvidenceKind,
  type IssuanceLeaf,
  type IssuanceRequest,
  issuanceLeaf,
  type JsonValue,
  parseCanonical,
  type Signer,
  signObject,
  verifyObject,
} from "@undersigned/core";
import { askRegistrar } from "../ask-registrar.ts";

/** Posts the request to a registrar and gives its answer. May throw anything. */
export type FetchIssuance = (registrarUrl: string, request: IssuanceRequest) => Promise<JsonValue>;

export type IssuanceQuestion = {
  readonly workforce: string;
  readonly epoch: number;
  /** Identity key, base64url. */
  readonly registrar: string;
  readonly url: string;
  /** The newest statement in the log. */
  readonly last: IssuanceLeaf | null;
};

export type IssuanceFault =
  | "unreachable"
  | "malformed"
  | "not-asked-for"
  | "signature-invalid"
  | "wrong-day"
  | "fell";

const MAX_ANSWER_BYTES = 8192;

/** The registrar's statement, checked, or what is wrong with it. */
export async function askIssuance(
  board: Signer,
  fetchIssuance: FetchIssuance,
  today: Day,
  question: IssuanceQuestion,
): Promise<IssuanceLeaf | IssuanceFault> {
  const { workforce, epoch, registrar, url, last } = question;
  const request = signObject(
    { type: "issuance-request" as const, v: 1 as const, workforce, epoch, day: today },
    board,
  );
  let answer: JsonValue;
  try {
    answer = await fetchIssuance(url, request);
  } catch {
    return "unreachable";
  }
  let leaf: IssuanceLeaf;
  try {
    leaf = issuanceLeaf.check(answer, "");
  } catch {
    return "malformed";
  }
  if (leaf.workforce !== workforce || leaf.epoch !== epoch || leaf.registrar !== registrar)
    return "not-asked-for";
  if (!(await verifyObject(leaf, registrar))) return "signature-invalid";
  // The registrar's clock may be on the other side of midnight.
  if (Math.abs(daysBetween(leaf.day, today)) > 1 || (last !== null && leaf.day < last.day))
    return "wrong-day";
  return last !== null && hasFallen(last, leaf) ? "fell" : leaf;
}

/** The count of a kind of evidence, or undefined where it is not stated. */
export function countOf(leaf: IssuanceLeaf, evidence: EvidenceKind): number | undefined {
  return leaf.issued.find((item) => item.evidence === evidence)?.count;
}

/** Whether some kind of evidence has a lower count than before, or is not stated any more. */
export function hasFallen(before: IssuanceLeaf, after: IssuanceLeaf): boolean {
  return before.issued.some(({ evidence, count }) => {
    const now = countOf(after, evidence);
    return now === undefined || now < count;
  });
}

/** Whether a statement says anything new. */
export function saysMore(before: IssuanceLeaf | null, after: IssuanceLeaf): boolean {
  if (before === null || before.batch !== after.batch) return true;
  const text = (leaf: IssuanceLeaf) =>
    JSON.stringify(leaf.issued.map(({ evidence, count }) => [evidence, count]));
  return text(before) !== text(after);
}

/** Over HTTP: who reads along would see the number grow. */
export const fetchIssuanceByHttp: FetchIssuance = async (registrarUrl, request) => {
  const question = { path: "v1/issuance", request, maxBytes: MAX_ANSWER_BYTES };
  return parseCanonical(await askRegistrar(registrarUrl, question), MAX_ANSWER_BYTES);
};
