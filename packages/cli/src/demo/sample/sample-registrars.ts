/** Who runs the sample registrars. Nobody of this list exists; each has a mail domain of its own below example.com. */

export type SampleRegistrar = {
  readonly name: string;
  readonly operator: string;
  /** Where its code mails come from. */
  readonly sender: string;
};

const REGISTRARS: readonly (readonly [name: string, operator: string, domain: string])[] = [
  ["Sample registrar", "Example Staff Association", "registrar"],
  ["Union registrar", "Example Union of Mapmakers", "union"],
  ["Courier registrar", "The Example Courier", "courier"],
  ["Law registrar", "Example Law Clinic", "law"],
  ["University registrar", "University of Exampleton", "university"],
  ["Rights registrar", "Example Digital Rights Society", "rights"],
  ["Library registrar", "Exampleton Public Library", "library"],
  ["Drivers' registrar", "Example Drivers' Guild", "drivers"],
  ["Archive registrar", "Example Press Archive", "archive"],
  ["Engineers' registrar", "Example Society of Engineers", "engineers"],
  ["Surveyors' registrar", "Example Chamber of Surveyors", "surveyors"],
  ["Translators' registrar", "Example Translators' Circle", "translators"],
  ["Readers' registrar", "Example Readers' Foundation", "readers"],
  ["Notaries' registrar", "Example Notaries' College", "notaries"],
  ["Council registrar", "Exampleton Works Council Network", "council"],
];

/** The first `count` of them, at most MAX_REGISTRARS. */
export function sampleRegistrars(count: number): SampleRegistrar[] {
  return REGISTRARS.slice(0, count).map(([name, operator, domain]) => ({
    name,
    operator,
    sender: `codes@${domain}.example.com`,
  }));
}
