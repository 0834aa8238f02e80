/** A letter that is closed and public, a mail server that takes it, and an addressee who answers. */
import { generateKeyPairSync } from "node:crypto";
import { type BoardReader, letterAfterClosing } from "@undersigned/board";
import {
  type ActBody,
  type Appearance,
  addDays,
  type BatchRule,
  type Delivery,
  type DeliveryWay,
  encodeBase64url,
  encodeRecord,
  type JsonValue,
  type JudgementRecord,
  type OrganiserRecord,
  type PreparedDelivery,
  RECORD_OF_LEAF,
  type RecordLeaf,
  randomBytes,
  recordHash,
  signDelivery,
  signerFromSeed,
  signRecord,
  utf8Encode,
} from "@undersigned/core";
import { createTransport } from "nodemailer";
import { type Kit, Person, seedOf } from "../../board/test/kit.ts";
import type { DeskOptions } from "../src/index.ts";
import {
  issuanceOf,
  letterBody,
  newLetter,
  openEpoch,
  registrars,
  type SetUp,
  setUpWorkforce,
} from "./content-kit.ts";
import { Desks, type Member } from "./kit.ts";

export const CHIEF = "chief@company.example";
export const DOMAIN = "answers.example.org";

const BATCH: BatchRule = {
  first: 3,
  classes: { mailbox: { min: 2, every: 1 }, vouched: { min: 2, every: 1 } },
};
const ANONYMOUS: Appearance = { kind: "anonymous" };
export const DEMANDS = {
  demands: ["end", "say"],
  "demand:end": { title: "End the contract", text: "End it.", met: "It has ended." },
  "demand:say": { title: "Say what is supplied", text: "Say it.", met: "It is published." },
};

/** What a desk of tests makes of a bundle: quick, and no letter. */
const quickDocument: DeskOptions["makeDocument"] = async ({ bundle, letter }) => ({
  pdf: utf8Encode(`%PDF-1.7 of ${letter} in ${bundle.length}`),
  pages: 3,
});

export interface Answered {
  readonly desks: Desks;
  readonly owner: Member;
  readonly other: Member;
  readonly setUp: SetUp;
  readonly at: { readonly workforce: string; readonly letter: string };
  readonly closes: string;
}

/** `change`: fields of the letter. `people`: who sign. It is the day after the last one, and the letter is closed. */
export async function closedLetter(
  options: DeskOptions = {},
  { change = {}, people = 4, databaseUrl }: { change?: object; people?: number; databaseUrl?: string } = {},
): Promise<Answered> {
  const desks = await Desks.start(databaseUrl, {
    makeDocument: quickDocument,
    answers: { domain: DOMAIN },
    ...options,
  } as DeskOptions);
  const owner = await desks.owner();
  const other = await desks.invited(owner, "owner", "Other");
  const setUp = await setUpWorkforce(desks, owner);
  desks.fetchIssuance = issuanceOf(20);
  await openEpoch(desks, owner, setUp);
  const today = desks.desk.clock.day();
  const closes = addDays(today, 3);
  const document = await newLetter(desks, owner, setUp, {
    batch: BATCH,
    closes,
    delivers: addDays(closes, 1),
    addressee: { name: "The chief executive", organisation: "Company", mailbox: CHIEF },
    ...DEMANDS,
    ...change,
  });
  const body = await letterBody(desks, owner, document, setUp);
  const { letter, epoch, slot } = await owner.act("letter-publish", body);
  const { workforce } = setUp;
  const kit = { workforce, registrars, manifest: setUp.manifest } as unknown as Kit;
  for (let i = 0; i < people; i++) {
    const place = { id: letter, epoch, slot } as ConstructorParameters<typeof Person>[1];
    const person = new Person(kit, place, signerFromSeed(seedOf(`person ${i}`)));
    const endorsement = person.endorsement({ appearance: ANONYMOUS });
    await desks.board.board.acceptEndorsement(workforce, endorsement as unknown as JsonValue);
  }
  for (let day = today; day <= closes; day = addDays(day, 1)) {
    desks.passDays(1);
    await desks.board.board.tick();
  }
  // Sessions last to the end of a day.
  for (const member of [owner, other]) await member.signInAgain();
  return { desks, owner, other, setUp, at: { workforce, letter }, closes };
}

/** What a page sends to hand over what was prepared. */
export function deliveryBody(
  { desks, owner, at }: Answered,
  { document, bundle, size, nonce }: PreparedDelivery,
  how: DeliveryWay,
  change: Partial<ActBody<"delivery-make">> = {},
  member: Member = owner,
): ActBody<"delivery-make"> {
  const delivered = desks.desk.clock.day();
  const of: Delivery = { ...at, delivered, how, document, bundle, size, nonce };
  return { ...of, sig: signDelivery({ ...of, ...change }, member.organiser).sig, again: false, ...change };
}

/** Prepared and handed over. Gives the mark. */
export async function handOver(answered: Answered, how: DeliveryWay = "hand"): Promise<string> {
  const { owner, at } = answered;
  const prepared = await owner.act("delivery-prepare", at);
  await owner.act("delivery-make", deliveryBody(answered, prepared, how));
  const { nonce } = await owner.act("delivery", at);
  return nonce!;
}

/** The record that a page makes of these fields, its hash and the member's signature. */
export function signed<R extends OrganiserRecord>(member: Member, record: R) {
  const type = (Object.keys(RECORD_OF_LEAF) as RecordLeaf["type"][]).find(
    (leaf) => RECORD_OF_LEAF[leaf] === record.type,
  )!;
  const hash = recordHash(record.type, encodeRecord(record));
  const { workforce, letter } = record;
  return { record, hash, sig: signRecord({ type, workforce, letter, record: hash }, member.organiser).sig };
}

export const newSalt = (): string => encodeBase64url(randomBytes(32));

export function judgement(at: Answered["at"], change: Partial<JudgementRecord> = {}): JudgementRecord {
  return {
    type: "judgement-record",
    v: 1,
    salt: newSalt(),
    ...at,
    demand: "end",
    state: "unanswered",
    until: null,
    reason: "Nothing was said.",
    source: null,
    previous: null,
    ...change,
  };
}

/** What the log has of the letter's further life. */
export async function inTheLog({ desks, at }: Answered) {
  return await letterAfterClosing(desks.desk.database.db as unknown as BoardReader, at);
}

export async function publicFile({ desks, at }: Answered, path: string): Promise<Response> {
  return await fetch(`${desks.board.url}/w/${at.workforce}/${path}`);
}

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const p = publicKey.export({ format: "der", type: "spki" }).toString("base64");
const forged = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** DNS as it says that the addressee's server signs. */
export const dns: DeskOptions["lookUpTxt"] = async (name) =>
  /^s[12]\._domainkey\.company\.example$/.test(name) ? [`v=DKIM1; k=rsa; p=${p}`] : [];

export interface AnswerMail {
  readonly to: string;
  readonly subject: string;
  readonly day: string;
  readonly from?: string;
  readonly text?: string;
  /** `none`: not signed. `twice`: two good signatures. `forged`: by another key. `other`: by another domain. */
  readonly dkim?: "right" | "twice" | "none" | "forged" | "other";
}

export async function answerMail(of: AnswerMail): Promise<Uint8Array> {
  const { dkim = "right", from = CHIEF, text = "We have read it, and will end the contract." } = of;
  const pem = (key: typeof privateKey) => key.export({ format: "pem", type: "pkcs8" }) as string;
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    ...(dkim !== "none" && {
      dkim: {
        keys: (dkim === "twice" ? ["s1", "s2"] : ["s1"]).map((keySelector) => ({
          domainName: dkim === "other" ? "elsewhere.example" : "company.example",
          keySelector,
          privateKey: pem(dkim === "forged" ? forged : privateKey),
        })),
      },
    }),
  });
  const { message } = await transport.sendMail({
    from,
    to: of.to,
    subject: of.subject,
    text,
    date: new Date(`${of.day}T10:00:00Z`),
  });
  return new Uint8Array(message as Buffer);
}
