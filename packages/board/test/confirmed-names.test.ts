/** Names that shall be shown as confirmed: one that a recount refuses would put a whole letter in doubt, so none gets in. */
import {
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  type Opening,
  openingShape,
  randomBytes,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { LIMITS, OPENINGS_PER_PAGE } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { Kit, type KitOptions, type Person } from "./kit.ts";

const NAMES = { pattern: "{given}.{family}{n}", order: "given-family" } as const;
const NAME = "Ann Example";
const REFUSED = { code: "name-not-confirmed" };
const json = (value: unknown) => value as JsonValue;

const start = (options: KitOptions = {}) =>
  Kit.start({ registrars: 3, quorum: 2, names: NAMES, vouching: 1, ...options });
const endorse = (kit: Kit, person: Person, options: Parameters<Person["endorsement"]>[0]) =>
  kit.board.acceptEndorsement(kit.workforce, json(person.endorsement(options)));

describe("a confirmed name", () => {
  it("is taken with an endorsement and with a revision, and a recount agrees", async () => {
    const kit = await start();
    const letter = await kit.publish({ names: "confirmed" });
    const [one, other] = [kit.person(letter), kit.person(letter)];
    await endorse(kit, one, { appearance: one.confirmed(NAME) });
    await kit.endorse(other);
    await kit.revise(other, other.confirmed("Bo Example"));
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]?.appearances.mailbox).toMatchObject({ named: 2, confirmed: 2 });
  });

  it("is the only kind of name that a letter may take", async () => {
    const kit = await start();
    const letter = await kit.publish({ names: "confirmed" });
    const person = kit.person(letter);
    const given = { kind: "named", name: NAME, confirmed: null, role: null, place: null } as const;
    await expect(endorse(kit, person, { appearance: given })).rejects.toMatchObject({
      code: "appearance-not-offered",
    });
    await kit.endorse(person);
    await expect(kit.revise(person, given)).rejects.toMatchObject({ code: "appearance-not-offered" });
  });

  it("is refused from too few, one registrar, a stranger, for another name, key or slot, and without a rule", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const [one, two, three] = kit.registrars.map(({ signer }) => signer);
    const person = kit.person(letter);
    const stranger = kit.opener;
    const made = person.confirmed(NAME) as Extract<ReturnType<Person["confirmed"]>, { kind: "named" }>;
    const [first, second] = made.confirmed!.by;
    const attempts = [
      person.confirmed(NAME, { signers: [one!] }),
      person.confirmed(NAME, { signers: [one!, two!, three!] }),
      person.confirmed(NAME, {
        signers: [one!, stranger].sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1)),
      }),
      { ...made, confirmed: { ...made.confirmed!, by: [first!, { ...second!, sig: first!.sig }] } },
      { ...made, name: "Bo Example" },
      { ...made, confirmed: { ...made.confirmed!, rule: "note" as const } },
      { ...made, confirmed: { ...made.confirmed!, salt: encodeBase64url(randomBytes(32)) } },
      person.confirmed(NAME, { slot: 1 }),
      person.confirmed(NAME, { key: kit.person(letter).key }),
    ];
    for (const appearance of attempts) {
      await expect(endorse(kit, person, { appearance })).rejects.toMatchObject(REFUSED);
    }
    expect(await kit.rows("pool")).toBe(0);
    const repeated = { ...made, confirmed: { ...made.confirmed!, by: [first!, first!] } };
    await expect(endorse(kit, person, { appearance: repeated })).rejects.toMatchObject({ code: "bad-field" });

    const ruleless = await start({ names: null });
    const plain = ruleless.person(await ruleless.publish());
    await expect(endorse(ruleless, plain, { appearance: plain.confirmed(NAME) })).rejects.toMatchObject(
      REFUSED,
    );
  });

  it("is looked at only after the signature of the leaf, so that strangers cannot have it checked", async () => {
    const kit = await start();
    const letter = await kit.publish();
    const person = kit.person(letter);
    await kit.endorse(person);
    const request = person.revision(person.confirmed(NAME, { slot: 1 }));
    const { sig } = kit.person(letter).sign(request.leaf);
    const revise = (of: typeof request) => kit.board.acceptRevision(kit.workforce, json(of));
    await expect(revise({ ...request, leaf: { ...request.leaf, sig } })).rejects.toMatchObject({
      code: "signature-invalid",
    });
    await expect(revise(request)).rejects.toMatchObject(REFUSED);
  });

  it("leaves room on a page for a thousand of the longest", () => {
    const text = "字".repeat(100);
    const b32 = (fill: number) => encodeBase64url(new Uint8Array(32).fill(fill));
    const opening: Opening = {
      type: "opening",
      v: 1,
      letter: b32(1),
      key: b32(2),
      seq: 10_000,
      salt: b32(3),
      appearance: {
        kind: "named",
        name: text,
        confirmed: {
          rule: "pattern",
          salt: b32(4),
          by: Array.from({ length: 15 }, (_, i) => {
            return { registrar: b32(5 + i), sig: encodeBase64url(new Uint8Array(64)) };
          }),
        },
        role: text,
        place: text,
      },
    };
    openingShape.check(json(opening), "");
    const entry = encodeCanonical(json({ index: Number.MAX_SAFE_INTEGER, opening })).length + 1;
    expect(OPENINGS_PER_PAGE * entry).toBeLessThan(LIMITS.openings - 200);
  });
});

eachDatabase("a revision by somebody who was vouched for", (database) => {
  it("cannot show a confirmed name: not after the endorsement, not before it, not with it", async () => {
    const kit = await start({ databaseUrl: await database.freshUrl() });
    const letter = await kit.publish();
    const vouched = kit.person(letter);
    const appearance = vouched.confirmed(NAME);
    await expect(endorse(kit, vouched, { class: "vouched", appearance })).rejects.toMatchObject(REFUSED);
    const request = vouched.endorsement({ class: "vouched" });
    const revision = json(vouched.revision(appearance));
    const revise = () => kit.board.acceptRevision(kit.workforce, revision);
    await expect(revise()).rejects.toMatchObject({ code: "predecessor-unknown" });
    // Both at once: whichever way they race, the class is known before the name is believed.
    const race = await Promise.allSettled([
      kit.board.acceptEndorsement(kit.workforce, json(request)),
      revise(),
    ]);
    expect(race.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await expect(revise()).rejects.toMatchObject(REFUSED);
    const given = { kind: "named", name: NAME, confirmed: null, role: null, place: null } as const;
    vouched.chain.pop();
    await kit.revise(vouched, given);
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({
      counted: { mailbox: 1, vouched: 1 },
      appearances: { vouched: { named: 1, confirmed: 0 } },
    });
  });
});
