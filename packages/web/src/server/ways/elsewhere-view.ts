/** Which letters of the directory a reader asks for, by the parameters of its address: a form sets them, so no script is needed. */
import type { ListedLetter } from "./elsewhere.ts";

export const STATES = ["open", "closed", "waiting", "answered"] as const;
export type ListedState = (typeof STATES)[number];

export interface ElsewhereView {
  /** An employer; empty: all. */
  readonly company: string;
  readonly topic: string;
  readonly state: ListedState | null;
  /** From 1. */
  readonly page: number;
}

const MAX_TEXT = 200;
export const LETTERS_ON_PAGE = 50;

/** Whatever is not understood is left out: a link with something added to it still leads here. */
export function readElsewhereView(query: unknown): ElsewhereView {
  const given = (typeof query === "object" && query !== null ? query : {}) as Record<string, unknown>;
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value.normalize("NFC").slice(0, MAX_TEXT).trim() : "";
  };
  return {
    company: text("company"),
    topic: text("topic"),
    state: STATES.find((state) => state === text("state")) ?? null,
    page: /^[1-9]\d{0,3}$/.test(text("page")) ? Number(text("page")) : 1,
  };
}

export function filterLetters(
  letters: readonly ListedLetter[],
  { company, topic, state }: ElsewhereView,
): ListedLetter[] {
  return letters.filter(
    (letter) =>
      (company === "" || letter.employer === company) &&
      (topic === "" || letter.topics.includes(topic)) &&
      (state === null || isIn(letter, state)),
  );
}

function isIn({ state, delivered, answered }: ListedLetter, asked: ListedState): boolean {
  switch (asked) {
    case "open":
      return state === "open";
    case "closed":
      return state !== "open";
    case "waiting":
      return delivered !== null && !answered;
    case "answered":
      return answered;
  }
}

/** The address of another page of the same view. */
export function elsewhereQuery({ company, topic, state }: ElsewhereView, page: number): string {
  const query = new URLSearchParams();
  if (company !== "") query.set("company", company);
  if (topic !== "") query.set("topic", topic);
  if (state !== null) query.set("state", state);
  if (page > 1) query.set("page", String(page));
  return `?${query}`;
}
