/** The parts of a workforce's description, in the order in which somebody goes through them. */
import { say } from "../../say.ts";

export const SECTIONS = {
  employer: ["employer", "headcount"],
  mailboxes: ["domains", "plus", "dots", "groups"],
  evidence: ["evidence", "codeMail", "existingMail", "vouching", "names"],
  registrars: ["registrars", "keptRegistrars", "quorum", "boardUrl", "witnesses", "witnessQuorum"],
  shown: ["roles", "places", "leastShared"],
  finish: [""],
} as const satisfies Record<string, readonly string[]>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];

export function isSection(name: string | null): name is SectionName {
  return name !== null && Object.hasOwn(SECTIONS, name);
}

/** In which section a field stands; the last one for what is about the whole. */
export function sectionOf(field: string): SectionName {
  return SECTION_NAMES.find((name) => (SECTIONS[name] as readonly string[]).includes(field)) ?? "finish";
}

export function labelOf(field: string): string {
  return say.known(`desk-workforce.field.${field}`) ?? field;
}

export function titleOf(section: SectionName): string {
  return say(`desk-workforce.section.${section}`);
}
