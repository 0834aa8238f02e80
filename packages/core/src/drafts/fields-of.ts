/** Manifests back to fields: where a new version of a letter or a workforce begins. */
import type { LetterManifest } from "../formats/letter-manifest.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import { fieldText } from "./field.ts";
import type { LetterValues } from "./letter-fields.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

type Fields = ReadonlyMap<string, string>;

/** Without days: those of a new version are its own. */
export function fieldsOfLetter(manifest: LetterManifest): Fields {
  const { language, title, addressee, body, demands, supplement, appearances, names, delivery, batch } =
    manifest;
  const plain: Partial<LetterValues> = {
    language,
    title,
    addressee: { ...addressee, mailbox: addressee.mailbox ?? "" },
    body,
    appearances,
    names,
    delivery,
    batch,
  };
  const claims = supplement?.claims ?? [];
  const sourceOf = (source: (typeof claims)[number]["sources"][number]) => ({
    ...source,
    day: source.day ?? "",
  });
  return new Map<string, string>([
    ...Object.entries(plain).map(([name, value]): [string, string] => [name, fieldText(value)]),
    ["demands", fieldText(demands.map(({ id }) => id))],
    ...demands.map(({ id, ...rest }): [string, string] => [`demand:${id}`, fieldText(rest)]),
    ["supplementTitle", fieldText(supplement?.title ?? "")],
    ["claims", fieldText(claims.map(({ id }) => id))],
    ...claims.map(({ id, text, sources }): [string, string] => [
      `claim:${id}`,
      fieldText({ text, sources: sources.map(sourceOf) }),
    ]),
  ]);
}

/** Numbers of people are not in a manifest: roles and places that are shown already need none. */
export function fieldsOfWorkforce(manifest: WorkforceManifest): Fields {
  const { employer, mailboxes, evidence, codeMail, existingMail, vouching, names, headcount } = manifest;
  const { registrars, quorum, witnesses, witnessQuorum, board, roles, places } = manifest;
  const shared = (list: readonly string[]) => list.map((name) => ({ name, people: null, coarser: "" }));
  const values: Partial<WorkforceValues> = {
    employer,
    domains: mailboxes.domains,
    plus: mailboxes.plus,
    dots: mailboxes.dots,
    groups: mailboxes.groups,
    evidence: evidence.map(({ kind }) => kind),
    codeMail,
    names,
    keptRegistrars: registrars.map(({ identity }) => identity),
    quorum,
    witnesses,
    witnessQuorum,
    boardUrl: board.url,
    roles: shared(roles),
    places: shared(places),
    headcount,
    ...(vouching !== null && { vouching }),
    ...(existingMail !== null && {
      existingMail: {
        ...existingMail,
        known: [],
        senders: existingMail.senders.map((sender) => ({ ...sender, subject: sender.subject ?? "" })),
      },
    }),
  };
  return new Map(Object.entries(values).map(([name, value]) => [name, fieldText(value)]));
}
