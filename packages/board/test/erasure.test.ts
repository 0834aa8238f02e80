/** What is erased is gone from the disk, not only from the tables: the files are searched for it. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Appearance,
  decodeBase64url,
  encodeBase64url,
  type JsonValue,
  sha256,
  utf8Encode,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Afterwards, hashOf, source } from "./afterwards.ts";
import { Kit, type Person } from "./kit.ts";

/** The files of the data folder, its keys apart, that hold one of these byte strings. */
async function filesWith(dataDir: string, canaries: readonly (string | Uint8Array)[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(dataDir)) {
    if (name === "keys") continue;
    const bytes = await readFile(join(dataDir, name));
    for (const canary of canaries) if (bytes.includes(canary)) found.push(name);
  }
  return found;
}

const CANARY = "Canary Quillfeather";
const named: Appearance = { kind: "named", name: CANARY, confirmed: null, role: null, place: null };

async function namedPerson(kit: Kit, days: number, first = 1): Promise<Person> {
  const letter = await kit.publish({ days, first });
  const person = kit.person(letter);
  const body = person.endorsement({ appearance: named }) as unknown as JsonValue;
  await kit.board.acceptEndorsement(kit.workforce, body);
  return person;
}

describe("the disk of a board", () => {
  it("holds nothing of a pool that was destroyed, while the board still runs", async () => {
    const kit = await Kit.start();
    const person = await namedPerson(kit, 1, 2);
    const traces = [CANARY, decodeBase64url(person.key, 32), decodeBase64url(person.chain[0]!, 32)];
    expect(new Set(await filesWith(kit.dataDir, traces))).not.toEqual(new Set());
    await kit.toDay("2026-03-03");
    expect((await kit.leaves()).at(-1)).toMatchObject({ type: "closing", outcome: "too-few" });
    expect(await filesWith(kit.dataDir, traces)).toEqual([]);
  });

  it("holds no name that was taken back by revision or withdrawal, once the next tick has run", async () => {
    for (const takeBack of [
      (kit: Kit, person: Person) => kit.revise(person),
      (kit: Kit, person: Person) => kit.withdraw(person),
    ]) {
      const kit = await Kit.start();
      const person = await namedPerson(kit, 9);
      await kit.nextDay();
      expect(await filesWith(kit.dataDir, [CANARY])).not.toEqual([]);
      await takeBack(kit, person);
      await kit.nextDay();
      expect(await filesWith(kit.dataDir, [CANARY])).toEqual([]);
      await kit.recounted();
    }
  });

  it("holds no name that was erased upon request, shown or waiting, from that moment on", async () => {
    for (const days of [0, 1]) {
      const kit = await Kit.start();
      const { letter, key } = await namedPerson(kit, 9);
      for (let i = 0; i < days; i++) await kit.nextDay();
      const at = { workforce: kit.workforce, letter: letter.id, key };
      expect(await kit.board.eraseOpening(at)).toBe(true);
      expect(await filesWith(kit.dataDir, [CANARY])).toEqual([]);
      expect(await kit.board.eraseOpening(at)).toBe(false);
      await kit.nextDay();
      expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 1 } });
    }
  });

  it("holds nothing of an answer that is withheld, nor of what proves it and shows it, from that moment on", async () => {
    const after = await Afterwards.closed();
    const { kit, of } = after;
    await after.deliver();
    // Over several pages of the database each.
    const long = `${CANARY} said so. `.repeat(400);
    const evidence = utf8Encode(`Subject: no\r\n\r\n${long.replaceAll(CANARY, "Canary evidence")}`);
    const copy = utf8Encode(`%PDF-1.7 ${long.replaceAll(CANARY, "Canary copy")}`);
    const [proof, shown] = [evidence, copy].map((bytes) => encodeBase64url(sha256(bytes)));
    const mail = after.mail({ text: long, evidence: proof! });
    const statement = after.statement({ text: long, source: source(shown) });
    await after.logMail(mail, evidence);
    await after.log(statement);
    await kit.board.publishCopies({ ...of, copies: [copy] });
    await kit.nextDay();
    const canaries = [CANARY, "Canary evidence", "Canary copy"];
    for (const canary of canaries) expect(await filesWith(kit.dataDir, [canary])).not.toEqual([]);
    for (const record of [mail, statement]) await after.withhold(hashOf(record));
    expect(await filesWith(kit.dataDir, canaries)).toEqual([]);
    await kit.nextDay();
    await kit.recounted();
    expect(await filesWith(kit.dataDir, canaries)).toEqual([]);
    expect(kit.log.join("")).not.toContain(mail.salt);
  });

  it("holds no name that was changed before it was ever shown", async () => {
    const kit = await Kit.start();
    const person = await namedPerson(kit, 9);
    await kit.revise(person);
    await kit.nextDay();
    expect((await kit.recounted()).letters[0]).toMatchObject({ counted: { mailbox: 1 } });
    expect(await filesWith(kit.dataDir, [CANARY])).toEqual([]);
  });

  it("holds nothing of those who did not agree to a small batch at closing", async () => {
    const kit = await Kit.start();
    const letter = await kit.publish({ days: 2, min: 3 });
    await kit.endorsed(letter, 3);
    await kit.nextDay();
    const [person] = await kit.endorsed(letter, 1, "destroy");
    await kit.revise(person!, named);
    await kit.toDay("2026-03-04");
    expect((await kit.recounted()).letters[0]).toMatchObject({ state: "closed", counted: { mailbox: 3 } });
    const traces = [CANARY, ...[person!.key, ...person!.chain].map((text) => decodeBase64url(text, 32))];
    expect(await filesWith(kit.dataDir, traces)).toEqual([]);
  });
});
