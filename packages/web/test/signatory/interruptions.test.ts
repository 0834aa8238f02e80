/** What happens when something comes between: each interruption has one defined end. */
import { describe, expect, it } from "vitest";
import { followHistory, type HistoryLike } from "../../src/islands/signatory/history.ts";
import { canDoWithout, hasEnough } from "../../src/islands/signatory/machine/confirmations.ts";
import { triesLeft } from "../../src/islands/signatory/machine/enrolling.ts";
import { canGoBack } from "../../src/islands/signatory/machine/going-back.ts";
import { LEFT_STATE, type State } from "../../src/islands/signatory/machine/state.ts";
import { step } from "../../src/islands/signatory/machine/step.ts";
import { wouldLose } from "../../src/islands/signatory/machine/would-lose.ts";
import { ignoreSecondTaps } from "../../src/islands/signatory/second-tap.ts";
import type { Store } from "../../src/islands/signatory/store.ts";
import {
  act,
  enrolled,
  failed,
  fresh,
  play,
  registrars,
  START,
  TAKEN,
  TO_CODE,
  TO_LATER,
  TO_MAILBOX,
  TO_MAILBOX_KEEPING_NOTHING,
  TO_REVIEW,
  tokensOf,
  typed,
} from "./kit.ts";

const [first, second] = registrars as [string, string];

describe("A closed tab", () => {
  it("asks first only where something would be lost", () => {
    const at = (events: Parameters<typeof play>[1][]) => wouldLose(play(fresh(), ...events).state);
    expect(at([...START])).toBe(false);
    expect(at([...TO_MAILBOX])).toBe(false);
    expect(at([...TO_CODE])).toBe(false);
    expect(at([...TO_LATER])).toBe(true);
    expect(at([...TO_LATER, act("save-enrolment"), { type: "enrolment-saved" }])).toBe(false);
    expect(at([...TO_LATER, act("keep-here"), { type: "kept-here" }])).toBe(false);
    expect(at([...TO_REVIEW, act("sign")])).toBe(true);
    expect(at([...TO_REVIEW, act("sign"), TAKEN])).toBe(false);
    expect(at([...TO_LATER, act("leave")])).toBe(false);
  });

  it("loses an enrolment of who keeps nothing, whatever else was kept", () => {
    const state = { ...play(fresh(), ...TO_LATER).state, keeps: "nothing" as const, saved: true };
    expect(wouldLose(state)).toBe(true);
    expect(wouldLose(play(fresh(), ...TO_MAILBOX_KEEPING_NOTHING).state)).toBe(false);
  });
});

describe("A lost network", () => {
  it("while codes are asked for leaves what was typed, and the same is asked again", () => {
    const { state } = play(fresh(), ...TO_CODE.slice(0, -4), enrolled(0));
    expect([state.screen, state.typed.mailbox]).toEqual(["enrol-failed", "ana.lopez@example.com"]);
    expect(play(state, act("retry")).effects[0]).toMatchObject({
      type: "enrol",
      evidence: { kind: "mailbox-code", mailbox: state.typed.mailbox },
    });
  });

  it("while signing leads back to the review, where nothing but the same can be sent", () => {
    const before = play(fresh(), ...TO_REVIEW, act("sign"));
    const { state } = play(before.state, failed("no-answer", false));
    expect([state.screen, state.problem?.code, canGoBack(state)]).toEqual(["review", "no-answer", false]);
    expect(play(state, act("back"), act("sign")).effects).toEqual([before.effects.at(-1)]);
  });
});

describe("Going back", () => {
  it("keeps what was typed, and begins nothing", () => {
    const forward = play(fresh(), ...TO_REVIEW).state;
    const { state, effects } = play(forward, act("back"), act("back"), act("back"), act("back"));
    expect([state.screen, effects]).toEqual(["later", []]);
    expect(state.typed).toEqual(forward.typed);
  });

  it("from a code lets go of the run, so that another mailbox can be given", () => {
    const { state, effects } = play(play(fresh(), ...TO_CODE).state, act("back"));
    expect([state.screen, state.enrolling.running, effects]).toEqual([
      "mailbox",
      false,
      [{ type: "stop-enrolling" }],
    ]);
    const late = play(state, { type: "code-asked", registrar: first, wrong: 0 }, enrolled(2));
    expect(late.state.screen).toBe("mailbox");
  });

  it("is not possible once a registrar has confirmed the mailbox", () => {
    const { state } = play(
      fresh(),
      ...TO_CODE,
      typed("code", "12345678"),
      act("check-code"),
      { type: "progress", registrar: first, step: "enrolled" },
      { type: "code-asked", registrar: second, wrong: 0 },
    );
    expect([canGoBack(state), canDoWithout(state, second), hasEnough(state)]).toEqual([false, true, false]);
    expect(play(state, act("back")).state.screen).toBe("code");
  });

  it("after signing leads to no second signature", () => {
    const { state } = play(fresh(), ...TO_REVIEW, act("sign"), TAKEN);
    const { state: after, effects } = play(state, act("back"), act("back"), act("sign"), act("sign-now"));
    expect([after.screen, effects]).toEqual(["receipt", []]);
  });

  it("never leads to a screen on which one waits", () => {
    expect(play(fresh(), ...TO_CODE).state.trail).not.toContain("reserving");
    expect(play(fresh(), ...TO_REVIEW).state.trail).not.toContain("enrolling");
  });
});

describe("The browser's Back", () => {
  function browser() {
    let state: State = fresh();
    const listeners: ((state: State, before: State) => void)[] = [];
    const entries: unknown[] = [];
    const addresses: string[] = [];
    const store: Store = {
      get state() {
        return state;
      },
      send(event) {
        const before = state;
        [state] = step(before, event);
        for (const listener of listeners) listener(state, before);
      },
      listen: (listener) => void listeners.push(listener),
    };
    let at = 0;
    const history: HistoryLike = {
      get state() {
        return entries[at];
      },
      pushState: (data) => {
        entries.splice(++at, entries.length, data);
      },
      replaceState: (data, _unused, to) => {
        entries[at] = data;
        if (to !== undefined) addresses.push(to);
      },
      back: () => go(-1),
    };
    const follow = followHistory(store, history, "https://board.example.com/sign#id");
    const go = (by: number) => {
      at += by;
      follow.popped(entries[at]);
    };
    const jump = () => {
      entries.splice(++at, entries.length, null);
      follow.popped(null);
    };
    return { store, entries, addresses, go, jump, follow };
  }

  it("leads to the screen before, one at a time, and holds only numbers", () => {
    const { store, entries, go, follow } = browser();
    for (const event of TO_MAILBOX) store.send(event);
    expect(entries).toEqual([0, 1, 2, 3, 4, 5]);
    go(-1);
    expect(store.state.screen).toBe("phrase-confirm");
    follow.back();
    expect(store.state.screen).toBe("phrase-shown");
  });

  it("does nothing where there is no way back, and Forward does nothing at all", () => {
    const { store, go } = browser();
    for (const event of [...TO_REVIEW, act("sign"), TAKEN]) store.send(event);
    go(-1);
    go(-1);
    expect(store.state.screen).toBe("receipt");
    go(1);
    expect(store.state.screen).toBe("receipt");
  });

  it("takes a jump within the page for none, and gives the address its fragment back", () => {
    const { store, entries, addresses, go, jump } = browser();
    for (const event of TO_MAILBOX) store.send(event);
    jump();
    expect([store.state.screen, entries.at(-1), addresses]).toEqual([
      "mailbox",
      5,
      ["https://board.example.com/sign#id"],
    ]);
    go(-1);
    expect(store.state.screen).toBe("mailbox");
    go(-1);
    expect(store.state.screen).toBe("phrase-confirm");
  });

  it("goes on to work after some backs had no effect", () => {
    const { store, go } = browser();
    for (const event of TO_LATER) store.send(event);
    go(-1);
    expect(store.state.screen).toBe("later");
    store.send(act("sign-now"));
    expect(store.state.screen).toBe("appearance");
    go(-1);
    expect(store.state.screen).toBe("later");
  });
});

describe("A double tap", () => {
  it("sends a signature once", () => {
    const { effects } = play(play(fresh(), ...TO_REVIEW).state, act("sign"), act("sign"), act("make-file"));
    expect(effects.map(({ type }) => type)).toEqual(["send"]);
  });

  it("asks for codes once, hands a code over once, saves once", () => {
    const mailbox = play(fresh(), ...TO_MAILBOX, typed("mailbox", "ana.lopez@example.com")).state;
    expect(play(mailbox, act("send-code"), act("send-code")).effects).toHaveLength(1);
    const code = play(fresh(), ...TO_CODE, typed("code", "12345678")).state;
    expect(play(code, act("check-code"), act("check-code"), act("send-again")).effects).toHaveLength(1);
    const later = play(fresh(), ...TO_LATER).state;
    expect(play(later, act("save-enrolment"), act("save-enrolment")).effects).toHaveLength(1);
  });

  it("of which the second half meets the next screen presses nothing there", () => {
    const page = new EventTarget();
    let time = 1000;
    let change = (_state: State, _before: State) => {};
    const listen: Store["listen"] = (listener) => {
      change = listener;
    };
    ignoreSecondTaps({ listen }, page, () => time);
    const pressed = (type: string, detail: number) =>
      page.dispatchEvent(new CustomEvent(type, { detail, cancelable: true }));
    expect(pressed("click", 2)).toBe(true);
    change(play(fresh(), ...START).state, fresh());
    time += 200;
    expect([pressed("mousedown", 2), pressed("click", 2), pressed("click", 1), pressed("click", 0)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    time += 1000;
    expect(pressed("click", 2)).toBe(true);
  });

  it("that comes after the screen has changed does nothing on the next one", () => {
    const { state } = play(fresh(), ...START, act("own-device"), act("own-device"));
    expect(state.screen).toBe("learns");
  });
});

describe("A second tab", () => {
  it("with another phrase is told that the mailbox has enrolled before", () => {
    const { state } = play(fresh(), ...TO_CODE, typed("code", "12345678"), act("check-code"), {
      type: "enrolled",
      tokens: tokensOf(0),
      outcomes: registrars.map((registrar) => ({ registrar, state: "failed", code: "already-enrolled" })),
      enough: false,
    });
    expect([state.screen, state.enrolling.outcomes[0]?.code]).toEqual(["enrol-failed", "already-enrolled"]);
  });

  it("that has signed otherwise leads to how the signature stands", () => {
    const { state } = play(fresh(), ...TO_REVIEW, act("sign"), failed("already-endorsed", true));
    expect([state.screen, state.problem?.code]).toEqual(["review", "already-endorsed"]);
    expect(play(state, act("see-state")).effects[0]?.type).toBe("look-up");
  });
});

describe("Refused storage", () => {
  it("hinders nothing but keeping the enrolment here", () => {
    const { state } = play(fresh(), ...TO_LATER, act("keep-here"), failed("storage-refused", true));
    expect([state.screen, state.storedHere, state.problem?.code]).toEqual([
      "later",
      false,
      "storage-refused",
    ]);
    expect(play(state, act("save-enrolment"), { type: "enrolment-saved" }).state.saved).toBe(true);
    expect(play(state, act("sign-now")).state.screen).toBe("appearance");
  });
});

describe("Leaving", () => {
  it.each([
    ["at the code", TO_CODE],
    ["enrolled", TO_LATER],
    ["while sending", [...TO_REVIEW, act("sign")]],
    ["signed", [...TO_REVIEW, act("sign"), TAKEN]],
  ])("leaves nothing, %s", (_where, events) => {
    const { state, effects } = play(fresh(), ...events, act("leave"));
    expect(state).toBe(LEFT_STATE);
    expect(effects.at(-1)).toEqual({ type: "leave" });
    expect(play(state, TAKEN, enrolled(2), ...START, act("sign")).effects).toEqual([]);
  });

  it("and forgetting are two things: who forgets stays at the letter", () => {
    const { state, effects } = play(play(fresh(), ...TO_LATER).state, act("forget"));
    expect([state.screen, state.phrase, state.enrolling.tokens, state.typed.mailbox]).toEqual([
      "warning",
      null,
      null,
      "",
    ]);
    expect(effects.map(({ type }) => type)).toEqual(["forget"]);
  });
});

describe("Tries", () => {
  it("are counted over runs, as the registrar counts them", () => {
    const wrong = (n: number) => ({ type: "code-asked", registrar: first, wrong: n }) as const;
    const two = play(
      fresh(),
      ...TO_CODE,
      typed("code", "12345678"),
      act("check-code"),
      wrong(1),
      act("check-code"),
      wrong(2),
    );
    expect(triesLeft(two.state)).toBe(3);
    const again = play(two.state, act("send-again"), enrolled(0), wrong(0));
    expect([again.state.screen, triesLeft(again.state)]).toEqual(["code", 3]);
  });
});
