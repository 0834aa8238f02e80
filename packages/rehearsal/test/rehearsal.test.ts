import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import {
  encodeBase64url,
  type LetterManifest,
  quorumBounds,
  type WorkforceManifest,
} from "@undersigned/core";
import { inlineChecker, openWorkforce, recount } from "@undersigned/verify";
import { afterEach, describe, expect, it } from "vitest";
import { RehearsalError, type RehearsalState, Rehearsals } from "../src/index.ts";

const bytes = (fill: number) => encodeBase64url(new Uint8Array(32).fill(fill));

const workforce: WorkforceManifest = {
  type: "workforce-manifest",
  v: 1,
  version: 1,
  workforce: null,
  previous: null,
  employer: "Example Corporation",
  mailboxes: { domains: [{ domain: "example.com", aliases: [] }], plus: true, dots: false, groups: [] },
  evidence: [{ kind: "mailbox-code", class: "mailbox" }],
  registrars: [
    { identity: bytes(1), name: "A registrar", operator: "Somebody", url: "https://r.example.com" },
  ],
  quorum: 1,
  bounds: quorumBounds(1, 1),
  log: { key: bytes(2), origin: `undersigned-log/${"0".repeat(64)}` },
  board: { key: bytes(3), url: "https://board.example.com" },
  witnesses: [],
  witnessQuorum: 0,
  openers: [bytes(4)],
  headcount: { number: 5000, source: "A report", day: "2026-01-01" },
  roles: ["Driver", "Editor"],
  places: ["Remote"],
  codeMail: { subject: "Code", body: "{code}" },
  existingMail: null,
  vouching: null,
  names: null,
};

const letter: LetterManifest = {
  type: "letter-manifest",
  v: 1,
  workforce: bytes(5),
  salt: bytes(6),
  language: "en",
  title: "A draft that nobody has seen",
  addressee: { name: "The board", organisation: "Example Corporation", mailbox: null },
  body: "Canary of the draft.",
  demands: [],
  supplement: null,
  appearances: ["anonymous", "named", "role"],
  names: "any",
  opens: "2026-12-01",
  closes: "2026-12-12",
  delivers: "2026-12-14",
  delivery: "By hand.",
  batch: { first: 30, classes: { mailbox: { min: 5, every: 1 }, vouched: { min: 5, every: 1 } } },
  organisers: [bytes(4)],
  replaces: null,
};

const rehearsals = new Rehearsals();
afterEach(() => rehearsals.end());

async function whenOver(): Promise<RehearsalState> {
  for (;;) {
    const state = rehearsals.state();
    if (state.state !== "running") return state;
    await pause(50);
  }
}

describe("a rehearsal", () => {
  it("is the whole letter once: its files pass a recount, and say that they are a rehearsal", async () => {
    rehearsals.start({ manifest: letter, workforce, colleagues: 20 });
    const { state, at } = await whenOver();
    expect(state).toBe("done");
    const files = rehearsals.files(at!.workforce)!;
    const report = await recount(files, { workforce: at!.workforce, checker: inlineChecker });
    expect(report.failures).toEqual([]);
    const [counted] = report.letters;
    // 1.15 times `first` and one batch more; some take their signature back.
    expect(counted?.counted.mailbox).toBeGreaterThan(30);
    expect(counted?.closing).not.toBeNull();
    const view = await openWorkforce(files, at!.workforce);
    expect(view.manifest.employer).toBe("Rehearsal: Example Corporation");
    expect(view.letters.get(at!.letter)?.manifest?.title).toBe(letter.title);
    // Its log is another one, and it is served to nobody who asks for the real workforce.
    expect(view.manifest.log.key).not.toBe(workforce.log.key);
    expect(rehearsals.files(letter.workforce)).toBeNull();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("undersigned-rehearsal-"))).toEqual([]);
  });

  it("shows names as confirmed where the letter takes no others", async () => {
    rehearsals.start({ manifest: { ...letter, names: "confirmed" }, workforce, colleagues: 20 });
    const { at } = await whenOver();
    const report = await recount(rehearsals.files(at!.workforce)!, {
      workforce: at!.workforce,
      checker: inlineChecker,
    });
    expect(report.failures).toEqual([]);
    const shown = report.letters[0]!.appearances.mailbox;
    expect(shown.confirmed).toBeGreaterThan(0);
    expect(shown.confirmed).toBe(shown.named);
  });

  it("runs one at a time, and is gone when it is ended", async () => {
    rehearsals.start({ manifest: letter, workforce, colleagues: 20 });
    expect(() => rehearsals.start({ manifest: letter, workforce, colleagues: 20 })).toThrow(RehearsalError);
    await rehearsals.end();
    expect(rehearsals.state()).toEqual({ state: "none", step: "", done: 0, at: null });
  });

  it.each([
    ["more people than are made up", { batch: { ...letter.batch, first: 100_000 } }, "too-many-people"],
    ["more days than are played", { closes: "2029-01-01", delivers: "2029-01-01" }, "too-many-days"],
  ])("refuses %s", (_, change, code) => {
    const manifest = { ...letter, ...change };
    expect(() => rehearsals.start({ manifest, workforce, colleagues: 20 })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
