/** Invitations: given with every enrolment by mailbox, good once each, and for nothing but what they say. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  decodeBase64url,
  type Enrolment,
  encodeCanonical,
  InvitationSecrets,
  InvitationVerifier,
  type JsonValue,
  parseKeyStatement,
  randomBytes,
  type VouchEvidence,
} from "@undersigned/core";
import { openKeyFile, sealKeyFile } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEpochKeys } from "../src/index.ts";
import { enrolBy, newRegistrar, seen } from "./evidence-kit.ts";
import {
  type Answer,
  OTHER_PHRASE,
  openTables,
  Person,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";

const PHRASE_OF_ANOTHER =
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

let workforce: Workforce;
let registrar: Running;
let inviter: Person;

beforeEach(async () => {
  workforce = await newRegistrar();
  registrar = await start(workforce);
  inviter = new Person(workforce, "jodoe@example.com");
});
afterEach(stopAll);
afterAll(removeFolders);

const enrol = async (one: Running, who: Person) => await who.enrol(one, await who.askCode(one, who.mailbox));

/** An invitee's device, with a phrase of its own. */
const invitee = (of: Workforce, phrase = OTHER_PHRASE) => new Person(of, "", phrase, "vouched");

/** The signatures under the invitations, as the inviter's device makes them of the answer. */
async function invitationsIn(answer: Answer, who: Person): Promise<Uint8Array[]> {
  const { invitations } = answer.body as unknown as Enrolment;
  const signatures: Uint8Array[] = [];
  for (const [number, key] of who.invitationKeys().entries()) {
    const secrets = who.secrets.invitation(key);
    const signature = secrets.unblind(key, decodeBase64url(invitations[number]!.signature, 256));
    const { prefix, signature: text } = secrets.use(key, signature, "");
    expect(await new InvitationVerifier(key).verify(secrets.key, prefix, text)).toBe(true);
    signatures.push(signature);
  }
  return signatures;
}

/** What the invitee shows, who has the invitation's secret. */
function evidenceOf(from: Person, number: number, signature: Uint8Array, by: Person): VouchEvidence {
  const key = from.invitationKeys()[number]!;
  return from.secrets.invitation(key).use(key, signature, by.requests);
}

const use = (
  one: { url: string },
  by: Person,
  evidence: VouchEvidence,
  changes: Record<string, JsonValue> = {},
) => enrolBy(one, by, evidence as unknown as JsonValue, changes);

eachDatabase("an invitation", (database) => {
  it("comes with an enrolment by mailbox, and gives a colleague sixteen tokens of class vouched, once", async () => {
    const here = await newRegistrar(0, await database.freshUrl());
    const one = await start(here);
    const from = new Person(here, "jodoe@example.com");
    const signatures = await invitationsIn(await enrol(one, from), from);
    expect(signatures).toHaveLength(2);
    const guest = invitee(here);
    const evidence = evidenceOf(from, 0, signatures[0]!, guest);
    const first = await use(one, guest, evidence);
    expect(first.body).toMatchObject({ class: "vouched", invitations: [], name: null });
    expect(await guest.tokens(first)).toHaveLength(16);
    expect((await use(one, guest, evidence)).text).toBe(first.text);
    // The same invitation comes out again for the inviter, and is still used.
    expect(await invitationsIn(await enrol(one, from), from)).toEqual(signatures);

    const another = invitee(here, PHRASE_OF_ANOTHER);
    const twice = await use(one, another, evidenceOf(from, 0, signatures[0]!, another));
    expect(seen(twice)).toBe("409 invitation-used");
    expect(seen(await use(one, another, evidenceOf(from, 1, signatures[1]!, another)))).toBe(200);
    await stopAll();
    const tables = await openTables(here);
    const counts = await tables.db.selectFrom("issued").select(["evidence", "class", "count"]).execute();
    expect(counts.sort((a, b) => (a.evidence < b.evidence ? -1 : 1))).toEqual([
      { evidence: "existing-mail", class: "mailbox", count: 0 },
      { evidence: "mailbox-code", class: "mailbox", count: 1 },
      { evidence: "vouch", class: "vouched", count: 2 },
    ]);
    expect(await tables.db.selectFrom("enrolment").select("tag").execute()).toHaveLength(3);
    await tables.close();
  });
});

describe("an invitation is refused", () => {
  let signatures: Uint8Array[];
  let guest: Person;
  beforeEach(async () => {
    signatures = await invitationsIn(await enrol(registrar, inviter), inviter);
    guest = invitee(workforce);
  });

  it("used twice at once: one of two colleagues gets the tokens", async () => {
    const other = invitee(workforce, PHRASE_OF_ANOTHER);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => {
        const by = i % 2 ? other : guest;
        return use(registrar, by, evidenceOf(inviter, 0, signatures[0]!, by));
      }),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(4);
    expect(new Set(won.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(seen))).toEqual(
      new Set(["409 invitation-used"]),
    );
  });

  it("of another number: a token of one number makes no second invitation of another", async () => {
    const evidence = evidenceOf(inviter, 0, signatures[0]!, guest);
    for (const number of [1, 2, 7]) {
      expect(seen(await use(registrar, guest, { ...evidence, number }))).toBe("403 invitation-invalid");
    }
    expect(seen(await use(registrar, guest, evidence))).toBe(200);
  });

  it("of another registrar", async () => {
    const elsewhere = await newRegistrar(1);
    const other = await start(elsewhere);
    const there = invitee(elsewhere);
    const evidence = evidenceOf(inviter, 0, signatures[0]!, there);
    expect(seen(await use(other, there, evidence))).toBe("403 invitation-invalid");
    // Nor is what the one was shown worth anything at the other.
    expect(seen(await use(other, there, evidenceOf(inviter, 0, signatures[0]!, guest)))).toBe(
      "403 invitation-invalid",
    );
  });

  it("of another epoch", async () => {
    await stopAll();
    const { dataDir, manifestFile } = workforce;
    const days = { opens: "2031-04-01", closes: "2031-09-30" };
    const made = await createEpochKeys({ dataDir, lock: LOCK, manifestFile, epoch: 2, ...days });
    const second = { ...workforce, statement: parseKeyStatement(made.statement) };
    const readLog = async () => logOf([workforce.statementFile, made.statement]);
    const both = await start(workforce, { readLog });
    const later = invitee(second);
    const evidence = evidenceOf(inviter, 0, signatures[0]!, later);
    expect(seen(await use(both, later, evidence))).toBe("403 invitation-invalid");
  });

  it("without its secret: its token alone, seen on the way or kept by a registrar, is worth nothing", async () => {
    const key = inviter.invitationKeys()[0]!;
    const shown = evidenceOf(inviter, 0, signatures[0]!, guest);
    const thief = invitee(workforce, PHRASE_OF_ANOTHER);
    // For the thief's requests with the owner's signature, with the thief's own, and with the thief's own key.
    const own = new InvitationSecrets(key, randomBytes(32)).use(key, signatures[0]!, thief.requests);
    for (const evidence of [shown, { ...shown, sig: own.sig }, { ...shown, key: own.key, sig: own.sig }]) {
      expect(seen(await use(registrar, thief, evidence))).toBe("403 invitation-invalid");
    }
    expect(seen(await use(registrar, guest, shown))).toBe(200);
  });

  it("of a stranger, who makes one up", async () => {
    const key = inviter.invitationKeys()[0]!;
    const evidence = new InvitationSecrets(key, randomBytes(32)).use(key, randomBytes(256), guest.requests);
    expect(seen(await use(registrar, guest, evidence))).toBe("403 invitation-invalid");
  });

  it("for class mailbox, and a mailbox for class vouched", async () => {
    const evidence = evidenceOf(inviter, 0, signatures[0]!, guest);
    expect(seen(await use(registrar, guest, evidence, { class: "mailbox" }))).toBe(
      "422 evidence-not-accepted",
    );
    const code = { kind: "mailbox-code", mailbox: "jodoe@example.com", code: "12345678" };
    expect(seen(await enrolBy(registrar, guest, code))).toBe("422 evidence-not-accepted");
  });

  it("where it shall give more: a vouched person asks for invitations, or for a name", async () => {
    const evidence = evidenceOf(inviter, 0, signatures[0]!, guest);
    const { invitations } = new Person(workforce, "", OTHER_PHRASE);
    for (const some of [invitations, invitations.slice(0, 1)]) {
      expect(seen(await use(registrar, guest, evidence, { invitations: some }))).toBe("400 bad-field");
    }
    const name = { name: "Jo Doe", keys: Array(16).fill(workforce.identity) };
    expect(seen(await use(registrar, guest, evidence, { name }))).toBe("400 bad-field");
    expect(seen(await use(registrar, guest, evidence))).toBe(200);
  });
});

it("an invitation is not used up by another inviter's of the same number", async () => {
  const first = await invitationsIn(await enrol(registrar, inviter), inviter);
  const other = new Person(workforce, "kim@example.com", PHRASE_OF_ANOTHER);
  const second = await invitationsIn(await enrol(registrar, other), other);
  const guests = [invitee(workforce), invitee(workforce, PHRASE_OF_ANOTHER)] as const;
  const evidence = [
    evidenceOf(inviter, 0, first[0]!, guests[0]),
    evidenceOf(other, 0, second[0]!, guests[1]),
  ] as const;
  for (const i of [0, 1] as const) expect(seen(await use(registrar, guests[i], evidence[i]))).toBe(200);
});

describe("a registrar", () => {
  it("does not start with keys for invitations that are not those it has published", async () => {
    const path = join(workforce.dataDir, "keys", "epoch-1.age");
    const payload = JSON.parse(Buffer.from(await openKeyFile(path, LOCK)).toString());
    const [first, second] = payload.invitations;
    [first.pkcs8, second.pkcs8] = [second.pkcs8, first.pkcs8];
    await stopAll();
    await rm(path);
    await sealKeyFile(path, encodeCanonical(payload), LOCK);
    await expect(start(workforce)).rejects.toMatchObject({ code: "epoch-keys-differ" });
  });
});

describe("a mailbox's enrolment", () => {
  it("asks for all invitations of the manifest, in order, whether they will be used or not", async () => {
    const { invitations } = inviter;
    const code = await inviter.askCode(registrar);
    const wrong = [[], invitations.slice(0, 1), invitations.slice(1), [...invitations].reverse()];
    const third = [...invitations, { ...invitations[0]!, number: 2 }];
    const skipped = [invitations[0]!, { ...invitations[1]!, number: 2 }];
    for (const list of [...wrong, third, skipped]) {
      const answer = await enrolBy(
        registrar,
        inviter,
        { kind: "mailbox-code", mailbox: inviter.mailbox, code },
        {
          invitations: list,
        },
      );
      expect(seen(answer)).toBe("400 bad-field");
    }
    expect(seen(await inviter.enrol(registrar, code))).toBe(200);
  });

  it("is bound to its invitations: others are other requests", async () => {
    await enrol(registrar, inviter);
    const other = new Person(workforce, "jodoe@example.com", OTHER_PHRASE);
    const mixed = Object.assign(new Person(workforce, "jodoe@example.com"), {
      invitations: other.invitations,
    });
    Object.assign(mixed, { requests: mixed.hashOf(mixed.slots) });
    expect(mixed.requests).not.toBe(inviter.requests);
    expect(seen(await enrol(registrar, mixed))).toBe("409 already-enrolled");
  });
});
