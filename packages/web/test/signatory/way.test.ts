/** The way through the screens, step by step, without a page or a network. */
import { describe, expect, it } from "vitest";
import { readLink } from "../../src/islands/page-link.ts";
import { initialState } from "../../src/islands/signatory/machine/state.ts";
import {
  act,
  CODE_MAILBOX,
  enrolled,
  failed,
  fresh,
  LETTER,
  LINK,
  LOG,
  logWith,
  OTHER,
  PHRASE,
  play,
  RECEIPT,
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
  WORKFORCE,
} from "./kit.ts";

const [first, second, third] = registrars as [string, string, string];

describe("The link", () => {
  const page = { workforce: WORKFORCE, letter: LETTER };

  it("names the page's workforce, or another, or none", () => {
    expect(readLink(`#${WORKFORCE}`, page)?.mark).toBe("same");
    expect(readLink(`#${LETTER}`, page)?.mark).toBe("other");
    expect(readLink("", page)?.mark).toBe("missing");
    expect(readLink("#", page)?.mark).toBe("missing");
    expect(readLink("#main", page)?.mark).toBe("missing");
    expect(readLink(`#${WORKFORCE}`, { ...page, letter: "../x" })).toBeNull();
  });

  it("stops a page of another workforce before anything is read", () => {
    const { state, effects } = play(initialState({ ...LINK, mark: "other" }), { type: "started" });
    expect([state.screen, state.problem?.code, effects]).toEqual(["stopped", "link-other", []]);
    expect(play(state, act("retry")).effects).toEqual([]);
  });

  it("goes on without a mark", () => {
    const { state, effects } = play(initialState({ ...LINK, mark: "missing" }), ...START);
    expect(state.screen).toBe("warning");
    expect(effects.map(({ type }) => type)).toEqual(["open"]);
  });
});

describe("Opening", () => {
  it("says why it failed, and tries again when asked to", () => {
    const { state } = play(fresh(), { type: "started" }, failed("source-unavailable", true));
    expect([state.screen, state.problem?.code]).toEqual(["stopped", "source-unavailable"]);
    const again = play(state, act("retry"));
    expect([again.state.screen, again.effects[0]?.type]).toEqual(["starting", "open"]);
  });

  it.each([
    ["letter-unknown", logWith({}, { letters: new Map() })],
    ["letter-text-missing", logWith({ manifest: null })],
    [
      "letter-refused",
      logWith({}, { refusedLetters: [{ code: "letter-days", leaf: 2, letter: LETTER, message: "" }] }),
    ],
  ])("stops at a letter that must not be signed: %s", (code, log) => {
    const { state } = play(fresh(), { type: "started" }, { type: "opened", log, storedHere: false });
    expect([state.screen, state.problem?.code]).toEqual(["stopped", code]);
  });

  it("lets nobody enrol for a letter that has closed, and lets people come back to it", () => {
    const log = logWith({ closing: { leaf: {} as never, index: 9 } });
    const opened = play(
      fresh(),
      { type: "started" },
      { type: "opened", log, storedHere: false },
      act("own-device"),
    );
    expect(play(opened.state, act("go-on")).state.screen).toBe("learns");
    expect(play(opened.state, act("have-phrase")).state.screen).toBe("phrase-typed");
  });
});

describe("The phrase", () => {
  it("is made only when asked for, and counts only when three words are right", () => {
    const { state, effects } = play(fresh(), ...TO_MAILBOX);
    expect([state.screen, state.phrase, state.keeps]).toEqual(["mailbox", PHRASE, "phrase"]);
    expect(effects.map(({ type }) => type)).toEqual(["open", "load-part", "make-phrase"]);
    const wrong = play(fresh(), ...TO_MAILBOX.slice(0, -2), typed("word2", "winner"), act("confirm"));
    expect([wrong.state.screen, wrong.state.problem]).toEqual([
      "phrase-confirm",
      { code: "word-wrong", settled: true, field: "word2" },
    ]);
    expect(wrong.state.keeps).toBeNull();
  });

  it("is never shown to who keeps nothing", () => {
    const { state } = play(fresh(), ...TO_MAILBOX_KEEPING_NOTHING);
    expect([state.screen, state.keeps]).toEqual(["mailbox", "nothing"]);
    expect(state.trail).not.toContain("phrase-shown");
  });

  it("that was shown is not the one in use after all, when nothing is to be kept", () => {
    const shown = play(fresh(), ...TO_MAILBOX.slice(0, 6));
    expect(shown.state.screen).toBe("phrase-shown");
    const { state, effects } = play(shown.state, act("keep-nothing"), act("keep-nothing-yes"));
    expect(effects.map(({ type }) => type)).toEqual(["make-phrase"]);
    const made = play(state, { type: "phrase-made", phrase: OTHER, asked: [1, 2, 3] });
    expect([made.state.screen, made.state.phrase]).toEqual(["mailbox", OTHER]);
  });
});

describe("The mailbox", () => {
  it.each([
    ["visitor", "mailbox-malformed"],
    ["visitor@example.net", "mailbox-not-here"],
    ["team-all@example.com", "group-mailbox"],
  ])("is checked before it is sent: %s", (mailbox, code) => {
    const { state, effects } = play(fresh(), ...TO_MAILBOX, typed("mailbox", mailbox), act("send-code"));
    expect([state.screen, state.problem?.code, state.problem?.field]).toEqual(["mailbox", code, "mailbox"]);
    expect(effects.some(({ type }) => type === "enrol")).toBe(false);
    expect(state.typed.mailbox).toBe(mailbox);
  });

  it("is sent with the phrase, for the letter's own epoch", () => {
    const { state, effects } = play(fresh(), ...TO_CODE);
    expect(state.screen).toBe("code");
    expect(effects.find(({ type }) => type === "enrol")).toEqual({
      type: "enrol",
      log: LOG,
      letter: LETTER,
      phrase: PHRASE,
      evidence: { kind: "mailbox-code", mailbox: CODE_MAILBOX },
      name: null,
      nameAgain: false,
      earlier: null,
    });
  });
});

describe("Codes", () => {
  it("are handed over without the spaces that people copy", () => {
    const { state, effects } = play(fresh(), ...TO_CODE, typed("code", " 1234-5678 "), act("check-code"));
    expect(state.screen).toBe("enrolling");
    expect(effects.at(-1)).toEqual({ type: "give-code", code: "12345678" });
  });

  it("of another length are not handed over: they would cost a try", () => {
    const { state, effects } = play(fresh(), ...TO_CODE, typed("code", "1234567"), act("check-code"));
    expect([state.screen, state.problem?.code]).toEqual(["code", "code-malformed"]);
    expect(effects.some(({ type }) => type === "give-code")).toBe(false);
  });

  it("that were wrong are asked for again, with what was typed, and are counted", () => {
    const wrong = { type: "code-asked", registrar: first, wrong: 1 } as const;
    const { state } = play(fresh(), ...TO_CODE, typed("code", "12345678"), act("check-code"), wrong);
    expect([state.screen, state.problem?.code, state.typed.code]).toEqual(["code", "wrong-code", "12345678"]);
    expect(state.enrolling.wrong).toEqual({ [first]: 1 });
    expect(state.enrolling.handedOver).toBe(false);
  });

  it("can be done without as long as enough registrars are left", () => {
    const one = play(fresh(), ...TO_CODE, act("skip-registrar"));
    expect(one.effects.at(-1)).toEqual({ type: "give-code", code: null });
    const two = play(
      one.state,
      { type: "progress", registrar: first, step: "skipped" },
      { type: "code-asked", registrar: second, wrong: 0 },
      act("skip-registrar"),
    );
    expect([two.state.screen, two.effects]).toEqual(["code", []]);
  });

  it("are sent again by letting go of the run and beginning another with what has come", () => {
    const on = play(
      fresh(),
      ...TO_CODE,
      typed("code", "12345678"),
      act("check-code"),
      { type: "progress", registrar: first, step: "enrolled" },
      { type: "code-asked", registrar: second, wrong: 0 },
      act("send-again"),
      { type: "code-asked", registrar: third, wrong: 0 },
    );
    expect(on.effects.slice(-3)).toEqual([
      { type: "give-code", code: null },
      { type: "enough" },
      { type: "give-code", code: null },
    ]);
    const { state, effects } = play(on.state, enrolled(1));
    expect([state.screen, effects]).toEqual([
      "reserving",
      [expect.objectContaining({ type: "enrol", phrase: PHRASE, earlier: tokensOf(1) })],
    ]);
  });
});

describe("An enrolment", () => {
  it("that is enough leads to the choice of when to sign, without a way back", () => {
    const { state } = play(fresh(), ...TO_LATER);
    expect([state.screen, state.trail, state.busy]).toEqual(["later", [], null]);
  });

  it("that is not enough keeps what has come, and asks only for the rest", () => {
    const { state } = play(fresh(), ...TO_CODE, typed("code", "12345678"), act("check-code"), enrolled(1));
    expect([state.screen, state.trail]).toEqual(["enrol-failed", []]);
    const { effects } = play(state, act("retry"));
    expect(effects).toEqual([
      expect.objectContaining({ type: "enrol", phrase: PHRASE, earlier: tokensOf(1) }),
    ]);
  });

  it("whose answer was lost leaves the way to the mailbox open, and not to another phrase", () => {
    const { state } = play(fresh(), ...TO_CODE, typed("code", "12345678"), act("check-code"), enrolled(0));
    expect([state.screen, state.trail]).toEqual(["enrol-failed", ["mailbox"]]);
    expect(play(state, act("back"), act("back")).state.screen).toBe("mailbox");
  });

  it("is saved as a file, or kept on the device, only when somebody asks, and never of who keeps nothing", () => {
    const { state, effects } = play(fresh(), ...TO_LATER);
    expect(effects.some(({ type }) => type === "save-enrolment" || type === "keep-here")).toBe(false);
    expect(play(state, act("save-enrolment")).effects[0]?.type).toBe("save-enrolment");
    const kept = play(state, act("keep-here"), { type: "kept-here" });
    expect([kept.state.storedHere, kept.effects[0]?.type]).toEqual([true, "keep-here"]);
    const dropped = play(kept.state, act("keep-here"), { type: "forgotten" });
    expect([dropped.state.storedHere, dropped.effects[0]?.type]).toEqual([false, "keep-no-more"]);
    const nothing = { ...state, keeps: "nothing" as const };
    expect(play(nothing, act("save-enrolment"), act("keep-here")).effects).toEqual([]);
  });
});

describe("Signing", () => {
  it("sends the choice once, and shows the receipt", () => {
    const { state, effects } = play(fresh(), ...TO_REVIEW, act("sign"));
    expect(effects.at(-1)).toEqual({
      type: "send",
      making: {
        log: LOG,
        letter: LETTER,
        phrase: PHRASE,
        kind: "endorse",
        tokens: tokensOf(2),
        appearance: { kind: "named", name: "Visitor Example", confirmed: null, role: null, place: null },
        remainder: "destroy",
      },
    });
    const done = play(state, TAKEN).state;
    expect([done.screen, done.taken?.receipt, done.head]).toEqual([
      "receipt",
      RECEIPT,
      { seq: 0, leaf: RECEIPT.leaf },
    ]);
  });

  it("destroys a remainder unless somebody chooses otherwise", () => {
    expect(play(fresh(), ...TO_REVIEW).state.typed.remainder).toBe("destroy");
  });

  it.each([
    ["kind-missing", []],
    ["name-missing", [typed("kind", "named"), typed("name", "  ")]],
    ["name-too-long", [typed("kind", "named"), typed("name", "x".repeat(101))]],
    ["name-not-plain", [typed("kind", "named"), typed("name", "Visitor\u202e Example")]],
    ["role-missing", [typed("kind", "role")]],
  ])("does not go on with a choice that is not finished: %s", (code, events) => {
    const { state } = play(fresh(), ...TO_LATER, act("sign-now"), ...events, act("go-on"));
    expect([state.screen, state.problem?.code]).toEqual(["appearance", code]);
  });

  it("can be left to somebody else, by a file", () => {
    const { state, effects } = play(fresh(), ...TO_REVIEW, act("make-file"), { type: "file-made" });
    expect([state.screen, state.note, state.taken]).toEqual(["review", "file-made", null]);
    expect(effects.at(-1)?.type).toBe("make-file");
  });

  it("shows a receipt with an odd day, and says so", () => {
    const { state } = play(fresh(), ...TO_REVIEW, act("sign"), { ...TAKEN, implausible: true } as never);
    expect([state.screen, state.taken?.implausible]).toEqual(["receipt", true]);
  });

  it("says what the board refused, with all that was typed", () => {
    const { state } = play(fresh(), ...TO_REVIEW, act("sign"), failed("letter-not-open", true));
    expect([state.screen, state.problem?.code, state.busy]).toEqual(["review", "letter-not-open", null]);
    expect(state.typed.name).toBe("Visitor Example");
    expect(play(state, act("back")).state.screen).toBe("remainder");
  });
});

describe("A file of somebody else", () => {
  const request = { type: "withdrawal-request", v: 1, leaf: { letter: LETTER } } as never;
  const open = [...START, act("open-file-send")];

  it("is sent, and does not count as one's own signature", () => {
    const { state, effects } = play(
      fresh(),
      ...open,
      { type: "file", of: "request", file: request },
      act("send-file"),
    );
    expect(effects.at(-1)).toEqual({ type: "send-file", log: LOG, request });
    const done = play(state, TAKEN).state;
    expect([done.screen, done.taken?.foreign, done.head]).toEqual(["receipt", true, null]);
  });

  it("that is none is refused", () => {
    const { state } = play(fresh(), ...open, { type: "file-refused", of: "request" }, act("send-file"));
    expect([state.screen, state.problem?.code]).toEqual(["file-send", "file-missing"]);
  });
});

describe("Coming back", () => {
  const typedPhrase = [
    ...START,
    act("own-device"),
    act("have-phrase"),
    typed("phrase", PHRASE),
    act("look-up"),
  ];
  const head = { seq: 1, leaf: "C".repeat(43) };
  const found = {
    type: "looked-up",
    earlier: null,
    log: LOG,
    phrase: PHRASE,
    standing: { state: "counted", head, place: 7, shown: null, hidden: null },
    tokens: null,
    otherPeriod: false,
    receipt: null,
  } as const;

  it("refuses what is no phrase before anything is read", () => {
    const { state, effects } = play(
      fresh(),
      ...START,
      act("have-phrase"),
      typed("phrase", "legal winner"),
      act("look-up"),
    );
    expect([state.problem?.code, effects.length]).toEqual(["bad-phrase", 1]);
  });

  it("shows how the key stands, and changes what follows its head", () => {
    const { state } = play(fresh(), ...typedPhrase, found);
    expect([state.screen, state.head]).toEqual(["state", head]);
    const { effects } = play(state, act("revise"), typed("kind", "anonymous"), act("go-on"), act("sign"));
    expect(effects.at(-1)).toEqual({
      type: "send",
      making: {
        log: LOG,
        letter: LETTER,
        phrase: PHRASE,
        kind: "revise",
        head,
        tokens: null,
        appearance: { kind: "anonymous" },
      },
    });
  });

  it("takes a signature back only when asked twice", () => {
    const { state } = play(fresh(), ...typedPhrase, found, act("withdraw"));
    expect(state.screen).toBe("withdraw");
    const sent = play(state, act("withdraw-yes"));
    expect(sent.effects).toEqual([
      { type: "send", making: { log: LOG, letter: LETTER, phrase: PHRASE, kind: "withdraw", head } },
    ]);
    const done = play(sent.state, { ...TAKEN, request: "withdrawal-request", seq: 2 } as never);
    expect([done.state.screen, done.state.head?.seq]).toEqual(["withdrawn", 2]);
  });

  it("follows what was sent from here where that is newer than what has come out", () => {
    const revised = play(
      fresh(),
      ...typedPhrase,
      found,
      act("revise"),
      typed("kind", "anonymous"),
      act("go-on"),
      act("sign"),
      { ...TAKEN, request: "revision-request", seq: 2 } as never,
      act("see-state"),
      found,
    );
    expect(revised.state.head).toEqual({ seq: 2, leaf: RECEIPT.leaf });
  });

  it("with a receipt changes what has not come out yet", () => {
    const waiting = {
      ...found,
      standing: { state: "not-in-the-log", head: null, place: null, shown: null, hidden: null },
    } as const;
    const without = play(fresh(), ...typedPhrase, waiting);
    expect([without.state.screen, without.state.head]).toEqual(["state", null]);
    const receipt = { receipt: RECEIPT, state: { state: "waiting", due: RECEIPT.due } } as const;
    expect(play(fresh(), ...typedPhrase, { ...waiting, receipt }).state.head).toEqual({
      seq: 0,
      leaf: RECEIPT.leaf,
    });
  });

  it("enrols again with the same phrase where the enrolment was not saved, and signs at once where it was", () => {
    const waiting = {
      ...found,
      standing: { state: "not-in-the-log", head: null, place: null, shown: null, hidden: null },
    } as const;
    expect(play(fresh(), ...typedPhrase, waiting, act("sign-now")).state.screen).toBe("mailbox");
    const withTokens = play(fresh(), ...typedPhrase, { ...waiting, tokens: tokensOf(2) }, act("sign-now"));
    expect(withTokens.state.screen).toBe("appearance");
  });

  it("checks a receipt alone, without a phrase", () => {
    const { state, effects } = play(
      fresh(),
      ...START,
      act("have-phrase"),
      { type: "file", of: "receipt", file: RECEIPT },
      act("check-receipt"),
      { type: "receipt-checked", log: LOG, receipt: RECEIPT, state: { state: "in-the-log", index: 7 } },
    );
    expect(effects.at(-1)).toEqual({ type: "check-receipt", link: LINK, log: LOG, receipt: RECEIPT });
    expect([state.screen, state.checked]).toEqual(["state", { state: "in-the-log", index: 7 }]);
  });
});
