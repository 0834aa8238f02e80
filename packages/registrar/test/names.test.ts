/** Confirmed names: what a mailbox says and what an operator has noted, and nothing else. */
import { type Enrolment, encodeBase64url, nameKey, verifyName } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { closeEpoch, noteName } from "../src/index.ts";
import { enrolByMail, newRegistrar, seen } from "./evidence-kit.ts";
import {
  type Answer,
  OTHER_PHRASE,
  openTables,
  Person,
  post,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { dns, signedMail } from "./signed-mail.ts";

afterEach(stopAll);
afterAll(removeFolders);

const MAILBOX = "janedoe@example.com";
const CHANGED = "Janet Smith";

function keysOf(person: Person): string[] {
  return person
    .keys()
    .map((key) =>
      nameKey(person.secrets.slotSigner(key).publicKey, encodeBase64url(person.secrets.nameSalt(key))),
    );
}

async function askName(registrar: Running, person: Person, name: string): Promise<Answer> {
  const code = await person.askCode(registrar, person.mailbox);
  const asked = { name: { name, keys: keysOf(person) } };
  return await post(registrar.url, "/v1/enrolments", person.enrolment(code, asked));
}

/** Which rule has confirmed the name, each signature checked as any reader would; null where none has. */
async function ruleIn(answer: Answer, person: Person, name: string): Promise<string | null> {
  expect(seen(answer)).toBe(200);
  const { name: confirmed } = answer.body as unknown as Enrolment;
  if (confirmed === null) return null;
  const { rule, sigs } = confirmed;
  const { workforce, epoch, registrar } = person.workforce.statement;
  for (const [slot, key] of keysOf(person).entries()) {
    const of = { workforce, epoch, slot, name, rule, key };
    expect(await verifyName(of, registrar, sigs[slot]!)).toBe(true);
    if (slot === 0) expect(await verifyName({ ...of, slot: 1 }, registrar, sigs[slot]!)).toBe(false);
  }
  return rule;
}

const note = (workforce: Workforce, name = CHANGED, mailbox = MAILBOX) =>
  noteName({
    dataDir: workforce.dataDir,
    databaseUrl: workforce.databaseUrl,
    lock: LOCK,
    epoch: 1,
    mailbox,
    name,
  });

eachDatabase("a name", (database) => {
  it("that the mailbox says is confirmed for each slot, by code and by mail, and in another spelling for the same slots", async () => {
    const workforce = await newRegistrar(0, await database.freshUrl());
    const registrar = await start(workforce, { lookUpTxt: dns });
    const person = new Person(workforce, MAILBOX);
    const plain = await askName(registrar, person, "Jane Doe");
    expect(await ruleIn(plain, person, "Jane Doe")).toBe("pattern");
    // The same slots with another spelling: the requests are the same, so the tokens are too.
    const spelled = await askName(registrar, person, "Jané Doë");
    expect(await ruleIn(spelled, person, "Jané Doë")).toBe("pattern");
    expect(spelled.body.slots).toEqual(plain.body.slots);
    const asked = { name: { name: "Jane Doe", keys: keysOf(person) } };
    const byMail = await enrolByMail(registrar, person, await signedMail(MAILBOX), asked);
    expect(byMail.text).toBe(plain.text);
  });

  it("that has changed is confirmed after a note, for that mailbox and that name alone", async () => {
    const workforce = await newRegistrar(0, await database.freshUrl());
    const person = new Person(workforce, MAILBOX);
    const colleague = new Person(workforce, "kimpark@example.com", OTHER_PHRASE);
    let registrar = await start(workforce);
    const before = await askName(registrar, person, CHANGED);
    expect(await ruleIn(before, person, CHANGED)).toBe(null);
    await expect(note(workforce)).rejects.toMatchObject({ code: "other-process-active" });
    await stopAll();
    // In any spelling of the mailbox, and twice.
    await note(workforce, CHANGED, "Jane.Doe+x@mail.example.com");
    await note(workforce);
    registrar = await start(workforce);
    const after = await askName(registrar, person, CHANGED);
    expect(await ruleIn(after, person, CHANGED)).toBe("note");
    expect(after.body.slots).toEqual(before.body.slots);
    expect(await ruleIn(await askName(registrar, person, "Janet Smyth"), person, "Janet Smyth")).toBe(null);
    expect(await ruleIn(await askName(registrar, person, "Jane Doe"), person, "Jane Doe")).toBe("pattern");
    expect(await ruleIn(await askName(registrar, colleague, CHANGED), colleague, CHANGED)).toBe(null);
    await stopAll();
    const tables = await openTables(workforce);
    const notes = await tables.db.selectFrom("name_note").selectAll().execute();
    await tables.close();
    expect(notes).toHaveLength(1);
    expect(notes[0]!.note).toHaveLength(32);
  });
});

describe("a name is not confirmed", () => {
  it("for another's mailbox: each gets the own name only, and is enrolled all the same", async () => {
    const workforce = await newRegistrar();
    const registrar = await start(workforce);
    const liar = new Person(workforce, "kimpark@example.com");
    expect(await ruleIn(await askName(registrar, liar, "Jane Doe"), liar, "Jane Doe")).toBe(null);
    expect(await ruleIn(await askName(registrar, liar, "Kim Park"), liar, "Kim Park")).toBe("pattern");
  });

  it("before the mailbox is proved: a wrong code is answered alike, with a fitting name, another one and none", async () => {
    const workforce = await newRegistrar();
    const registrar = await start(workforce);
    const person = new Person(workforce, MAILBOX);
    const names = ["Jane Doe", CHANGED].map((name) => ({ name, keys: keysOf(person) }));
    const answers = await Promise.all(
      [null, ...names].map((name) =>
        post(registrar.url, "/v1/enrolments", person.enrolment("12345678", { name })),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(seen(answers[0]!)).toBe("403 wrong-code");
  });
});

describe("a note", () => {
  it("is refused for names of mixed scripts, for mailboxes that the rules refuse, and for epochs without keys", async () => {
    const workforce = await newRegistrar();
    // The a is Cyrillic.
    await expect(note(workforce, "Jаnet Smith")).rejects.toMatchObject({ code: "name-refused" });
    await expect(note(workforce, CHANGED, "jane@example.net")).rejects.toMatchObject({
      code: "mailbox-not-here",
    });
    await expect(note(workforce, CHANGED, "team-a@example.com")).rejects.toMatchObject({
      code: "group-mailbox",
    });
    const { dataDir } = workforce;
    const epoch2 = { dataDir, lock: LOCK, epoch: 2, mailbox: MAILBOX, name: CHANGED };
    await expect(noteName(epoch2)).rejects.toMatchObject({ code: "epoch-unknown" });
    await closeEpoch({ dataDir, lock: LOCK, epoch: 1, day: "2031-07-01" });
    await expect(note(workforce)).rejects.toMatchObject({ code: "keys-destroyed" });
  });
});
