/** One signature a mailbox, over HTTP: whatever the spelling, whoever tries, however many at once. */
import { addDays, type EnrolmentRequest, type JsonValue, requestsHash, Secrets } from "@undersigned/core";
import { startPostgres } from "@undersigned/service/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  blindedSlots,
  codeFor,
  errorCode,
  makePeople,
  mintEndorsement,
  type Person,
  postRaw,
} from "../kit/servers/crowd.ts";
import { type EpochSecrets, openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { someOf } from "../kit/size.ts";

const AT_ONCE = 100;

describe.each(someOf(["sqlite", "postgres"] as const, 1))("on %s", (engine) => {
  let world: World;
  let epoch: EpochSecrets;
  let random: SeededRandom;
  let postgres: Awaited<ReturnType<typeof startPostgres>> | undefined;

  beforeAll(async () => {
    postgres = engine === "postgres" ? await startPostgres() : undefined;
    world = await startWorld({
      boardDatabase: await postgres?.createDatabase(),
      registrarDatabase: await postgres?.createDatabase(),
    });
    epoch = await openEpochSecrets(world);
    random = new SeededRandom(61);
  });
  afterAll(async () => {
    await world?.close();
    await postgres?.stop();
  });

  /** With the code that was mailed for these requests, unless another is given. */
  function enrolmentRequest(
    mailbox: string,
    canonical: string,
    slots: EnrolmentRequest["slots"],
    code?: string,
  ): JsonValue {
    const { workforce, registrar } = epoch.statement;
    const requests = requestsHash({
      workforce,
      epoch: 1,
      class: "mailbox",
      registrar,
      slots,
      invitations: [],
    });
    return {
      type: "enrolment-request",
      v: 1,
      workforce,
      epoch: 1,
      class: "mailbox",
      evidence: {
        kind: "mailbox-code",
        mailbox,
        code: code ?? codeFor(epoch, canonical, requests, world.clock.time),
      },
      slots,
      invitations: [],
      name: null,
      work: null,
    };
  }
  const enrol = (body: JsonValue) => postRaw(`${world.registrar.url}/v1/enrolments`, body);

  it("every spelling of a mailbox is that mailbox: the same requests get the same answer, others are refused", async () => {
    const spellings = [
      "jo.doe@example.com",
      "Jo.Doe@Example.COM",
      "jo.doe+letters@example.com",
      "JO.DOE+a+b@mail.example.com",
      "jo.doe+@MAIL.EXAMPLE.COM",
    ];
    const [person] = makePeople(random, 1);
    const slots = blindedSlots(random, person!, epoch, 0);
    const answers = new Set<string>();
    for (const spelling of spellings) {
      const { status, text } = await enrol(enrolmentRequest(spelling, spellings[0]!, slots));
      expect(status, spelling).toBe(200);
      answers.add(text);
    }
    expect(answers.size).toBe(1);
    for (const spelling of spellings) {
      const other = blindedSlots(random, person!, epoch, 0);
      const { status, text } = await enrol(enrolmentRequest(spelling, spellings[0]!, other));
      expect([status, errorCode(text)], spelling).toEqual([409, "already-enrolled"]);
    }
    // Dots are not folded in this workforce, and a sub-domain is another domain. The code is right and proves nothing.
    for (const [spelling, code] of [
      ["jodoe@other.example.com", "wrong-code"],
      ["jo.doe@sub.mail.example.com", "wrong-code"],
      ["all@example.com", "wrong-code"],
      ["jo..doe@example.com", "mailbox-malformed"],
    ] as const) {
      const { text } = await enrol(enrolmentRequest(spelling, spelling, slots));
      expect(errorCode(text), spelling).toBe(code);
    }
  });

  it("a stranger without the code learns nothing: an enrolled mailbox and a fresh one answer alike, byte for byte", async () => {
    const [enrolled, fresh] = makePeople(random, 2) as [Person, Person];
    const slots = blindedSlots(random, enrolled, epoch, 0);
    expect((await enrol(enrolmentRequest(enrolled.mailbox, enrolled.mailbox, slots))).status).toBe(200);
    const strange = blindedSlots(random, fresh, epoch, 0);
    const tries = await Promise.all(
      [enrolled, fresh].map(({ mailbox }) => enrol(enrolmentRequest(mailbox, mailbox, strange, "00000000"))),
    );
    expect(tries[0]).toMatchObject({ status: 403 });
    expect(errorCode(tries[0]!.text)).toBe("wrong-code");
    expect(tries[1]!.text).toBe(tries[0]!.text);
    expect(tries[1]!.status).toBe(tries[0]!.status);
    const names = ({ headers }: { headers: Headers }) => [...headers].filter(([name]) => name !== "date");
    expect(names(tries[1]!)).toEqual(names(tries[0]!));
    // Who has proved the mailbox is told.
    const proved = await enrol(enrolmentRequest(enrolled.mailbox, enrolled.mailbox, strange));
    expect(errorCode(proved.text)).toBe("already-enrolled");
  });

  it("of a hundred different enrolments of one mailbox at once, one is taken", async () => {
    const [person] = makePeople(random, 1) as [Person];
    const bodies = Array.from({ length: AT_ONCE }, () =>
      enrolmentRequest(person.mailbox, person.mailbox, blindedSlots(random, person, epoch, 0)),
    );
    const answers = await Promise.all(bodies.map(enrol));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ text }) => text.includes('"code":"already-enrolled"'))).toHaveLength(
      AT_ONCE - 1,
    );
  });

  it("a hundred posts of one endorsement at once give one leaf and a hundred equal receipts", async () => {
    const [person] = makePeople(random, 1) as [Person];
    const view = await world.view();
    const letter = world.letters[0]!;
    const request = await mintEndorsement(view, epoch, person, letter);
    const post = () => postRaw(`${world.files}v1/endorsements`, request as unknown as JsonValue);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, post));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: AT_ONCE }, () => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    // Another endorsement by the same key, with another token of the same registrar, is not a second signature.
    const other = await mintEndorsement(view, epoch, person, letter, {
      kind: "role",
      role: "Engineer",
      place: null,
    });
    const second = await postRaw(`${world.files}v1/endorsements`, other as unknown as JsonValue);
    expect([second.status, errorCode(second.text)]).toEqual([409, "already-endorsed"]);
    await world.moveTo(addDays(OPENS, 1));
    const key = new Secrets(person.phrase).slotSigner({ workforce: world.workforce, epoch: 1, slot: 0 });
    const own = (await readLeaves(world.files)).filter(
      ({ leaf }) => leaf.type === "endorsement" && leaf.key === key.publicKey,
    );
    expect(own).toHaveLength(1);
    expect(JSON.parse(answers[0]!.text)).toMatchObject({ leaf: own[0]!.name });
    // In the log, the same post still has the same receipt.
    expect((await post()).text).toBe(answers[0]!.text);
  });
});
