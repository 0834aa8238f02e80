/** Statements, judgements, the register and withholding: by whom, with which copies, and what a repeated or late act does. */
import {
  addDays,
  type DealingsRecord,
  encodeBase64url,
  type JsonValue,
  type JudgementRecord,
  type ResponseRecord,
  type Source,
  sha256,
  signObject,
  utf8Encode,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import {
  type Answered,
  closedLetter,
  handOver,
  inTheLog,
  judgement,
  newSalt,
  publicFile,
  signed,
} from "./answered-kit.ts";
import { letterBody, newLetter } from "./content-kit.ts";
import { type Member, outcome } from "./kit.ts";

const source = (copy: string | null): Source => ({
  title: "A page",
  publisher: "Company",
  day: null,
  url: "https://example.com/statement",
  quote: "",
  copy,
});

const statement = (at: Answered["at"], copy: string | null = null) =>
  ({
    type: "response-record",
    kind: "statement",
    v: 1,
    salt: newSalt(),
    ...at,
    text: "Company has told the press that it will go on.",
    source: source(copy),
  }) as const satisfies ResponseRecord;

const register = (at: Answered["at"], change: Partial<DealingsRecord> = {}): DealingsRecord => ({
  type: "dealings-record",
  v: 1,
  salt: newSalt(),
  ...at,
  previous: null,
  changes: [
    {
      row: "own:1",
      entry: {
        what: "Software for case files",
        supplier: "Company",
        recipient: "An agency",
        office: null,
        agreed: "2025-01-01",
        from: null,
        until: null,
        value: { amount: "1200000.50", currency: "USD", kind: "obligated" },
        status: "reported",
        since: null,
        sources: [source(null)],
      },
    },
  ],
  ...change,
});

async function withCopy(owner: Member, text: string): Promise<string> {
  return (await owner.act("copy-add", { bytes: encodeBase64url(utf8Encode(text)) })).sha256;
}

describe("a judgement", () => {
  it("is in the log when a second owner whom the letter names agrees, and not before", async () => {
    const answered = await closedLetter();
    const { desks, owner, other, at } = answered;
    const copy = await withCopy(owner, "What stood there.");
    const { record, hash, sig } = signed(owner, judgement(at, { source: source(copy) }));
    expect(await owner.act("judgement-propose", { record, sig })).toEqual({ record: hash });
    expect((await inTheLog(answered)).judged.size).toBe(0);
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(404);
    expect((await owner.act("judgements", at)).proposed).toEqual([{ record, by: "Owner", yours: true }]);
    expect((await other.act("judgements", at)).proposed).toMatchObject([{ yours: false }]);

    const agree = { ...at, record: hash, sig: signed(other, record).sig };
    expect(outcome(await owner.try("judgement-agree", { ...agree, sig }))).toBe("judgement-by-one");
    expect(outcome(await other.try("judgement-agree", { ...agree, sig }))).toBe("signature-wrong");
    expect(outcome(await other.try("judgement-agree", { ...agree, record: at.letter }))).toBe(
      "judgement-unknown",
    );
    expect(outcome(await other.try("judgement-agree", agree, null))).toBe("key-needed");
    const late = await desks.invited(owner, "owner", "Late");
    const lates = { ...agree, sig: signed(late, record).sig };
    expect(outcome(await late.try("judgement-agree", lates))).toBe("not-your-key");

    expect(await other.act("judgement-agree", agree)).toEqual({});
    expect(await other.act("judgement-agree", agree)).toEqual({});
    expect((await inTheLog(answered)).judged.get("end")).toBe(hash);
    expect(await (await publicFile(answered, `records/${hash}.json`)).json()).toMatchObject({
      state: "unanswered",
    });
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(200);
    expect((await owner.act("judgements", at)).proposed).toEqual([]);
    expect(outcome(await owner.try("judgement-drop", { ...at, record: hash }))).toBe("judgement-agreed");

    // The next one follows it.
    const behind = signed(owner, judgement(at, { state: "refused" }));
    expect(outcome(await owner.try("judgement-propose", sent(behind)))).toBe("record-behind");
    const until = addDays(desks.desk.clock.day(), 30);
    const next = signed(owner, judgement(at, { state: "promised", until, previous: hash }));
    await owner.act("judgement-propose", sent(next));
    const again = signed(other, judgement(at, { state: "met", previous: hash }));
    await other.act("judgement-propose", sent(again));
    // One for each demand: the later one has taken the place of the other.
    expect((await owner.act("judgements", at)).proposed).toMatchObject([{ by: "Other" }]);
    await owner.act("judgement-drop", { ...at, record: again.hash });
    expect((await owner.act("judgements", at)).proposed).toEqual([]);
  });

  it("of a demand that the letter does not make, or by who is no owner any more, is none", async () => {
    const { owner, other, at } = await closedLetter();
    const unknown = signed(owner, judgement(at, { demand: "else" }));
    expect(outcome(await owner.try("judgement-propose", sent(unknown)))).toBe("demand-unknown");
    const { record, hash, sig } = signed(other, judgement(at));
    await other.act("judgement-propose", { record, sig });
    await owner.act("change-role", { id: other.id, role: "editor" });
    const agree = { ...at, record: hash, sig: signed(owner, record).sig };
    expect(outcome(await owner.try("judgement-agree", agree))).toBe("judgement-unknown");
    expect(outcome(await other.try("judgement-propose", { record, sig }))).toBe("not-allowed");
  });
});

describe("what the addressee has said in public", () => {
  it("is entered with its source and copy, and withheld where it endangers people", async () => {
    const answered = await closedLetter();
    const { desks, owner, at } = answered;
    await handOver(answered);
    const copy = await withCopy(owner, "The press statement.");
    const { record, hash, sig } = signed(owner, statement(at, copy));
    expect(await owner.act("statement-add", { record, sig })).toEqual({ record: hash });
    expect(await owner.act("statement-add", { record, sig })).toEqual({ record: hash });
    const [made, ...others] = (await inTheLog(answered)).responses;
    expect(others).toEqual([]);
    expect(made).toMatchObject({ record: hash, kind: "statement", withheld: false });
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(200);

    const missing = signed(owner, statement(at, encodeBase64url(sha256(utf8Encode("not here")))));
    expect(outcome(await owner.try("statement-add", sent(missing)))).toBe("copy-unknown");
    const late = await desks.invited(owner, "owner", "Late");
    const stranger = signed(late, statement(at));
    expect(outcome(await late.try("statement-add", sent(stranger)))).toBe("not-an-organiser");

    const of = { ...at, record: hash, reason: "names-people" } as const;
    const request = { type: "withhold-request", v: 1, ...of, organiser: owner.organiser.publicKey } as const;
    const withhold = { ...of, sig: signObject(request, owner.organiser).sig };
    expect(outcome(await owner.try("response-withhold", { ...withhold, reason: "unlawful" }))).toBe(
      "signature-invalid",
    );
    expect(await owner.act("response-withhold", withhold)).toEqual({});
    expect((await publicFile(answered, `records/${hash}.json`)).status).toBe(404);
    expect(await (await publicFile(answered, `withheld/${hash}.json`)).json()).toMatchObject({
      reason: "names-people",
    });
    // Entered again, it stays withheld, and its copy too.
    await owner.act("statement-add", { record, sig });
    expect((await publicFile(answered, `records/${hash}.json`)).status).toBe(404);
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(404);
  });
});

describe("the register of dealings", () => {
  it("changes by the signature of one owner, each change after the one before", async () => {
    const answered = await closedLetter();
    const { owner, at } = answered;
    const first = signed(owner, register(at));
    expect(await owner.act("dealings-change", sent(first))).toEqual({ record: first.hash });
    expect(await owner.act("dealings-change", sent(first))).toEqual({ record: first.hash });
    expect(await inTheLog(answered)).toMatchObject({ dealings: first.hash, rows: 1 });
    const behind = signed(owner, register(at));
    expect(outcome(await owner.try("dealings-change", sent(behind)))).toBe("record-behind");
    const removed = signed(
      owner,
      register(at, { previous: first.hash, changes: [{ row: "own:1", entry: null }] }),
    );
    await owner.act("dealings-change", sent(removed));
    expect(await inTheLog(answered)).toMatchObject({ dealings: removed.hash, rows: 0 });
  });

  it("takes a change of many rows, at the address for what is large", async () => {
    const answered = await closedLetter();
    const { owner, at } = answered;
    const [{ entry }] = register(at).changes as [DealingsRecord["changes"][number]];
    const changes = Array.from({ length: 1_600 }, (_, i) => ({
      row: `award:${String(i).padStart(5, "0")}`,
      entry: { ...entry!, what: "Software for case files; ".repeat(78) },
    }));
    const large = signed(owner, register(at, { changes }));
    expect(JSON.stringify(large.record).length).toBeGreaterThan(3_000_000);
    await owner.act("dealings-change", sent(large));
    expect((await inTheLog(answered)).rows).toBe(1_600);
  });
});

describe("what organisers are to do next", () => {
  it("is to hand a closed letter over, and after each answer to judge what it leaves open", async () => {
    const answered = await closedLetter();
    const { owner, other, at } = answered;
    const tasks = async () => (await owner.act("letters", {})).letters.map(({ awaits }) => awaits);
    const judge = async (change: Partial<JudgementRecord>) => {
      const { record, hash, sig } = signed(owner, judgement(at, change));
      await owner.act("judgement-propose", { record, sig });
      await other.act("judgement-agree", { ...at, record: hash, sig: signed(other, record).sig });
      return hash;
    };
    expect(await tasks()).toEqual([["delivery"]]);
    await handOver(answered);
    expect(await tasks()).toEqual([[]]);
    await owner.act("statement-add", sent(signed(owner, statement(at))));
    expect(await tasks()).toEqual([["judgement"]]);
    const end = await judge({ demand: "end" });
    expect(await tasks()).toEqual([["judgement"]]);
    await judge({ demand: "say" });
    expect(await tasks()).toEqual([[]]);
    await owner.act("statement-add", sent(signed(owner, statement(at))));
    expect(await tasks()).toEqual([["judgement"]]);
    // Of the other demand the new answer says nothing.
    await judge({ demand: "end", state: "refused", previous: end });
    expect(await tasks()).toEqual([[]]);
  });

  it("is nothing with a letter that a newer version replaces, unless that one gets too few", async () => {
    const answered = await closedLetter();
    const { desks, owner, other, setUp, at } = answered;
    const tasks = async () =>
      (await owner.act("letters", {})).letters
        .filter(({ letter }) => letter === at.letter)
        .flatMap(({ awaits }) => awaits);
    const closes = addDays(desks.desk.clock.day(), 2);
    const dates = { closes, delivers: addDays(closes, 1) };
    expect(await tasks()).toEqual(["delivery"]);
    const newer = await newLetter(desks, other, setUp, { title: "Better", ...dates }, at.letter);
    await other.act("letter-publish", await letterBody(desks, other, newer, setUp));
    expect(await tasks()).toEqual([]);
    expect((await owner.act("dashboard", at)).summary.awaits).toEqual([]);
    for (let i = 0; i < 3; i++) {
      desks.passDays(1);
      await desks.board.board.tick();
    }
    await owner.signInAgain();
    expect((await owner.act("letters", {})).letters[0]).toMatchObject({
      replaces: at.letter,
      state: "too-few",
    });
    expect(await tasks()).toEqual(["delivery"]);
  });

  it("stays what it is when somebody who may open letters says, past the desk, that theirs replaces it", async () => {
    const { desks, owner, other, setUp, at } = await closedLetter();
    const document = await newLetter(desks, other, setUp, { title: "Instead" }, at.letter);
    const { leaf, manifest } = await letterBody(desks, other, document, setUp);
    const request = { type: "letter-request", v: 1, leaf, manifest, unlisted: null };
    await desks.board.board.publishLetter(at.workforce, request as unknown as JsonValue);
    expect((await owner.act("letters", {})).letters).toMatchObject([
      { replaces: at.letter },
      { letter: at.letter, awaits: ["delivery"] },
    ]);
  });

  it("is nothing of these with a letter that has too few", async () => {
    const { owner } = await closedLetter({}, { people: 1 });
    expect((await owner.act("letters", {})).letters).toMatchObject([{ state: "too-few", awaits: [] }]);
  });
});

/** What is sent of a signed record. */
function sent<R>({ record, sig }: { record: R; sig: string }): { record: R; sig: string } {
  return { record, sig };
}
