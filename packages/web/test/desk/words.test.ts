/** What the desk says: a sentence for whatever the board can refuse, what roles may do, and what comes next. */
import {
  type ActAnswer,
  DESK_ACTS,
  DESK_REFUSALS,
  mayAct,
  ROLES,
  type Role,
  ruleOf,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { letterTasks, nextSteps } from "../../src/islands/desk/home/next-steps.ts";
import { warningsOf } from "../../src/islands/desk/home/warnings.ts";
import type { Letter } from "../../src/islands/desk/letters/words.ts";
import { actWords } from "../../src/islands/desk/people/act-words.ts";
import { PAGE_NAMES, ruleOfPage } from "../../src/islands/desk/shell/pages.ts";
import { problemWords } from "../../src/islands/desk/words/problems.ts";

const HOME: ActAnswer<"home"> = {
  me: { id: "A".repeat(22), alias: "Heron", role: "owner", since: "2026-03-10" },
  day: "2026-03-10",
  owners: 1,
  organisers: 1,
  workforces: [],
  passkeys: [],
  listHead: null,
};
const PASSKEY = { id: "A".repeat(22), name: "Phone", since: "2026-03-10" };
const LETTER: Letter = {
  ...{ workforce: "A".repeat(43), letter: "B".repeat(43), title: "To the board", state: "closed" },
  ...{ listed: true, opens: "2026-03-10", closes: "2026-05-01", delivers: "2026-05-03", awaits: [] },
  ...{ count: 30, replaces: null, linkKey: null },
};
const WORKFORCE = { workforce: "A".repeat(43), employer: "Example Works", opener: true };

describe("The desk's words", () => {
  it("have a sentence of their own for each code by which the desk refuses", () => {
    const plain = problemWords("nothing-that-is-known");
    for (const code of Object.keys(DESK_REFUSALS)) expect(problemWords(code), code).not.toBe(plain);
  });

  it("name every act that stands in the list of acts", () => {
    for (const act of DESK_ACTS.filter((name) => ruleOf(name).entered))
      expect(actWords(act), act).not.toBe(act);
    expect(actWords("an-act-of-tomorrow")).toBe("an-act-of-tomorrow");
  });

  it("offer every role its pages, and a page that is not listed stands under one that is", () => {
    for (const name of PAGE_NAMES) {
      const rule = ruleOfPage(name);
      expect(
        ROLES.some((role) => mayAct(role, rule.act)),
        name,
      ).toBe(true);
      if (!rule.listed) expect(ruleOfPage(rule.under as (typeof PAGE_NAMES)[number]).listed, name).toBe(true);
    }
  });

  it("warn of what one lost phrase or device would lose, and stop when it is mended", () => {
    expect(warningsOf(HOME).map(({ page }) => page)).toEqual(["organisers", "yours"]);
    expect(warningsOf({ ...HOME, owners: 2, passkeys: [PASSKEY] })).toEqual([]);
  });

  it("lead from one step to the next, and nobody where their role does not reach", () => {
    const owner = (act: Parameters<typeof mayAct>[1]) => mayAct("owner", act);
    const states = (home: ActAnswer<"home">, letters = 0) =>
      nextSteps({ home, letters }, owner).map(({ state }) => state);
    expect(states(HOME)).toEqual(["now", "later", "later"]);
    expect(states({ ...HOME, owners: 2 })).toEqual(["done", "now", "later"]);
    expect(states({ ...HOME, owners: 2, workforces: [WORKFORCE] })).toEqual(["done", "done", "now"]);
    expect(states({ ...HOME, owners: 2, workforces: [WORKFORCE] }, 1)).toEqual(["done", "done", "done"]);
    const moderator = nextSteps({ home: { ...HOME, owners: 2 }, letters: 0 }, (act) =>
      mayAct("moderator", act),
    );
    expect(moderator.map(({ page }) => page)).toEqual(["organisers", null, "letters"]);
  });

  it("lead to a closed letter that was not handed over and to an answer that nobody judged, as far as roles reach", () => {
    const tasks = (awaits: Letter["awaits"], role: Role = "owner") =>
      letterTasks([{ ...LETTER, awaits }], (act) => mayAct(role, act)).map(
        ({ page, id, link }) => `${page} ${id === LETTER.letter} ${link}`,
      );
    expect(tasks([])).toEqual([]);
    expect(tasks(["delivery", "judgement"])).toEqual([
      "delivery true Hand it over",
      "demands true Judge the demands",
    ]);
    expect(tasks(["delivery", "judgement"], "editor")).toEqual([
      "delivery true Prepare it",
      "demands true See the demands",
    ]);
    expect(tasks(["delivery"], "moderator")).toEqual(["delivery true See how it stands"]);
    const [task] = letterTasks([{ ...LETTER, awaits: ["delivery"] }], () => true);
    expect(task).toMatchObject({ about: LETTER.title, text: expect.stringContaining("3 May 2026") });
  });
});
