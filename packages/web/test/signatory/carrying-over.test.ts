/** A signatory of the letter before: carrying over is one act of their own, and nothing happens without it. */
import type { EarlierSignature } from "@undersigned/client";
import { describe, expect, it } from "vitest";
import type { Event } from "../../src/islands/signatory/machine/event.ts";
import { canCarryOver, chosen } from "../../src/islands/signatory/machine/signing.ts";
import { earlierWords } from "../../src/islands/signatory/words/earlier.ts";
import { hiddenWords } from "../../src/islands/signatory/words/hidden.ts";
import { act, fresh, LOG, PARTS_HERE, PHRASE, play, START, tokensOf, typed } from "./kit.ts";

const OLD = "O".repeat(43);
const role = { kind: "role" as const, role: "Engineer", place: "Lisbon" };
const EARLIER: EarlierSignature = { letter: OLD, state: "counted", shown: role, sameEpoch: true };

function cameBack(earlier: EarlierSignature | null, tokens = tokensOf(2)): readonly Event[] {
  return [
    ...START,
    act("own-device"),
    ...PARTS_HERE,
    act("have-phrase"),
    typed("phrase", PHRASE),
    act("look-up"),
    {
      type: "looked-up",
      log: LOG,
      phrase: PHRASE,
      standing: { state: "not-in-the-log", head: null, place: null, shown: null, hidden: null },
      earlier,
      tokens: tokens.tokens.length === 0 ? null : tokens,
      otherPeriod: false,
      receipt: null,
    },
  ];
}

describe("Somebody who has signed the letter before", () => {
  it("carries over by one act: the review shows how they appear there, and signing is theirs", () => {
    const { state, effects } = play(fresh(), ...cameBack(EARLIER));
    expect([state.screen, canCarryOver(state)]).toEqual(["state", true]);
    expect(effects.some(({ type }) => type === "send")).toBe(false);
    const review = play(state, act("carry-over"));
    expect(review.state.screen).toBe("review");
    expect(chosen(review.state)).toEqual(role);
    expect(review.effects).toEqual([]);
    const sent = play(review.state, act("sign")).effects;
    expect(sent).toMatchObject([{ type: "send", making: { kind: "endorse", appearance: role } }]);
  });

  it("sends nothing of the letter before", () => {
    const [sent] = play(fresh(), ...cameBack(EARLIER), act("carry-over"), act("sign")).effects.slice(-1);
    const { log: _, ...making } = (sent as { making: Record<string, unknown> }).making;
    expect(JSON.stringify(making)).not.toContain(OLD);
  });

  it("can appear otherwise instead", () => {
    const { state } = play(fresh(), ...cameBack(EARLIER), act("carry-over"), act("choose-anew"));
    expect(state.screen).toBe("appearance");
    const other = play(state, typed("kind", "anonymous"), act("go-on")).state;
    expect(chosen(other)).toEqual({ kind: "anonymous" });
  });

  it("chooses anew where this letter does not offer that", () => {
    const named = { kind: "role" as const, role: "Astronaut", place: null };
    const { state } = play(fresh(), ...cameBack({ ...EARLIER, shown: named }), act("carry-over"));
    expect(state.screen).toBe("appearance");
  });

  it("confirms the mailbox first where the enrolment is not at hand, and finds the choice made then", () => {
    const { state } = play(fresh(), ...cameBack(EARLIER, tokensOf(0)), act("carry-over"));
    expect(state.screen).toBe("mailbox");
    expect(chosen(state)).toEqual(role);
  });

  it.each<[string, EarlierSignature | null]>([
    ["took it back", { ...EARLIER, state: "withdrawn", shown: null }],
    ["is of another epoch", { ...EARLIER, sameEpoch: false }],
    ["is not shown, or that is not known", { ...EARLIER, shown: null }],
    ["is not found", { ...EARLIER, state: "not-in-the-log", shown: null }],
    ["has no letter before", null],
  ])("is offered nothing to carry over who %s", (_, earlier) => {
    const { state } = play(fresh(), ...cameBack(earlier));
    expect(canCarryOver(state)).toBe(false);
    expect(play(state, act("carry-over")).state.screen).toBe("state");
  });

  it("is told that the old signature stays, and what another epoch means", () => {
    expect(earlierWords(EARLIER).standing).toContain("stays what it is");
    expect(earlierWords({ ...EARLIER, sameEpoch: false }).next).toContain("you enrol once more");
    expect(earlierWords({ ...EARLIER, state: "withdrawn" }).next).toBeNull();
  });
});

describe("Whose text is hidden", () => {
  it.each(["asked", "impersonation", "invisible", "length", "link", "slur", "waiting"] as const)(
    "is told since when, why, and that it counts: %s",
    (reason) => {
      const text = hiddenWords({ day: "2026-05-06", reason });
      expect(text).toMatch(
        /^What you chose to show has not been shown since 6 May 2026, because .*\. Your signature counts all the same\./,
      );
    },
  );
});
