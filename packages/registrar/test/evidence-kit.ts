/** Two registrars of one workforce that takes all kinds of evidence, gives two invitations to a mailbox and confirms names. */
import { type JsonValue, quorumBounds, type WorkforceManifest } from "@undersigned/core";
import { createEpochKeys, createRegistrarKeys } from "../src/index.ts";
import {
  type Answer,
  CLOSES,
  copyWorkforce,
  forgetWithFolders,
  manifestFor,
  newFolder,
  OPENS,
  type Person,
  post,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { KEY_NAME, key, reservationOf, SENDER, type SignedMail } from "./signed-mail.ts";

export const ALL_EVIDENCE: Partial<WorkforceManifest> = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
    { kind: "vouch", class: "vouched" },
  ],
  existingMail: {
    senders: [SENDER],
    notBefore: "2031-01-01",
    notAfter: "2031-12-31",
    records: [{ name: KEY_NAME, record: key.record, first: "2031-02-01", last: "2031-05-31" }],
  },
  vouching: { invitations: 2 },
  names: { pattern: "{given}{family}{n}", order: "given-family" },
};

type Made = { readonly dataDir: string; readonly identity: string };
let both: Promise<{ made: readonly [Made, Made]; manifestFile: Uint8Array }> | undefined;
/** Keys of the epoch are made where a file needs them, and once. */
const withKeys: Promise<unknown>[] = [];
forgetWithFolders(() => {
  both = undefined;
  withKeys.length = 0;
});

async function makeBoth() {
  const made = (await Promise.all(
    [0, 1].map(async () => {
      const dataDir = await newFolder();
      return { dataDir, ...(await createRegistrarKeys({ dataDir, lock: LOCK })) };
    }),
  )) as [Made, Made];
  const registrars = made
    .map(({ identity }, i) => ({
      identity,
      name: `R${i}`,
      operator: "Office",
      url: `https://r${i}.example.com`,
    }))
    .sort((a, b) => (a.identity < b.identity ? -1 : 1));
  const manifestFile = manifestFor(made[0].identity, {
    ...ALL_EVIDENCE,
    registrars,
    quorum: 2,
    bounds: quorumBounds(2, 2),
  });
  return { made, manifestFile };
}

/** One of the two, with an empty database, whose epoch 1 is ready. */
export async function newRegistrar(which: 0 | 1 = 0, databaseUrl?: string): Promise<Workforce> {
  both ??= makeBoth();
  const { made, manifestFile } = await both;
  const of = { lock: LOCK, manifestFile, epoch: 1, opens: OPENS, closes: CLOSES };
  withKeys[which] ??= createEpochKeys({ dataDir: made[which].dataDir, ...of });
  await withKeys[which];
  return await copyWorkforce({ ...made[which], manifestFile }, databaseUrl);
}

export const seen = ({ status, body }: Answer) => (status === 200 ? 200 : `${status} ${body.code}`);

export function reserveMail({ url }: { url: string }, person: Person, mail: SignedMail): Promise<Answer> {
  const evidence = reservationOf(mail, person.workforce.identity);
  return post(url, "/v1/reservations", person.reservation({ evidence }));
}

export function enrolBy(
  { url }: { url: string },
  person: Person,
  evidence: JsonValue,
  changes: Record<string, JsonValue> = {},
): Promise<Answer> {
  return post(url, "/v1/enrolments", person.enrolment("", { evidence, ...changes }));
}

/** Reserves the mail and hands it over. */
export async function enrolByMail(
  registrar: { url: string },
  person: Person,
  mail: SignedMail,
  changes: Record<string, JsonValue> = {},
): Promise<Answer> {
  const reserved = await reserveMail(registrar, person, mail);
  return reserved.status === 200 ? await enrolBy(registrar, person, mail.evidence, changes) : reserved;
}
