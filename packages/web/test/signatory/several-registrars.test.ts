/** Several registrars on the page: how far each is, having enough, the rest later, and what is said of slow ones. */
import { describe, expect, it } from "vitest";
import { slowly } from "../../../client/test/kit.ts";
import {
  canDoWithout,
  confirmed,
  hasEnough,
  needed,
} from "../../src/islands/signatory/machine/confirmations.ts";
import type { Event } from "../../src/islands/signatory/machine/event.ts";
import type { State } from "../../src/islands/signatory/machine/state.ts";
import { wouldLose } from "../../src/islands/signatory/machine/would-lose.ts";
import { outcomeWords, problemWords } from "../../src/islands/signatory/words/problems.ts";
import { confirmationWords, stepWords } from "../../src/islands/signatory/words/registrars.ts";
import { CODE, makeFetch, registrarsHandler } from "./client-kit.ts";
import {
  act,
  enrolled,
  failed,
  fresh,
  LOG,
  PHRASE,
  play,
  registrars,
  TO_CODE,
  TO_LATER,
  TO_MAILBOX,
  tokensOf,
  typed,
} from "./kit.ts";
import { startPage } from "./page-kit.ts";

const [first, second, third] = registrars as [string, string, string];
const progress = (registrar: string, step: State["enrolling"]["progress"][string]): Event => ({
  type: "progress",
  registrar,
  step,
});
const asked = (registrar: string, wrong = 0): Event => ({ type: "code-asked", registrar, wrong });

/** Two of three have confirmed, which is enough, and the third's code is asked for. */
const TO_ENOUGH: readonly Event[] = [
  ...TO_CODE,
  typed("code", CODE),
  act("check-code"),
  progress(first, "enrolled"),
  asked(second),
  typed("code", CODE),
  act("check-code"),
  progress(second, "enrolled"),
  asked(third),
];

describe("While codes are typed", () => {
  it("how far the others are goes on being told", () => {
    const { state } = play(fresh(), ...TO_CODE, progress(third, "failed"));
    expect([state.screen, state.enrolling.progress[third]]).toEqual(["code", "failed"]);
  });

  it("a registrar whose answer is out keeps the mailbox bound, whoever else gets a wrong code", () => {
    const { state } = play(
      fresh(),
      ...TO_CODE,
      typed("code", CODE),
      act("check-code"),
      progress(first, "enrolling"),
      asked(second),
      typed("code", CODE),
      act("check-code"),
      asked(second, 1),
    );
    expect(state.enrolling.handedOver).toBe(true);
    const { state: back } = play(state, act("back"));
    expect(back.screen).toBe("code");
  });

  it("one that failed after it had the code keeps it bound too, and one wrong code alone does not", () => {
    const wrong = [typed("code", CODE), act("check-code"), asked(first, 1)];
    expect(play(fresh(), ...TO_CODE, ...wrong).state.enrolling.handedOver).toBe(false);
    const bound = play(fresh(), ...TO_CODE, progress(second, "failed"), ...wrong);
    expect(bound.state.enrolling.handedOver).toBe(true);
  });

  it("a slow registrar may still be what one without mail goes on with", () => {
    const { state } = play(fresh(), ...TO_CODE, progress(second, "failed"), progress(third, "reserving"));
    expect(canDoWithout(state, first)).toBe(false);
    const two = play(fresh(), ...TO_CODE, progress(second, "enrolling"), progress(third, "reserving")).state;
    expect(canDoWithout(two, first)).toBe(true);
  });
});

describe("Who has enough", () => {
  it("is told so, and goes on at once", () => {
    const { state } = play(fresh(), ...TO_ENOUGH);
    expect([confirmed(state), needed(state), hasEnough(state)]).toEqual([2, 2, true]);
    const on = play(state, act("enough"));
    expect([on.state.screen, on.effects]).toEqual(["enrolling", [{ type: "enough" }]]);
    expect(play(on.state, enrolled(2)).state.screen).toBe("later");
  });

  it("cannot be told so too early, or with nothing under way", () => {
    expect(play(fresh(), ...TO_CODE, act("enough")).effects.at(-1)).not.toEqual({ type: "enough" });
    expect(play(play(fresh(), ...TO_LATER).state, act("enough")).effects).toEqual([]);
  });

  it("may ask the others, which asks for what is missing only and loses nothing when it fails", () => {
    const { state, effects } = play(play(fresh(), ...TO_LATER).state, act("ask-others"));
    expect(effects).toEqual([
      expect.objectContaining({ type: "enrol", phrase: PHRASE, earlier: tokensOf(2), log: LOG }),
    ]);
    const broken = play(state, failed("epoch-unknown", true)).state;
    expect([broken.screen, broken.problem?.code, broken.enrolling.tokens]).toEqual([
      "later",
      "epoch-unknown",
      tokensOf(2),
    ]);
    expect(play(state, enrolled(3)).state.screen).toBe("later");
  });

  it("has a saved file with less in it after that, and closing the page says so", () => {
    const saved = play(fresh(), ...TO_LATER, act("save-enrolment"), { type: "enrolment-saved" }).state;
    expect(wouldLose(saved)).toBe(false);
    expect(play(saved, act("ask-others"), enrolled(2)).state.saved).toBe(true);
    expect(play(saved, act("ask-others"), enrolled(3)).state.saved).toBe(false);
  });
});

describe("An enrolment of another period", () => {
  it("is said to be one, and the mailbox is confirmed anew with the same phrase", () => {
    const found: Event = {
      type: "looked-up",
      earlier: null,
      log: LOG,
      phrase: PHRASE,
      standing: { state: "not-in-the-log", head: null, place: null, shown: null, hidden: null },
      tokens: null,
      otherPeriod: true,
      receipt: null,
    };
    const start = play(fresh(), ...TO_MAILBOX.slice(0, 2), act("have-phrase"), typed("phrase", PHRASE)).state;
    const { state } = play(start, act("look-up"), found);
    expect([state.screen, state.note]).toEqual(["state", "other-period"]);
    const on = play(state, act("sign-now"), typed("mailbox", "ana@example.com"), act("send-code"));
    expect(on.effects).toEqual([expect.objectContaining({ type: "enrol", phrase: PHRASE, earlier: null })]);
  });
});

describe("With a slow registrar", () => {
  const at = play(fresh(), ...TO_MAILBOX, typed("mailbox", "ana.lopez@example.com")).state;
  const slowFirst = {
    fetch: slowly(makeFetch(registrarsHandler()), (url) => (url.host.startsWith("r22") ? 60_000 : 0)),
  };

  it("the codes of the others are asked for at once, and what is there is enough to go on", async () => {
    const page = startPage(slowFirst as never, at);
    page.send(act("send-code"));
    const mine = registrars.filter((one) =>
      page.state.log!.view.manifest.registrars.some(
        ({ identity, url }) => identity === one && !url.includes("r22"),
      ),
    );
    for (const registrar of mine) {
      const { enrolling } = await page.when(
        ({ screen, enrolling }) => screen === "code" && enrolling.asking === registrar,
      );
      expect(enrolling.progress[registrar]).toBe("reserved");
      page.send(typed("code", CODE));
      page.send(act("check-code"));
    }
    await page.when((now) => hasEnough(now));
    page.send(act("enough"));
    const { enrolling } = await page.until("later");
    expect(enrolling.outcomes.map(({ state }) => state).sort()).toEqual(["enrolled", "enrolled", "later"]);
  });
});

describe("What is said of registrars", () => {
  it("of slow and failing ones is calm where the others are enough", () => {
    const calm = { behind: true, dispensable: true };
    expect(stepWords({ kind: "mailbox-code", step: "reserving", ...calm })).toBe(
      "Slow to answer. You can do without it.",
    );
    expect(stepWords({ kind: "mailbox-code", step: "failed", ...calm })).toBe(
      "Has not answered as it should. You can do without it.",
    );
    expect(stepWords({ kind: "mailbox-code", step: "failed", behind: true, dispensable: false })).toBe(
      "Has not answered as it should.",
    );
    expect(stepWords({ kind: "mailbox-code", step: "reserving", behind: false, dispensable: true })).toBe(
      "Asking for a code …",
    );
  });

  it("under attack says that this device works, and that it ends", () => {
    expect(stepWords({ kind: "mailbox-code", step: "working", behind: true, dispensable: true })).toMatch(
      /many requests.*sum.*seconds/,
    );
  });

  it("counts what has come against what is needed", () => {
    expect(confirmationWords(0, 3)).toBe("0 of 3 needed confirmations have come.");
    expect(confirmationWords(1, 3)).toBe("1 of 3 needed confirmations has come.");
    expect(confirmationWords(3, 3)).toBe("You have enough: all 3 needed confirmations have come.");
    expect(confirmationWords(4, 3)).toBe("You have enough: 4 confirmations have come, and 3 are needed.");
  });

  it("tells whoever has two mails which one counts, and that the other does no harm", () => {
    expect(problemWords({ code: "wrong-code" })).toContain(
      "If two mails came from this registrar, use the newest",
    );
  });

  it.each([
    "work-needed",
    "work-wrong",
    "work-failed",
    "work-too-hard",
    "log-not-read",
    "set-back",
    "keys-destroyed",
    "epoch-not-logged",
    "second-party-down",
  ])("has a sentence of its own for %s", (code) => {
    expect(outcomeWords({ state: "failed", code }, "mailbox-code")).toContain("This registrar");
  });
});
