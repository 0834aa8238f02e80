/** A letter's draft as the editor and the review read it: typed values, and what each field is called. */
import { fieldText, type LetterValues } from "@undersigned/core";
import { say } from "../../../say.ts";
import type { OpenDocument } from "../../outbox/open-document.ts";

type Text = Pick<OpenDocument, "names" | "value">;

/** JSON text by name, as `letterOf` takes it. */
export function fieldTexts(document: Text): ReadonlyMap<string, string> {
  const texts = document.names
    .map((name) => [name, document.value(name)] as const)
    .filter(([, value]) => value !== undefined);
  return new Map(texts.map(([name, value]) => [name, fieldText(value)]));
}

/** `values` tells which demand or claim it is; one that is not in the letter any more has no number. */
export function labelOf(name: string, values: Pick<LetterValues, "demands" | "claims">): string {
  const [kind, id] = name.split(":");
  if (id === undefined) return say.known(`desk-writing.field.${name}`) ?? name;
  const list = kind === "demand" ? values.demands : values.claims;
  const at = list.findIndex((item) => item.id === id);
  const word = kind === "demand" ? "demand" : "claim";
  return at < 0
    ? say("desk-writing.part-removed", { word })
    : say("desk-writing.part-n", { word, n: at + 1 });
}

/** Where in the editor a field is. */
export const SECTIONS = ["addressee", "text", "demands", "sources", "days", "signing", "passing-on"] as const;
export type SectionName = (typeof SECTIONS)[number];

export function titleOf(section: SectionName): string {
  return say(`desk-writing.section.${section}`);
}

const SECTION_OF: Readonly<Record<string, SectionName>> = {
  addressee: "addressee",
  language: "text",
  title: "text",
  body: "text",
  demands: "demands",
  demand: "demands",
  supplementTitle: "sources",
  claims: "sources",
  claim: "sources",
  opens: "days",
  closes: "days",
  delivers: "days",
  delivery: "days",
  appearances: "signing",
  names: "signing",
  batch: "signing",
  passOn: "passing-on",
};

/** Null for what is no field of a section: what is chosen in the review, or wrong with the letter as a whole. */
export function sectionOf(field: string): SectionName | null {
  return SECTION_OF[field.split(":")[0] ?? ""] ?? null;
}

export function isSection(name: string | null): name is SectionName {
  return (SECTIONS as readonly (string | null)[]).includes(name);
}
