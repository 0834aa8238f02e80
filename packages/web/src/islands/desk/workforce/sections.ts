/** The parts of a workforce's description, in the order in which somebody goes through them. */
export const SECTIONS = {
  employer: { title: "Employer", fields: ["employer", "headcount"] },
  mailboxes: { title: "Mailboxes", fields: ["domains", "plus", "dots", "groups"] },
  evidence: {
    title: "Ways to prove it",
    fields: ["evidence", "codeMail", "existingMail", "vouching", "names"],
  },
  registrars: {
    title: "Registrars",
    fields: ["registrars", "keptRegistrars", "quorum", "boardUrl", "witnesses", "witnessQuorum"],
  },
  shown: { title: "Roles and places", fields: ["roles", "places", "leastShared"] },
  finish: { title: "Finish", fields: [""] },
} as const satisfies Record<string, { readonly title: string; readonly fields: readonly string[] }>;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];

export function isSection(name: string | null): name is SectionName {
  return name !== null && Object.hasOwn(SECTIONS, name);
}

/** In which section a field stands; the last one for what is about the whole. */
export function sectionOf(field: string): SectionName {
  return (
    SECTION_NAMES.find((name) => (SECTIONS[name].fields as readonly string[]).includes(field)) ?? "finish"
  );
}

const LABELS: Readonly<Record<string, string>> = {
  employer: "The employer",
  headcount: "The number of people",
  domains: "Domains",
  plus: "What follows a +",
  dots: "Dots",
  groups: "Group mailboxes",
  evidence: "Ways to prove it",
  codeMail: "The mail with the code",
  existingMail: "Mails that people have",
  vouching: "Invitations",
  names: "Confirmed names",
  registrars: "Registrars",
  quorum: "How many must agree",
  roles: "Roles",
  places: "Places",
  leastShared: "The smallest number shown",
};

export function labelOf(field: string): string {
  return LABELS[field] ?? field;
}
