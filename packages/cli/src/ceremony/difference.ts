/** What a version of a workforce manifest changes against the one before, a line for each thing. */
import { canonicalize, type JsonValue, type WorkforceManifest } from "@undersigned/core";
import { recordWords, senderWords } from "./evidence-lines.ts";

/** Follow from others, or are different in each version. */
const LEFT_OUT = new Set(["bounds", "previous", "type", "v", "version", "workforce"]);

export function differenceLines(before: WorkforceManifest, after: WorkforceManifest): string[] {
  const fields = Object.keys(after).filter((field) => !LEFT_OUT.has(field)) as (keyof WorkforceManifest)[];
  return fields.sort().flatMap((field) => fieldLines(field, before[field], after[field]));
}

function fieldLines(field: keyof WorkforceManifest, before: unknown, after: unknown): string[] {
  if (text(before) === text(after)) return [];
  if (field === "registrars") {
    return registrarLines(
      before as WorkforceManifest["registrars"],
      after as WorkforceManifest["registrars"],
    );
  }
  if (field === "existingMail" && before !== null && after !== null) {
    return mailLines(
      before as NonNullable<WorkforceManifest["existingMail"]>,
      after as NonNullable<WorkforceManifest["existingMail"]>,
    );
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return [`${field}: ${text(before)} -> ${text(after)}`];
  const old = before.map(text);
  const now = after.map(text);
  return [
    ...old.filter((item) => !now.includes(item)).map((item) => `${field}: without ${item}`),
    ...now.filter((item) => !old.includes(item)).map((item) => `${field}: with ${item}`),
  ];
}

/** Senders, days and key records that come and go. A record that changes under its name and days goes and comes. */
function mailLines(
  before: NonNullable<WorkforceManifest["existingMail"]>,
  after: NonNullable<WorkforceManifest["existingMail"]>,
): string[] {
  const changes = <T>(what: string, old: readonly T[], now: readonly T[], words: (item: T) => string) => {
    const isIn = (items: readonly T[], item: T) => items.some((other) => text(other) === text(item));
    return [
      ...old.filter((item) => !isIn(now, item)).map((item) => `${what}: without ${words(item)}`),
      ...now.filter((item) => !isIn(old, item)).map((item) => `${what}: with ${words(item)}`),
    ];
  };
  const days = ({ notBefore, notAfter }: typeof before) => `${notBefore} to ${notAfter}`;
  return [
    ...changes("mails of", before.senders, after.senders, senderWords),
    ...(days(before) === days(after) ? [] : [`mails dated: ${days(before)} -> ${days(after)}`]),
    ...changes("key records", before.records, after.records, recordWords),
  ];
}

function registrarLines(
  before: WorkforceManifest["registrars"],
  after: WorkforceManifest["registrars"],
): string[] {
  const old = new Map(before.map((registrar) => [registrar.identity, registrar]));
  const now = new Map(after.map((registrar) => [registrar.identity, registrar]));
  const gone = before.filter(({ identity }) => !now.has(identity));
  const come = after.filter(({ identity }) => !old.has(identity));
  const changed = after.flatMap((registrar) => {
    const was = old.get(registrar.identity);
    if (was === undefined) return [];
    return (["name", "operator", "url"] as const)
      .filter((field) => was[field] !== registrar[field])
      .map((field) => `registrar ${was.name}: ${field} ${text(was[field])} -> ${text(registrar[field])}`);
  });
  const whole = ({ name, operator, url }: WorkforceManifest["registrars"][number]) =>
    `${name}, run by ${operator}, at ${url}`;
  return [
    ...gone.map((registrar) => `registrars: without ${whole(registrar)}`),
    ...come.map((registrar) => `registrars: with ${whole(registrar)}`),
    ...changed,
  ];
}

function text(value: unknown): string {
  return canonicalize(value as JsonValue);
}
