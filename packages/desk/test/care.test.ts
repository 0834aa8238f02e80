/** Looking after a letter: how it stands, names that wait, its poster, its rehearsal. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type Appearance,
  type BatchRule,
  decodeBase64url,
  type JsonValue,
  signerFromSeed,
} from "@undersigned/core";
import { httpSource, inlineChecker, recount } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { type Kit, Person, seedOf } from "../../board/test/kit.ts";
import { nextRelease } from "../src/model/next-release.ts";
import { thinReasons } from "../src/model/thin.ts";
import { issuanceOf, letterBody, newLetter, openEpoch, registrars, setUpWorkforce } from "./content-kit.ts";
import { Desks, outcome } from "./kit.ts";

const BATCH: BatchRule = {
  first: 3,
  classes: { mailbox: { min: 2, every: 1 }, vouched: { min: 2, every: 1 } },
};
const named = (name: string): Appearance => ({
  kind: "named",
  name,
  confirmed: null,
  role: null,
  place: null,
});
const ENGINEER: Appearance = { kind: "role", role: "Engineer", place: null };

async function published() {
  const desks = await Desks.start();
  const owner = await desks.owner();
  await desks.invited(owner, "owner", "Other");
  const at = await setUpWorkforce(desks, owner);
  desks.fetchIssuance = issuanceOf(20);
  await openEpoch(desks, owner, at);
  const document = await newLetter(desks, owner, at, {
    batch: BATCH,
  });
  const body = await letterBody(desks, owner, document, at);
  const { letter, epoch, slot } = await owner.act("letter-publish", body);
  const place = { workforce: at.workforce, letter };
  let people = 0;
  const sign = async (appearance: Appearance) => {
    const kit = { workforce: at.workforce, registrars, manifest: at.manifest } as unknown as Kit;
    const person = new Person(
      kit,
      { id: letter, epoch, slot } as ConstructorParameters<typeof Person>[1],
      signerFromSeed(seedOf(`person ${people++}`)),
    );
    await desks.board.board.acceptEndorsement(
      at.workforce,
      person.endorsement({ appearance }) as unknown as JsonValue,
    );
    return person;
  };
  const nextDay = async () => {
    desks.passDays(1);
    await desks.board.board.tick();
  };
  const shown = async () => {
    const file = await fetch(`${desks.board.url}/w/${at.workforce}/openings/${letter}/0.json`);
    const { entries } = (await file.json()) as {
      entries: { index: number; opening?: unknown; hidden?: unknown }[];
    };
    return entries;
  };
  return { desks, owner, at, letter, place, document, manifest: body.manifest, sign, nextDay, shown };
}

describe("the dashboard", () => {
  it("says how a letter stands, by day and class, and nothing of what waits", async () => {
    const { owner, place, sign, nextDay } = await published();
    for (const appearance of [named("Kim Example"), ENGINEER, ENGINEER, ENGINEER]) await sign(appearance);
    expect(await owner.act("dashboard", place)).toMatchObject({
      counted: { mailbox: 0, vouched: 0 },
      days: [],
      first: { needed: 3, reached: false },
      summary: { state: "quiet", count: 0 },
      next: { mailbox: "2026-03-02" },
      thin: [],
    });
    await nextDay();
    await sign(ENGINEER);
    const first = await owner.act("dashboard", place);
    expect(first).toMatchObject({
      counted: { mailbox: 4, vouched: 0 },
      days: [{ day: "2026-03-02", mailbox: 4, vouched: 0 }],
      shown: { named: 1, confirmed: 0, role: 3, anonymous: 0, hidden: 0 },
      first: { reached: true },
      next: { mailbox: "2026-03-03" },
      thin: ["few"],
      certificate: { kind: "none" },
    });
    expect(first.issued).toHaveLength(3);
    expect(first.storage.bytes).toBeGreaterThan(10_000);
    expect(first.storage.free).toBeGreaterThan(0);
    await sign(ENGINEER);
    await nextDay();
    await owner.signInAgain();
    expect((await owner.act("dashboard", place)).days).toEqual([
      { day: "2026-03-02", mailbox: 4, vouched: 0 },
      { day: "2026-03-03", mailbox: 2, vouched: 0 },
    ]);
  });

  it.each([
    ["few signed", { counted: { mailbox: 49, vouched: 0 } }, ["few"]],
    ["enough signed", { counted: { mailbox: 50, vouched: 0 } }, []],
    [
      "one role stands out",
      {
        roles: new Map([
          ["Driver", 9],
          ["Editor", 2],
        ]),
      },
      ["one-role"],
    ],
    [
      "roles are mixed",
      {
        roles: new Map([
          ["Driver", 6],
          ["Editor", 5],
        ]),
      },
      [],
    ],
    [
      "nearly all came on one day",
      {
        days: [
          { day: "2026-03-01", mailbox: 90, vouched: 0 },
          { day: "2026-03-02", mailbox: 10, vouched: 0 },
        ],
      },
      ["one-batch"],
    ],
    ["few were vouched for", { counted: { mailbox: 100, vouched: 3 } }, ["small-class"]],
  ] as const)("warns of thin anonymity where %s", (_, change, expected) => {
    const of = {
      counted: { mailbox: 100, vouched: 0 },
      days: [],
      roles: new Map<string, number>(),
      ...change,
    };
    expect(thinReasons(of)).toEqual(expected);
  });

  it("knows the day of the next batch by the letter's rule", () => {
    const rule = (every: number) => ({ ...BATCH, classes: { ...BATCH.classes, mailbox: { min: 2, every } } });
    const of = { opens: "2026-03-01", closes: "2026-03-20", batch: rule(7), closed: false };
    const next = (today: string) => nextRelease(of, "mailbox", today);
    expect([next("2026-02-20"), next("2026-03-01"), next("2026-03-07"), next("2026-03-08")]).toEqual([
      "2026-03-08",
      "2026-03-08",
      "2026-03-08",
      "2026-03-15",
    ]);
    expect([next("2026-03-15"), next("2026-03-20"), next("2026-03-25")]).toEqual([
      "2026-03-21",
      "2026-03-21",
      "2026-03-26",
    ]);
    expect(nextRelease({ ...of, closed: true }, "mailbox", "2026-03-22")).toBeNull();
  });
});

describe("names", () => {
  it("that a rule stops wait, are seen by moderators only, and are shown or hidden by them; the count stays", async () => {
    const { desks, owner, at, place, sign, nextDay, shown } = await published();
    const moderator = await desks.invited(owner, "moderator", "Moderator");
    const editor = await desks.invited(owner, "editor", "Editor");
    await moderator.act("moderation-lists-save", { publicFigures: ["Known Person"], words: [], base: 0 });
    for (const name of ["The chief executive", "Known Person", "Kim Example"]) await sign(named(name));
    expect((await moderator.act("queue", { ...place, after: null })).items).toEqual([]);
    await nextDay();

    const { items } = await moderator.act("queue", { ...place, after: null });
    expect(items.map(({ name, hits, state }) => [name, hits, state]).sort()).toEqual([
      ["Kim Example", [], "shown"],
      ["Known Person", ["impersonation"], "waiting"],
      ["The chief executive", ["impersonation"], "waiting"],
    ]);
    expect(outcome(await editor.try("queue", { ...place, after: null }))).toBe("not-allowed");
    expect((await shown()).filter(({ hidden }) => hidden !== undefined)).toHaveLength(2);
    const at_ = (name: string) => items.find((item) => item.name === name)!.index;

    const show = { ...place, index: at_("Known Person"), show: true, reason: null };
    await moderator.act("decide", show);
    await moderator.act("decide", show);
    const hide = {
      ...place,
      index: at_("The chief executive"),
      show: false,
      reason: "impersonation" as const,
    };
    expect(outcome(await moderator.try("decide", { ...hide, reason: null }))).toBe("reason-needed");
    await moderator.act("decide", hide);
    await moderator.act("decide", hide);
    // What is hidden is erased, and cannot be shown again.
    await moderator.act("decide", { ...hide, show: true, reason: null });

    const entries = await shown();
    expect(entries.find(({ index }) => index === hide.index)).toEqual({
      index: hide.index,
      hidden: { day: "2026-03-02", reason: "impersonation" },
    });
    expect(entries.filter(({ opening }) => opening !== undefined)).toHaveLength(2);
    const { counted, shown: shownNow, waiting } = await owner.act("dashboard", place);
    expect([counted.mailbox, shownNow.named, shownNow.hidden, waiting]).toEqual([3, 2, 1, 0]);
    const source = httpSource(`${desks.board.url}/w/${at.workforce}/`);
    const report = await recount(source, { workforce: at.workforce, checker: inlineChecker });
    expect(report.failures).toEqual([]);
    expect(report.letters[0]?.counted.mailbox).toBe(3);

    const acts = (await owner.act("entries", { before: null })).entries.filter(({ act }) => act === "decide");
    expect(acts.map(({ about }) => about)).toEqual([
      "A letter: a name was hidden (impersonation)",
      "A letter: a name that waited is shown",
    ]);
  });

  it("on the lists are changed by one moderator at a time", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const saved = { publicFigures: ["Known Person"], words: ["gremlin"], base: 0 };
    expect(await owner.act("moderation-lists-save", saved)).toEqual({ version: 1 });
    expect(await owner.act("moderation-lists-save", saved)).toEqual({ version: 1 });
    expect(outcome(await owner.try("moderation-lists-save", { ...saved, words: [] }))).toBe("lists-changed");
    expect(await owner.act("moderation-lists", {})).toEqual({
      publicFigures: ["Known Person"],
      words: ["gremlin"],
      version: 1,
    });
  });
});

describe("a poster", () => {
  it("is a PDF that leads to the letter, and to nothing else", async () => {
    const { owner, place, at, letter } = await published();
    const link = `${at.manifest.board.url}/w/${at.workforce}/letters/${letter}#${at.workforce}`;
    const { pdf } = await owner.act("poster", { ...place, link });
    expect(Buffer.from(decodeBase64url(pdf)).toString("latin1")).toMatch(/^%PDF-1\.\d/);
    const elsewhere = "https://elsewhere.example.com/#x";
    expect(outcome(await owner.try("poster", { ...place, link: elsewhere }))).toBe("link-wrong");
  });
});

describe("a rehearsal", () => {
  it("shows the whole letter at an address of this board, in no log, until it is ended", async () => {
    const { desks, owner, at, document, manifest } = await published();
    const size = async () =>
      (await (await fetch(`${desks.board.url}/w/${at.workforce}/checkpoint`)).text()).split("\n")[1];
    const before = await size();
    await owner.act("rehearsal-start", { document, manifest, colleagues: 12 });
    expect(outcome(await owner.try("rehearsal-start", { document, manifest, colleagues: 12 }))).toBe(
      "rehearsal-running",
    );
    for (;;) {
      const { state, address } = await owner.act("rehearsal", {});
      if (state === "running") {
        await pause(100);
        continue;
      }
      expect(state).toBe("done");
      const [, workforce] = /^\/w\/([^/]+)\/letters\//.exec(address!)!;
      const source = httpSource(`${desks.board.url}/w/${workforce}/`);
      const report = await recount(source, { workforce: workforce!, checker: inlineChecker });
      expect(report.failures).toEqual([]);
      expect(report.letters[0]?.counted.mailbox).toBeGreaterThan(3);
      expect(await size()).toBe(before);
      await owner.act("rehearsal-end", {});
      expect((await fetch(`${desks.board.url}/w/${workforce}/checkpoint`)).status).toBe(404);
      break;
    }
  });
});
