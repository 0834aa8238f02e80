/** The chronicle at the desk: what one owner enters, what two must sign, and what a repeated or late act does. */
import {
  addDays,
  type ChronicleEntry,
  type ChronicleRecord,
  encodeBase64url,
  MAX_PROPOSED_ENTRIES,
  type Source,
  sha256,
  signObject,
  utf8Encode,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { type Answered, closedLetter, inTheLog, newSalt, publicFile, signed } from "./answered-kit.ts";
import { outcome } from "./kit.ts";

const source = (copy: string | null = null): Source => ({
  title: "A page",
  publisher: "A paper",
  day: null,
  url: "https://example.com/report",
  quote: "",
  copy,
});
const MIRROR: ChronicleEntry = { kind: "mirror", url: "https://mirror.example.com" };
const REMARK: ChronicleEntry = { kind: "remark", text: "We go on.", source: null };
const report = (copy: string | null): ChronicleEntry => ({
  kind: "report",
  text: "It is in the news.",
  source: source(copy),
});

function recordOf(
  { desks, at }: Answered,
  entry: ChronicleEntry,
  change: Partial<ChronicleRecord> = {},
): ChronicleRecord {
  const on = desks.desk.clock.day();
  return { type: "chronicle-record", v: 1, salt: newSalt(), ...at, on, replaces: null, entry, ...change };
}

const sent = <T extends { readonly record: ChronicleRecord; readonly sig: string }>({ record, sig }: T) => ({
  record,
  sig,
});

describe("an entry of the chronicle", () => {
  it("is entered by one owner with its source and copy, corrected, and withheld", async () => {
    const answered = await closedLetter();
    const { desks, owner, at } = answered;
    const bytes = encodeBase64url(utf8Encode("What the paper says."));
    const copy = (await owner.act("copy-add", { bytes })).sha256;
    const { record, hash, sig } = signed(owner, recordOf(answered, report(copy)));
    expect(await owner.act("chronicle-add", { record, sig })).toEqual({ record: hash });
    expect(await owner.act("chronicle-add", { record, sig })).toEqual({ record: hash });
    expect([...(await inTheLog(answered)).inForce.keys()]).toEqual([hash]);
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(200);

    const next = signed(owner, recordOf(answered, report(null), { replaces: hash }));
    await owner.act("chronicle-add", sent(next));
    expect([...(await inTheLog(answered)).inForce.keys()]).toEqual([next.hash]);
    const behind = signed(owner, recordOf(answered, report(null), { replaces: hash }));
    expect(outcome(await owner.try("chronicle-add", sent(behind)))).toBe("record-behind");
    const missing = encodeBase64url(sha256(utf8Encode("not here")));
    const without = signed(owner, recordOf(answered, report(missing)));
    expect(outcome(await owner.try("chronicle-add", sent(without)))).toBe("copy-unknown");

    expect(outcome(await owner.try("chronicle-add", sent(next), null))).toBe("key-needed");
    const late = await desks.invited(owner, "owner", "Late");
    const stranger = signed(late, recordOf(answered, REMARK));
    expect(outcome(await late.try("chronicle-add", sent(stranger)))).toBe("not-an-organiser");
    const editor = await desks.invited(owner, "editor", "Editor");
    const edited = signed(editor, recordOf(answered, REMARK));
    expect(outcome(await editor.try("chronicle-add", sent(edited)))).toBe("not-allowed");

    const of = { ...at, record: hash, reason: "names-people" } as const;
    const request = { type: "withhold-request", v: 1, ...of, organiser: owner.organiser.publicKey } as const;
    await owner.act("response-withhold", { ...of, sig: signObject(request, owner.organiser).sig });
    expect((await publicFile(answered, `records/${hash}.json`)).status).toBe(404);
    expect((await publicFile(answered, `withheld/${hash}.json`)).status).toBe(200);
    expect((await publicFile(answered, `copies/${copy}`)).status).toBe(404);
  });

  it("that is a mirror or a translation is in the log when a second owner whom the letter names agrees, and not before", async () => {
    const answered = await closedLetter();
    const { desks, owner, other, at } = answered;
    const { record, hash, sig } = signed(owner, recordOf(answered, MIRROR));
    expect(outcome(await owner.try("chronicle-add", { record, sig }))).toBe("too-few-organisers");
    expect(await owner.act("chronicle-propose", { record, sig })).toEqual({ record: hash });
    expect(await owner.act("chronicle-propose", { record, sig })).toEqual({ record: hash });
    expect((await inTheLog(answered)).inForce.size).toBe(0);
    expect((await owner.act("chronicle", at)).proposed).toEqual([{ record, by: "Owner", yours: true }]);
    expect((await other.act("chronicle", at)).proposed).toMatchObject([{ yours: false }]);

    const agree = { ...at, record: hash, sig: signed(other, record).sig };
    expect(outcome(await owner.try("chronicle-agree", { ...agree, sig }))).toBe("proposal-by-one");
    expect(outcome(await other.try("chronicle-agree", { ...agree, sig }))).toBe("signature-wrong");
    expect(outcome(await other.try("chronicle-agree", { ...agree, record: at.letter }))).toBe(
      "proposal-unknown",
    );
    expect(outcome(await other.try("chronicle-agree", agree, null))).toBe("key-needed");
    const late = await desks.invited(owner, "owner", "Late");
    const lates = { ...agree, sig: signed(late, record).sig };
    expect(outcome(await late.try("chronicle-agree", lates))).toBe("not-your-key");

    expect(await other.act("chronicle-agree", agree)).toEqual({});
    expect(await other.act("chronicle-agree", agree)).toEqual({});
    expect([...(await inTheLog(answered)).inForce.keys()]).toEqual([hash]);
    expect(await (await publicFile(answered, `records/${hash}.json`)).json()).toMatchObject({
      entry: MIRROR,
    });
    expect((await owner.act("chronicle", at)).proposed).toEqual([]);
    // What is in the log is neither dropped nor proposed again.
    expect(outcome(await owner.try("chronicle-drop", { ...at, record: hash }))).toBe("proposal-agreed");
    expect(await owner.act("chronicle-propose", { record, sig })).toEqual({ record: hash });
    expect((await owner.act("chronicle", at)).proposed).toEqual([]);
  });

  it("that is proposed can be dropped, and is none by who is no owner any more", async () => {
    const answered = await closedLetter();
    const { owner, other, at } = answered;
    const { record, hash, sig } = signed(other, recordOf(answered, MIRROR));
    await other.act("chronicle-propose", { record, sig });
    expect(await owner.act("chronicle-drop", { ...at, record: hash })).toEqual({});
    expect(await owner.act("chronicle-drop", { ...at, record: hash })).toEqual({});
    expect((await owner.act("chronicle", at)).proposed).toEqual([]);
    await other.act("chronicle-propose", { record, sig });
    await owner.act("change-role", { id: other.id, role: "editor" });
    const agree = { ...at, record: hash, sig: signed(owner, record).sig };
    expect(outcome(await owner.try("chronicle-agree", agree))).toBe("proposal-unknown");
    expect(outcome(await other.try("chronicle-propose", { record, sig }))).toBe("not-allowed");
    expect((await inTheLog(answered)).inForce.size).toBe(0);
  });

  it("is not proposed where the board would refuse it, nor without end", async () => {
    const answered = await closedLetter();
    const { desks, owner } = answered;
    const refusal = async (entry: ChronicleEntry, change: Partial<ChronicleRecord> = {}) =>
      outcome(await owner.try("chronicle-propose", sent(signed(owner, recordOf(answered, entry, change)))));
    const translation: ChronicleEntry = {
      kind: "translation",
      language: "fr",
      title: "t",
      body: "b",
      demands: [],
      supplement: null,
    };
    const today = desks.desk.clock.day();
    expect(await refusal(translation)).toBe("entry-mismatch");
    expect(await refusal(MIRROR, { on: addDays(today, 2) })).toBe("entry-days");
    expect(await refusal(MIRROR, { replaces: newSalt() })).toBe("record-behind");
    expect(await refusal(report(newSalt()))).toBe("copy-unknown");
    for (let i = 0; i < MAX_PROPOSED_ENTRIES; i++)
      await owner.act("chronicle-propose", sent(signed(owner, recordOf(answered, MIRROR))));
    expect(await refusal(MIRROR)).toBe("proposals-full");
  });
});
