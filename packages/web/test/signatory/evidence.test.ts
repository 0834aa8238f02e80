/** The ways to prove that one works there: which are open, in which order, and what becomes of each. */
import type { EvidenceKind } from "@undersigned/core";
import { readCatalogue } from "@undersigned/messages/node";
import { describe, expect, it } from "vitest";
import { readLink, withoutSecrets } from "../../src/islands/page-link.ts";
import type { EvidenceOf } from "../../src/islands/signatory/machine/effect.ts";
import type { Event, ResultEvent } from "../../src/islands/signatory/machine/event.ts";
import { kindOf, kindsFor } from "../../src/islands/signatory/machine/evidence.ts";
import { canInvite, unfoldedLink } from "../../src/islands/signatory/machine/inviting.ts";
import { registrarsFor } from "../../src/islands/signatory/machine/registrars.ts";
import { offeredBy } from "../../src/islands/signatory/machine/signing.ts";
import { initialState, type OpenLog, type State } from "../../src/islands/signatory/machine/state.ts";
import {
  act,
  CODE_MAILBOX,
  EVERY,
  EVERY_LOG,
  enrolled,
  failed,
  INVITATION,
  INVITED,
  LETTER,
  LINK,
  letterManifest,
  logWith,
  MAIL,
  PARTS_HERE,
  PHRASE,
  play,
  registrars,
  typed,
  WORKFORCE,
} from "./kit.ts";

const READ: Event = { type: "invitation", invitation: { is: "read", invitation: INVITATION } };
const KEEPING_NOTHING: readonly Event[] = [
  act("keep-nothing"),
  act("keep-nothing-yes"),
  { type: "phrase-made", phrase: PHRASE, asked: [0, 1, 2] },
];

/** To the page after "who can learn what". */
function goOn(log: OpenLog = EVERY_LOG, link = LINK, ...more: readonly Event[]) {
  const opened: Event = { type: "opened", log, storedHere: false };
  const events = [opened, act("own-device"), ...PARTS_HERE, ...more, act("go-on")];
  return play(initialState(link), { type: "started" }, ...events);
}

/** To where this evidence is given, with nothing kept. */
function toProof(kind: EvidenceKind, link = LINK): State {
  const { state } = goOn(EVERY_LOG, link, ...(link.invitation === null ? [] : [READ]));
  return play(state, typed("evidence", kind), act("go-on"), ...KEEPING_NOTHING).state;
}

const MAIL_FILE: Event = { type: "file", of: "mail", file: new Uint8Array([1]) };
const CHECKED: Event = { type: "mail-checked", mail: MAIL };
const SUGGESTED: Event = { type: "name-suggested", name: "Ana Lopez" };

function enrolIn(effects: ReturnType<typeof play>["effects"]) {
  const found = effects.find(({ type }) => type === "enrol");
  return found as { evidence: EvidenceOf; name: string | null; nameAgain: boolean } | undefined;
}

describe("The ways that are open", () => {
  it("begin with what shows least, and the best is chosen beforehand", () => {
    const { state } = goOn();
    expect([state.screen, kindsFor(state), kindOf(state)]).toEqual([
      "evidence",
      ["existing-mail", "mailbox-code"],
      "existing-mail",
    ]);
    const invited = goOn(EVERY_LOG, INVITED).state;
    expect(kindsFor(invited)).toEqual(["vouch", "existing-mail", "mailbox-code"]);
    expect(kindOf(play(invited, typed("evidence", "mailbox-code")).state)).toBe("mailbox-code");
  });

  it("are no choice where codes alone are taken: the way is as short as ever", () => {
    expect(goOn(logWith()).state.screen).toBe("phrase");
    expect(goOn(logWith(), INVITED).state.screen).toBe("phrase");
  });

  it("are none where only invitations are taken and the link holds none, or a bad one", () => {
    const log = logWith(
      {},
      {},
      { evidence: [{ kind: "vouch", class: "vouched" }], vouching: { invitations: 1 } },
    );
    expect(goOn(log).state.screen).toBe("learns");
    expect(goOn(log, INVITED).state.screen).toBe("phrase");
    const refused: Event = { type: "invitation", invitation: { is: "refused", code: "bad-invitation" } };
    expect(goOn(log, INVITED, refused).state.screen).toBe("learns");
  });

  it("are asked for before the evidence of somebody who has a phrase already, and left in the same class", () => {
    const { state } = goOn();
    const back = {
      ...state,
      screen: "state" as const,
      phrase: PHRASE,
      keeps: "phrase" as const,
      standing: null,
    };
    const anew = play(back, act("sign-now")).state;
    expect(anew.screen).toBe("evidence");
    expect(play(anew, act("go-on")).state.screen).toBe("mail");
    const begun = {
      ...back,
      enrolling: { ...back.enrolling, tokens: tokensIn(enrolled(1, { class: "vouched" })) },
    };
    expect(kindsFor(begun)).toEqual([]);
  });
});

const tokensIn = (event: Event) => (event as Extract<ResultEvent, { type: "enrolled" }>).tokens;

describe("Parts of the page", () => {
  const loaded = (log: OpenLog, link = LINK) =>
    goOn(log, link).effects.flatMap((effect) => (effect.type === "load-part" ? [effect.part] : []));

  it("are those that the rules need, whether the link holds an invitation or not", () => {
    expect(loaded(logWith())).toEqual(["signing"]);
    expect(loaded(EVERY_LOG)).toEqual(["signing", "evidence", "existing-mail", "names", "invite"]);
    expect(loaded(EVERY_LOG, INVITED)).toEqual(loaded(EVERY_LOG));
  });

  it("that did not come are asked for again, and those that came are not", () => {
    const { state } = goOn();
    const lacking = play(state, { type: "part", part: "names", state: "failed" }).state;
    const { effects } = play(lacking, act("load-again"), act("load-again"));
    expect(effects).toEqual([{ type: "load-part", part: "names" }]);
  });
});

describe("A link", () => {
  const text = "AQ-_9";
  const page = { workforce: WORKFORCE, letter: LETTER };

  it("may hold an invitation behind the workforce's id, and is what it was without", () => {
    expect(readLink(`#${WORKFORCE}.${text}`, page)).toEqual({ ...LINK, invitation: text });
    expect(readLink(`#${WORKFORCE}`, page)).toEqual(LINK);
    expect(readLink(`#${WORKFORCE}.`, page)).toEqual({ ...LINK, invitation: "" });
    expect(readLink(`#${"B".repeat(43)}.${text}`, page)).toMatchObject({ mark: "other", invitation: text });
    expect(readLink(`#main.${text}`, page)).toMatchObject({ mark: "missing", invitation: null });
  });

  it("goes into the history without it", () => {
    const address = `https://board.example.com/w/x/sign#${WORKFORCE}`;
    expect(withoutSecrets(`${address}.${text}`)).toBe(address);
    expect(withoutSecrets(`${address}.a.b\nc`)).toBe(address);
    expect(withoutSecrets(address)).toBe(address);
    expect(withoutSecrets("https://board.example.com/a.b#main")).toBe("https://board.example.com/a.b#main");
  });
});

describe("An invitation", () => {
  it("is read when the part that can is here, and once", () => {
    const { state, effects } = goOn(EVERY_LOG, INVITED);
    expect(effects.filter(({ type }) => type === "read-invitation")).toEqual([
      { type: "read-invitation", log: EVERY_LOG, text: INVITED.invitation },
    ]);
    const read = play(state, READ).state;
    expect(play(read, { type: "invitation", invitation: { is: "refused", code: "x" } }).state).toBe(read);
  });

  it("is used by its button alone, without a name, at the registrars that it holds tokens of", () => {
    const at = toProof("vouch", INVITED);
    expect([at.screen, registrarsFor(at).map(({ identity }) => identity)]).toEqual([
      "invitation",
      registrars.slice(0, 2),
    ]);
    const { state, effects } = play(at, act("use-invitation"), act("use-invitation"));
    expect(state.screen).toBe("enrolling");
    expect(effects.filter(({ type }) => type === "enrol")).toHaveLength(1);
    expect(enrolIn(effects)).toMatchObject({
      evidence: { kind: "vouch", invitation: INVITATION },
      name: null,
    });
  });

  it("that was used before leaves the other ways open, with the same phrase", () => {
    const used: Event = {
      ...enrolled(0),
      outcomes: registrars.map((registrar) => ({ registrar, state: "failed", code: "invitation-used" })),
    } as Event;
    const begun = play(toProof("vouch", INVITED), act("use-invitation"));
    const handing: Event = { type: "progress", registrar: registrars[0]!, step: "enrolling" };
    const { state } = play(begun.state, handing, used);
    expect([state.screen, state.enrolling.handedOver]).toEqual(["enrol-failed", false]);
    const { state: other } = play(state, act("other-way"), typed("evidence", "mailbox-code"), act("go-on"));
    expect([other.screen, other.phrase]).toEqual(["mailbox", PHRASE]);
  });

  it("is forgotten with everything else", () => {
    const { state } = play(toProof("vouch", INVITED), act("forget"));
    expect([state.link?.invitation, state.invitation]).toEqual([null, null]);
    expect(JSON.stringify({ ...state, log: null })).not.toContain(INVITED.invitation);
  });

  it("cannot be given by who came by one, or whose registrars gave none", () => {
    const all = { invitations: [{ number: 0 }] as never };
    const done = (more: object) =>
      play(toProof("vouch", INVITED), act("use-invitation"), enrolled(2, more)).state;
    expect(canInvite(done({ class: "vouched" }))).toBe(false);
    expect(canInvite(done({ class: "mailbox", ...all }))).toBe(true);
  });

  it("is unfolded one at a time, and copied as the link that is shown", () => {
    const tokens = { invitations: [{ number: 0 }] as never };
    const at = play(
      toProof("existing-mail"),
      MAIL_FILE,
      CHECKED,
      act("go-on"),
      act("use-mail"),
      enrolled(2, tokens),
    );
    const { state, effects } = play(at.state, act("invite"));
    expect([state.screen, effects.map(({ type }) => type)]).toEqual(["invite", ["list-invitations"]]);
    const listed = play(state, { type: "invitations", invitations: ["one", "two"] }).state;
    expect(play(listed, act("copy-invitation")).effects).toEqual([]);
    const shown = play(listed, typed("unfolded", "1")).state;
    expect(unfoldedLink(shown)).toBe("two");
    expect(play(shown, act("copy-invitation")).effects).toEqual([{ type: "copy", text: "two" }]);
  });
});

describe("A mail that somebody has", () => {
  it("is checked as soon as it is chosen, one at a time, and goes nowhere by that", () => {
    const { state, effects } = play(toProof("existing-mail"), MAIL_FILE, MAIL_FILE);
    expect(effects.map(({ type }) => type)).toEqual(["check-mail"]);
    const refused = play(state, failed("mail/unsigned", true)).state;
    expect([refused.screen, refused.problem?.code, refused.busy]).toEqual(["mail", "mail/unsigned", null]);
  });

  it("is shown with all that leaves, after the name, and goes by the button alone", () => {
    const shown = play(toProof("existing-mail"), MAIL_FILE, CHECKED, SUGGESTED, act("go-on"));
    expect([shown.state.screen, enrolIn(shown.effects)]).toEqual(["mail-shown", undefined]);
    const { state, effects } = play(shown.state, act("use-mail"));
    expect(state.screen).toBe("enrolling");
    expect(enrolIn(effects)).toMatchObject({
      evidence: { kind: "existing-mail", mail: MAIL },
      name: "Ana Lopez",
      nameAgain: false,
    });
  });

  it("that may have bound the mailbox leads back to the mails at most, never to another phrase", () => {
    const at = play(toProof("existing-mail"), MAIL_FILE, CHECKED, act("go-on"), act("use-mail")).state;
    const handing: Event = { type: "progress", registrar: registrars[0]!, step: "enrolling" };
    const lost = play(at, handing, failed("no-answer", false)).state;
    expect([lost.screen, lost.trail]).toEqual(["enrol-failed", ["mail"]]);
    const before = play(at, failed("no-answer", false)).state;
    expect(before.trail).toContain("phrase");
  });

  it("has a sentence for each way to be wrong, that says what to do", () => {
    const sentences = Object.entries(readCatalogue("sign-existing-mail", "en"))
      .filter(([key]) => key.includes(".problem."))
      .map(([, sentence]) => sentence);
    expect(sentences.length).toBeGreaterThan(25);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^[A-Z].*[.]$/);
      expect(sentence).not.toMatch(/\b(DKIM|header|token|hash|domain|canonical)\b/i);
    }
  });
});

describe("The name", () => {
  const named = (events: readonly Event[]) =>
    play(toProof("mailbox-code"), typed("mailbox", CODE_MAILBOX), ...events);

  it("is asked of everyone who proves a mailbox, with what the mailbox says, before a code is asked for", () => {
    const { state, effects } = named([act("send-code"), SUGGESTED]);
    expect([state.screen, state.typed.ownName]).toEqual(["your-name", "Ana Lopez"]);
    expect(effects.map(({ type }) => type)).toEqual(["suggest-name"]);
    expect(enrolIn(play(state, act("go-on")).effects)?.name).toBe("Ana Lopez");
  });

  it("is what the person writes, and what the mailbox says where they empty it: nobody is seen to give none", () => {
    const { state } = named([act("send-code"), typed("ownName", " Ana  L\u00f3pez "), SUGGESTED]);
    expect(enrolIn(play(state, act("go-on")).effects)?.name).toBe("Ana L\u00f3pez");
    const emptied = play(state, typed("ownName", " "), act("go-on"));
    expect(enrolIn(emptied.effects)?.name).toBe("Ana Lopez");
  });

  it("is none only where the mailbox says none either", () => {
    const { effects } = named([act("send-code"), { type: "name-suggested", name: null }, act("go-on")]);
    expect(enrolIn(effects)?.name).toBeNull();
  });

  it("that cannot be shown is refused where it is written", () => {
    const { state } = named([act("send-code"), typed("ownName", "x".repeat(101)), act("go-on")]);
    expect(state.problem).toMatchObject({ code: "name-too-long", field: "ownName" });
  });

  it("may be written another way later, and is asked for at those too who have answered", () => {
    const tokens = { names: [] };
    const { state } = named([act("send-code"), SUGGESTED, act("go-on"), enrolled(3, tokens)]);
    const again = play(state, act("name-again"), typed("ownName", "Ana L\u00f3pez"), act("go-on"));
    expect(enrolIn(again.effects)).toMatchObject({ name: "Ana L\u00f3pez", nameAgain: true });
    expect(play(again.state, enrolled(3, tokens)).state.nameAgain).toBe(false);
    const left = play(state, act("name-again"), act("back"), act("ask-others"));
    expect(enrolIn(left.effects)?.nameAgain).toBe(false);
  });
});

describe("A letter that takes confirmed names only", () => {
  const log = logWith({ manifest: { ...letterManifest, names: "confirmed" } as never }, {}, EVERY);
  const confirmed = registrars
    .slice(0, 2)
    .map((registrar) => ({ registrar, name: "Ana Lopez", rule: "pattern" }));
  const at = (names: object[]) => {
    const { state } = goOn(log);
    const { tokens } = enrolled(2, { names: names as never }) as Extract<Event, { type: "enrolled" }>;
    return { ...state, enrolling: { ...state.enrolling, tokens } } as State;
  };

  it("offers a name only to who has a confirmed one, and then that one", () => {
    expect(offeredBy(at([]))).toMatchObject({ kinds: ["anonymous"], confirmed: null, anyName: false });
    expect(offeredBy(at(confirmed.slice(1)))).toMatchObject({ kinds: ["anonymous"] });
    const state = at(confirmed);
    expect(offeredBy(state)).toMatchObject({ kinds: ["anonymous", "named"], confirmed: "Ana Lopez" });
    const later = { ...state, screen: "later" as const, phrase: PHRASE, keeps: "nothing" as const };
    const chosen = [
      act("sign-now"),
      typed("kind", "named"),
      typed("name", "Somebody Else"),
      act("go-on"),
      act("go-on"),
    ];
    const { effects } = play(later, ...chosen, act("sign"));
    expect(effects.at(-1)).toMatchObject({ type: "send", making: { appearance: { name: "Ana Lopez" } } });
  });
});
