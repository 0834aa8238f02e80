/** A workforce and letters as organisers set them up at a desk, with registrars in the same process. */
import type { FetchIssuance } from "@undersigned/board";
import {
  type ActBody,
  addDays,
  encodeBase64url,
  encodeCanonical,
  fieldText,
  type JsonValue,
  type LetterLeaf,
  type LetterManifest,
  letterId,
  letterOf,
  parseWorkforceManifest,
  randomBytes,
  type Signer,
  signDetached,
  signObject,
  utf8Decode,
  type WorkforceManifest,
  workforceManifestHash,
  workforceOf,
} from "@undersigned/core";
import { makeRegistrars, makeStatement, type TestRegistrar } from "../../board/test/kit.ts";
import { type Desks, type Member, randomId } from "./kit.ts";

export const bytesOf = (value: unknown): Uint8Array => encodeCanonical(value as JsonValue);
export const textOf = (value: unknown): string => utf8Decode(bytesOf(value));

export async function fill(
  member: Member,
  id: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { fields } = await member.act("document-read", { id });
  const versions = new Map(fields.map(({ name, version }) => [name, version]));
  const changes = Object.entries(values)
    .map(([name, value]) => ({ name, base: versions.get(name) ?? 0, value: fieldText(value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  await member.act("document-save", { id, changes });
}

export async function fieldsOf(member: Member, id: string): Promise<ReadonlyMap<string, string>> {
  const { fields } = await member.act("document-read", { id });
  return new Map(fields.map(({ name, value }) => [name, value]));
}

export const registrars = makeRegistrars(3);

export function cardOf({ signer, identity }: TestRegistrar, url = "https://registrar.example.com"): string {
  const name = `R-${identity.slice(0, 4)}`;
  return textOf(
    signObject({ type: "registrar-card", v: 1, identity, name, operator: `People of ${name}`, url }, signer),
  );
}

const registrarUrl = (i: number) => `https://registrar-${i}.example.com`;

/** Answers the board as registrars do that have each enrolled `count` people by mailbox. */
export function issuanceOf(count: number): FetchIssuance {
  return async (url, { workforce, epoch, day }) => {
    const { signer, identity } = registrars.find((_, i) => registrarUrl(i) === url)!;
    const issued = [{ evidence: "mailbox-code", count }];
    return signObject(
      { type: "issuance", v: 1, workforce, epoch, registrar: identity, day, batch: 20, issued },
      signer,
    ) as unknown as JsonValue;
  };
}

export const workforceFields = {
  employer: "Example Works",
  domains: [{ domain: "example.com", aliases: [] }],
  groups: ["all"],
  registrars: registrars.map((one, i) => cardOf(one, registrarUrl(i))),
  quorum: 2,
  roles: [{ name: "Engineer", people: 400, coarser: "" }],
};

/** The manifest file that a page makes of a workforce's document. */
export async function workforceFile(
  desks: Desks,
  member: Member,
  id: string,
  before: { manifest: WorkforceManifest; hash: string } | null = null,
): Promise<Uint8Array> {
  const { board, owners } = await member.act("document-read", { id });
  const made = await workforceOf(await fieldsOf(member, id), {
    board: board!,
    openers: owners,
    before,
    day: desks.desk.clock.day(),
  });
  if (made.manifest === null) throw new Error(made.problems.map(({ message }) => message).join(" "));
  return bytesOf(made.manifest);
}

export function signatureText(file: Uint8Array, { signer, identity }: TestRegistrar): string {
  const manifest = parseWorkforceManifest(file);
  const sig = signDetached("workforce-manifest", manifest as unknown as JsonValue, signer);
  return textOf({
    type: "manifest-signature",
    v: 1,
    manifest: workforceManifestHash(file),
    registrar: identity,
    sig,
  });
}

export interface SetUp {
  readonly workforce: string;
  readonly manifest: WorkforceManifest;
}

/** A workforce whose document is filled, frozen, signed and added. */
export async function setUpWorkforce(desks: Desks, owner: Member, change: object = {}): Promise<SetUp> {
  const id = randomId();
  await owner.act("document-new", { id, kind: "workforce", workforce: null, replaces: null });
  await fill(owner, id, { ...workforceFields, ...change });
  const file = await workforceFile(desks, owner, id);
  await owner.act("workforce-freeze", { document: id, file: encodeBase64url(file) });
  const signatures = registrars.map((one) => signatureText(file, one));
  await owner.act("workforce-sign", { document: id, signatures });
  const { workforce } = await owner.act("workforce-add", { document: id });
  return { workforce, manifest: parseWorkforceManifest(file) };
}

export function statementTexts(desks: Desks, { workforce, manifest }: SetUp, epoch = 1): string[] {
  const opens = desks.desk.clock.day();
  const at = { workforce, epoch, opens, closes: addDays(opens, 90) };
  return registrars.map((one) => textOf(makeStatement(one, manifest, at)));
}

export async function openEpoch(desks: Desks, owner: Member, at: SetUp): Promise<void> {
  await owner.act("epoch-open", { workforce: at.workforce, epoch: 1, statements: statementTexts(desks, at) });
}

export function letterFields(desks: Desks) {
  const today = desks.desk.clock.day();
  return {
    title: "A letter",
    addressee: { name: "The chief executive", organisation: "Example Works", mailbox: "" },
    body: "We ask for **one** thing.",
    opens: today,
    closes: addDays(today, 30),
    delivers: addDays(today, 31),
    delivery: "By hand.",
  };
}

/** What a page sends to publish a letter's document. */
export async function letterBody(
  desks: Desks,
  member: Member,
  document: string,
  at: SetUp,
  signer: Signer = member.organiser,
): Promise<ActBody<"letter-publish">> {
  const read = await member.act("document-read", { id: document });
  const made = letterOf(await fieldsOf(member, document), {
    workforce: { id: at.workforce, manifest: at.manifest },
    organisers: read.owners,
    salt: encodeBase64url(randomBytes(32)),
    replaces: read.replaces,
    day: desks.desk.clock.day(),
  });
  if (made.manifest === null) throw new Error(made.problems.map(({ message }) => message).join(" "));
  const leaf = await leafFor(member, made.manifest, at.workforce, signer);
  return { document, leaf, manifest: made.manifest, unlisted: null };
}

/** Signed anew for a manifest that was changed. */
export async function leafFor(
  member: Member,
  manifest: LetterManifest,
  workforce: string,
  signer: Signer,
): Promise<LetterLeaf> {
  const { previous, slot } = await member.desks.nextPlace(workforce);
  const { opens, closes, batch } = manifest;
  const letter = letterId(bytesOf(manifest));
  return signObject(
    {
      type: "letter",
      v: 1,
      workforce,
      letter,
      version: 1,
      epoch: 1,
      slot,
      previous,
      opens,
      closes,
      batch,
      by: signer.publicKey,
    } as const,
    signer,
  );
}

export async function newLetter(
  desks: Desks,
  member: Member,
  at: SetUp,
  change: object = {},
  replaces: string | null = null,
): Promise<string> {
  const id = randomId();
  await member.act("document-new", { id, kind: "letter", workforce: at.workforce, replaces });
  await fill(member, id, { ...letterFields(desks), ...change });
  return id;
}
