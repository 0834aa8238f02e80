/** What must never happen, whatever the person does and whatever comes back, in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSending } from "../../src/islands/signatory/machine/effect.ts";
import type { Act, Event } from "../../src/islands/signatory/machine/event.ts";
import { PASSING } from "../../src/islands/signatory/machine/screens.ts";
import {
  hasSigned,
  initialState,
  LEFT_STATE,
  type State,
  type Typed,
} from "../../src/islands/signatory/machine/state.ts";
import { step } from "../../src/islands/signatory/machine/step.ts";
import {
  act,
  EVERY_LOG,
  enrolled,
  failed,
  INVITATION,
  INVITED,
  LINK,
  LOG,
  MAIL,
  OPENED,
  OTHER,
  PARTS_HERE,
  PHRASE,
  RECEIPT,
  registrars,
  TAKEN,
  TO_REVIEW,
  tokensOf,
  typed,
} from "./kit.ts";

const ACTS: readonly Act[] = [
  "load-again",
  "other-way",
  "name-again",
  "use-mail",
  "use-invitation",
  "invite",
  "copy-invitation",
  "own-device",
  "go-on",
  "make-phrase",
  "written-down",
  "confirm",
  "keep-nothing",
  "keep-nothing-yes",
  "have-phrase",
  "look-up",
  "send-code",
  "check-code",
  "skip-registrar",
  "send-again",
  "enough",
  "ask-others",
  "retry",
  "sign-now",
  "save-enrolment",
  "keep-here",
  "forget",
  "sign",
  "make-file",
  "save-receipt",
  "check-receipt",
  "see-state",
  "revise",
  "withdraw",
  "withdraw-yes",
  "open-file-send",
  "send-file",
  "back",
];

const standing = (state: "counted" | "withdrawn" | "not-in-the-log", tokens: number): Event => ({
  type: "looked-up",
  earlier: null,
  log: LOG,
  phrase: PHRASE,
  standing: {
    state,
    head: state === "not-in-the-log" ? null : { seq: 3, leaf: "C".repeat(43) },
    place: null,
    shown: null,
    hidden: null,
  },
  tokens: tokens === 0 ? null : tokensOf(tokens),
  otherPeriod: tokens === 0 && state === "withdrawn",
  receipt: null,
});

const fields: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>(
    typed("word0", "legal"),
    typed("word1", "wave"),
    typed("word2", "yellow"),
    typed("phrase", PHRASE),
    typed("mailbox", "ana.lopez@example.com"),
    typed("code", "12345678"),
    typed("kind", "anonymous"),
    typed("kind", "named"),
    typed("name", "Visitor Example"),
    typed("remainder", "release"),
    typed("evidence", "vouch"),
    typed("evidence", "existing-mail"),
    typed("ownName", "Ana Lopez"),
    typed("unfolded", "0"),
  ),
  fc
    .tuple(fc.constantFrom("mailbox" as const, "name" as const, "phrase" as const), fc.string())
    .map(([field, value]) => typed(field, value)),
);

const results: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom<Event>(
    { type: "started" },
    OPENED,
    { type: "phrase-made", phrase: PHRASE, asked: [0, 4, 11] },
    { type: "phrase-made", phrase: OTHER, asked: [1, 2, 3] },
    { type: "enrolment-saved" },
    { type: "kept-here" },
    { type: "forgotten" },
    { type: "file-made" },
    { type: "receipt-saved" },
    { type: "looks", looks: "failed" },
    TAKEN,
    { ...TAKEN, request: "revision-request", seq: 4 } as Event,
    { ...TAKEN, request: "withdrawal-request", seq: 5 } as Event,
    enrolled(0),
    enrolled(1),
    enrolled(2),
    enrolled(2, { class: "vouched" }),
    ...PARTS_HERE,
    { type: "part", part: "signing", state: "failed" },
    { type: "invitation", invitation: { is: "refused", code: "bad-invitation" } },
    { type: "mail-checked", mail: MAIL },
    { type: "name-suggested", name: "Ana Lopez" },
    { type: "invitations", invitations: ["https://board.example.com/#x"] },
    { type: "file", of: "mail", file: new Uint8Array() },
    standing("counted", 0),
    standing("withdrawn", 2),
    standing("not-in-the-log", 2),
    failed("no-answer", false),
    failed("letter-not-open", true),
    { type: "file", of: "request", file: { type: "withdrawal-request" } as never },
    { type: "file", of: "receipt", file: RECEIPT },
    { type: "receipt-checked", log: LOG, receipt: RECEIPT, state: { state: "in-the-log", index: 3 } },
  ),
  fc
    .tuple(fc.constantFrom(...registrars), fc.nat(2))
    .map(([registrar, wrong]): Event => ({ type: "code-asked", registrar, wrong })),
  fc
    .tuple(
      fc.constantFrom(...registrars),
      fc.constantFrom("reserved" as const, "enrolled" as const, "failed" as const),
    )
    .map(([registrar, name]): Event => ({ type: "progress", registrar, step: name })),
);

/** What a person would do on a screen, or what would come back there: without it, deep screens are hardly ever met. */
function likely(state: State): readonly Event[] {
  switch (state.busy) {
    case "sending":
      return [TAKEN, failed("no-answer", false), failed("letter-not-open", true)];
    case "looking":
      return [standing("counted", 0), standing("withdrawn", 2), standing("not-in-the-log", 2)];
    case "enrolling":
      return [enrolled(2), enrolled(1), { type: "code-asked", registrar: registrars[1] as string, wrong: 1 }];
    case "saving":
      return [
        { type: "enrolment-saved" },
        { type: "kept-here" },
        { type: "forgotten" },
        { type: "receipt-saved" },
      ];
    case "file":
      return [{ type: "file-made" }];
    case "mail":
      return [{ type: "mail-checked", mail: MAIL }, failed("mail/unsigned", true)];
    case "copying":
      return [{ type: "copied" }];
    default:
      return LIKELY[state.screen] ?? [];
  }
}

const LIKELY: { readonly [screen: string]: readonly Event[] } = {
  "phrase-typed": [typed("phrase", PHRASE), act("look-up")],
  evidence: [typed("evidence", "existing-mail"), typed("evidence", "vouch"), act("go-on"), act("go-on")],
  mail: [{ type: "file", of: "mail", file: new Uint8Array() }],
  "your-name": [{ type: "name-suggested", name: "Ana Lopez" }, act("go-on")],
  "mail-shown": [act("use-mail"), act("use-mail")],
  invitation: [
    { type: "invitation", invitation: { is: "read", invitation: INVITATION } },
    act("use-invitation"),
    act("other-way"),
  ],
  invite: [
    { type: "invitations", invitations: ["https://board.example.com/#x"] },
    typed("unfolded", "0"),
    act("copy-invitation"),
    act("back"),
  ],
  mailbox: [typed("mailbox", "ana.lopez@example.com"), act("send-code")],
  code: [typed("code", "12345678"), act("check-code"), act("send-again")],
  "enrol-failed": [act("retry")],
  later: [act("sign-now"), act("sign-now"), act("invite"), act("name-again")],
  appearance: [typed("kind", "anonymous"), act("go-on")],
  revise: [typed("kind", "anonymous"), act("go-on")],
  remainder: [act("go-on")],
  review: [act("sign"), act("sign"), act("make-file")],
  receipt: [act("see-state"), act("see-state"), act("check-receipt"), act("back"), act("sign")],
  withdrawn: [act("see-state"), act("back")],
  state: [act("revise"), act("withdraw"), act("sign-now")],
  withdraw: [act("withdraw-yes"), act("withdraw-yes"), act("make-file")],
  "file-send": [
    { type: "file", of: "request", file: { type: "withdrawal-request" } as never },
    act("send-file"),
  ],
};

/**
 * Begins somewhere on the straight way, and goes on as a person would, with anything at all in between: where codes alone are
 * taken, or where everything is and the link holds an invitation.
 */
const ways = fc.tuple(
  fc.boolean(),
  fc.nat(TO_REVIEW.length).map((length) => TO_REVIEW.slice(0, length)),
  fc.array(
    fc.tuple(
      fc.nat(2),
      fc.nat(11),
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...ACTS).map(act) },
        { weight: 2, arbitrary: fields },
        { weight: 3, arbitrary: results },
      ),
    ),
    { minLength: 10, maxLength: 60, size: "max" },
  ),
);

/** A code is good for one run; a way that is not open any more cannot be taken. */
const MAY_EMPTY: { readonly [Field in keyof Typed]?: readonly Act[] } = {
  code: ["send-code", "go-on", "use-mail", "use-invitation", "retry", "ask-others"],
  evidence: ["go-on"],
  unfolded: ["invite"],
};

/** Fields that an event other than the person's typing may empty. */
function mayEmpty(event: Event, field: keyof Typed): boolean {
  if (event.type === "act") return event.act === "forget" || (MAY_EMPTY[field] ?? []).includes(event.act);
  if (event.type === "phrase-made") return field.startsWith("word");
  return field === "code" && (event.type === "code-asked" || event.type === "enrolled");
}

describe("The machine, whatever happens", () => {
  const each = (
    check: (before: State, event: Event, after: State, effects: ReturnType<typeof step>[1]) => void,
  ) =>
    fc.assert(
      fc.property(ways, ([every, straight, random]) => {
        let state = initialState(every ? INVITED : LINK);
        const go = (one: Event) => {
          const event: Event = every && one.type === "opened" ? { ...one, log: EVERY_LOG } : one;
          const [next, effects] = step(state, event);
          check(state, event, next, effects);
          state = next;
        };
        for (const event of straight) go(event);
        for (const [steered, which, anything] of random) {
          const sensible = likely(state);
          go(steered > 0 && sensible.length > 0 ? (sensible[which % sensible.length] as Event) : anything);
        }
      }),
      { numRuns: 1100 },
    );

  it("says that something is signed only with the board's receipt for what was sent", () => {
    each((before, event, after) => {
      if (after.taken === before.taken || after.taken === null) return;
      expect(event.type).toBe("taken");
      expect(before.busy).toBe("sending");
    });
  });

  it("shows a screen of success only with a receipt", () => {
    each((_before, _event, after) => {
      if (after.screen === "receipt" || after.screen === "withdrawn") expect(after.taken).not.toBeNull();
    });
  });

  it("never sends while something is being sent, and never two things at once", () => {
    let flying = 0;
    each((before, event, after, effects) => {
      if (event.type === "started" && before.trail.length === 0 && before.log === null) flying = 0;
      const sent = effects.filter(isSending).length;
      expect(sent).toBeLessThanOrEqual(1);
      if (sent === 1) {
        expect(before.busy).toBeNull();
        expect(after.busy).toBe("sending");
        expect(flying).toBe(0);
        flying = 1;
      }
      if (before.busy === "sending" && after.busy !== "sending") flying = 0;
    });
  });

  it("never endorses a second time once the board has taken the person's own", () => {
    each((before, _event, _after, effects) => {
      if (!hasSigned(before)) return;
      for (const effect of effects) {
        if (effect.type === "send") expect(effect.making.kind).not.toBe("endorse");
      }
    });
  });

  it("never loses what was typed", () => {
    each((before, event, after) => {
      for (const field of Object.keys(before.typed) as (keyof Typed)[]) {
        // What is filled in for the person may be written over by them.
        if (after.typed[field] === before.typed[field] || before.typed[field] === "") continue;
        const own = event.type === "typed" && event.field === field;
        expect(own || mayEmpty(event, field), `${JSON.stringify(event)} changed ${field}`).toBe(true);
      }
    });
  });

  it("never begins a second run of an enrolment while one goes on", () => {
    each((before, _event, _after, effects) => {
      if (!effects.some(({ type }) => type === "enrol")) return;
      const ends = before.enrolling.again && before.enrolling.running;
      expect(before.enrolling.running && !ends).toBe(false);
    });
  });

  it("never enrols a mailbox with another phrase once a registrar has confirmed it", () => {
    each((before, event, after, effects) => {
      if ((before.enrolling.tokens?.tokens.length ?? 0) === 0 || before.phrase === null) return;
      if (event.type === "act" && event.act === "forget") return;
      // Whoever came back with another phrase, or goes back from there to make one, has asked for another enrolment.
      if (event.type === "looked-up" || before.trail.includes("phrase-typed")) return;
      if (before.trail.length > 0 && event.type === "phrase-made") return;
      expect(after.phrase).toBe(before.phrase);
      for (const effect of effects) if (effect.type === "enrol") expect(effect.phrase).toBe(before.phrase);
    });
  });

  it("never hands over a mail or an invitation but by the button that says so, or once more", () => {
    each((_before, event, _after, effects) => {
      for (const effect of effects) {
        if (effect.type !== "enrol" || effect.evidence.kind === "mailbox-code") continue;
        const own = effect.evidence.kind === "vouch" ? "use-invitation" : "use-mail";
        const by = event.type === "act" ? event.act : event.type;
        expect([own, "retry", "ask-others"]).toContain(by);
      }
    });
  });

  it("never asks those who come by an invitation for a name, nor lets them invite", () => {
    each((before, _event, after, effects) => {
      for (const effect of effects) {
        if (effect.type === "enrol" && effect.evidence.kind === "vouch") expect(effect.name).toBeNull();
        if (effect.type === "list-invitations") expect(before.enrolling.tokens?.class).toBe("mailbox");
      }
      if (after.screen === "invite") expect(after.enrolling.tokens?.class).toBe("mailbox");
    });
  });

  it("loads parts when the person goes on, and again when asked, whatever they choose or hold", () => {
    each((_before, event, _after, effects) => {
      if (!effects.some(({ type }) => type === "load-part")) return;
      expect(event).toMatchObject({ type: "act" });
      expect(["own-device", "load-again"]).toContain((event as { act: Act }).act);
    });
  });

  it("goes back without beginning anything, and never to where one waits", () => {
    each((_before, event, after, effects) => {
      for (const screen of after.trail) expect(PASSING.has(screen)).toBe(false);
      if (event.type !== "act" || event.act !== "back") return;
      expect(effects.filter(({ type }) => type !== "stop-enrolling")).toEqual([]);
    });
  });

  it("holds nothing after leaving, from anywhere, and does nothing more", () => {
    each((before, event) => {
      const [left, effects] = step(before, act("leave"));
      expect(left).toBe(LEFT_STATE);
      expect(effects.filter(({ type }) => type !== "leave")).toEqual([]);
      const [after, more] = step(left, event);
      expect([after, more]).toEqual([LEFT_STATE, []]);
    });
  });
});
