/** Which part of a register a reader asks for, by the parameters of its address: a form and links set them, so no script is needed. */
import { type DealingStatus, dealingStatus } from "@undersigned/core";
import { SORT_KEYS, type SortKey } from "@undersigned/dealings";

export interface RegisterView {
  /** Empty: all. */
  readonly text: string;
  readonly agency: string;
  readonly status: DealingStatus | null;
  readonly year: string;
  readonly order: SortKey;
  readonly down: boolean;
  /** From 1. */
  readonly page: number;
}

const MAX_TEXT = 200;
export const ROWS_ON_PAGE = 100;

/** Whatever is not understood is left out: a link with something added to it still leads here. */
export function readRegisterView(query: unknown): RegisterView {
  const given = (typeof query === "object" && query !== null ? query : {}) as Record<string, unknown>;
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value.normalize("NFC").slice(0, MAX_TEXT).trim() : "";
  };
  const [name, direction] = text("sort").split("-");
  const order = SORT_KEYS.find((known) => known === name) ?? "agreed";
  return {
    text: text("text"),
    agency: text("agency"),
    status: isStatus(text("status")) ? (text("status") as DealingStatus) : null,
    year: /^\d{4}$/.test(text("year")) ? text("year") : "",
    order,
    down: direction === "down" || (direction !== "up" && downFirst(order)),
    page: /^[1-9]\d{0,3}$/.test(text("page")) ? Number(text("page")) : 1,
  };
}

/** The newest and the largest come first unless the reader turns it round. */
export function downFirst(order: SortKey): boolean {
  return order === "agreed" || order === "value";
}

/** An order as an address has it: `value-down`. */
export function sortName({ order, down }: Pick<RegisterView, "order" | "down">): string {
  return `${order}-${down ? "down" : "up"}`;
}

function isStatus(text: string): boolean {
  try {
    dealingStatus.check(text, "");
    return true;
  } catch {
    return false;
  }
}

/** The address of the same view with some of it changed; a page of its own only if that is what changes. */
export function registerQuery(view: RegisterView, change: Partial<RegisterView>): string {
  const next = { ...view, page: 1, ...change };
  const query = new URLSearchParams();
  if (next.text !== "") query.set("text", next.text);
  if (next.agency !== "") query.set("agency", next.agency);
  if (next.status !== null) query.set("status", next.status);
  if (next.year !== "") query.set("year", next.year);
  query.set("sort", sortName(next));
  if (next.page > 1) query.set("page", String(next.page));
  return `?${query}`;
}
