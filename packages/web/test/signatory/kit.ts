/** A letter in a log that is not there, the events of a whole way, and short names for what tests do with the machine. */
import type { CheckedMail } from "@undersigned/client";
import type { EnrolmentTokens, Invitation, Receipt, WorkforceManifest } from "@undersigned/core";
import type { LetterView, WorkforceView } from "@undersigned/verify";
import type { PageLink } from "../../src/islands/page-link.ts";
import type { Effect } from "../../src/islands/signatory/machine/effect.ts";
import type { Act, Event } from "../../src/islands/signatory/machine/event.ts";
import {
  initialState,
  type OpenLog,
  type State,
  type Typed,
} from "../../src/islands/signatory/machine/state.ts";
import { step } from "../../src/islands/signatory/machine/step.ts";
import { PARTS } from "../../src/shared/parts.ts";
import {
  CODE_MAILBOX,
  LETTER,
  letterLeaf,
  letterManifest,
  makeView,
  manifest,
  WORKFORCE,
} from "./client-kit.ts";

export { CODE_MAILBOX, LETTER, letterManifest, manifest, WORKFORCE };

export const LINK: PageLink = {
  workforce: WORKFORCE,
  letter: LETTER,
  mark: "same",
  invitation: null,
  linkKey: null,
};
export const PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow";
export const OTHER =
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
const text = { ...letterManifest, appearances: ["anonymous" as const, "named" as const, "role" as const] };

/** The log; `letter` changes the letter in it, `rules` the epoch's manifest. */
export function logWith(
  letter: Partial<LetterView> = {},
  view: Partial<WorkforceView> = {},
  rules: Partial<WorkforceManifest> = {},
): OpenLog {
  const epoch = {
    leaf: { closes: "2026-06-30" },
    version: { manifest: { ...manifest, ...rules } },
    statements: new Map(),
  };
  const logged = {
    leaf: letterLeaf(LETTER, 0),
    manifest: text,
    index: 2,
    epoch,
    version: epoch.version,
    closes: "2026-05-20",
    earlyClosing: null,
    closing: null,
    further: null,
  };
  return {
    source: { read: async () => null },
    view: {
      ...makeView({ epochs: new Map([[1, epoch]]) as never }),
      letters: new Map([[LETTER, { ...logged, ...letter }]]),
      refusedLetters: [],
      ...view,
    } as unknown as WorkforceView,
    lastBatch: null,
    unlisted: false,
  };
}

export const LOG = logWith();

/** Rules that take every kind of evidence and ask for names. */
export const EVERY: Partial<WorkforceManifest> = {
  evidence: [
    { kind: "existing-mail", class: "mailbox" },
    { kind: "mailbox-code", class: "mailbox" },
    { kind: "vouch", class: "vouched" },
  ],
  existingMail: {
    senders: [
      { name: "Example sign-in", domain: "example.net", from: "no-reply@example.net", subject: null },
    ],
    notBefore: "2026-04-01",
    notAfter: "2026-06-30",
    records: [],
  },
  vouching: { invitations: 2 },
  names: { pattern: "{given}.{family}{n}", order: "given-family" },
};
/** Its registrars have keys for both classes. */
export const EVERY_LOG = logWith(
  {},
  { tokenKeys: (epoch, slot) => LOG.view.tokenKeys(epoch, slot, "mailbox") },
  EVERY,
);
export const INVITED: PageLink = { ...LINK, invitation: "an-invitation" };

/** Of the first two registrars. */
export const INVITATION: Invitation = {
  epoch: 1,
  number: 0,
  secret: new Uint8Array(32),
  tokens: [0, 1].map((registrar) => ({ registrar, signature: new Uint8Array(256) })),
};
export const MAIL: CheckedMail = {
  mailbox: "ana.lopez@example.com",
  header: new Uint8Array([1]),
  fields: [{ name: "From", value: "no-reply@example.net" }],
  signature: new Uint8Array([2]),
  sender: "Example sign-in",
  day: "2026-05-01",
  key: "pinned",
};

/** All parts of the page are here. */
export const PARTS_HERE: readonly Event[] = PARTS.sign.map((part) => ({
  type: "part",
  part,
  state: "ready",
}));
export const registrars = manifest.registrars.map(({ identity }) => identity);
const b32 = (fill: string) => fill.repeat(43);

/** Tokens of the first so many registrars. Nothing is looked at but whose they are. */
export function tokensOf(count: number, more: Partial<EnrolmentTokens> = {}): EnrolmentTokens {
  const tokens = registrars.slice(0, count).map((registrar) => {
    return { slot: 0, registrar, prefix: b32("A"), signature: "A".repeat(342) };
  });
  return {
    type: "tokens",
    v: 1,
    workforce: WORKFORCE,
    epoch: 1,
    class: "mailbox",
    invitations: [],
    names: [],
    tokens,
    ...more,
  };
}

export const RECEIPT: Receipt = {
  type: "receipt",
  v: 1,
  workforce: WORKFORCE,
  letter: LETTER,
  leaf: b32("M"),
  due: "2026-05-21",
  sig: "A".repeat(86),
};

export const act = (name: Act): Event => ({ type: "act", act: name });
export const typed = <F extends keyof Typed>(field: F, value: Typed[F]) =>
  ({ type: "typed", field, value }) as Event;

export interface Played {
  readonly state: State;
  /** Of all events, in their order. */
  readonly effects: readonly Effect[];
}

export function play(from: State, ...events: readonly Event[]): Played {
  let state = from;
  const effects: Effect[] = [];
  for (const event of events) {
    const [next, more] = step(state, event);
    state = next;
    effects.push(...more);
  }
  return { state, effects };
}

export const OPENED: Event = { type: "opened", log: LOG, storedHere: false };
export const START: readonly Event[] = [{ type: "started" }, OPENED];
const MADE: Event = { type: "phrase-made", phrase: PHRASE, asked: [0, 4, 11] };

/** To the mailbox, with the phrase written down. */
export const TO_MAILBOX: readonly Event[] = [
  ...START,
  act("own-device"),
  act("go-on"),
  act("make-phrase"),
  MADE,
  act("written-down"),
  typed("word0", "legal"),
  typed("word1", "wave"),
  typed("word2", "Yellow "),
  act("confirm"),
];

/** To the mailbox, with nothing kept. */
export const TO_MAILBOX_KEEPING_NOTHING: readonly Event[] = [
  ...START,
  act("own-device"),
  act("go-on"),
  act("keep-nothing"),
  act("keep-nothing-yes"),
  MADE,
];

/** To the code of the first registrar. */
export const TO_CODE: readonly Event[] = [
  ...TO_MAILBOX,
  typed("mailbox", CODE_MAILBOX),
  act("send-code"),
  ...registrars.map((registrar): Event => ({ type: "progress", registrar, step: "reserved" })),
  { type: "code-asked", registrar: registrars[0] as string, wrong: 0 },
];

export function enrolled(count: number, more: Partial<EnrolmentTokens> = {}): Event {
  return {
    type: "enrolled",
    tokens: tokensOf(count, more),
    outcomes: registrars.map((registrar, i) =>
      i < count ? { registrar, state: "enrolled" } : { registrar, state: "failed", code: "no-answer" },
    ),
    enough: count >= manifest.quorum,
  };
}

export const TO_LATER: readonly Event[] = [
  ...TO_CODE,
  typed("code", "1234 5678"),
  act("check-code"),
  enrolled(2),
];

export const TO_REVIEW: readonly Event[] = [
  ...TO_LATER,
  act("sign-now"),
  typed("kind", "named"),
  typed("name", "Visitor Example"),
  act("go-on"),
  act("go-on"),
];

export const TAKEN: Event = {
  type: "taken",
  request: "endorsement-request",
  seq: 0,
  receipt: RECEIPT,
  implausible: false,
};

export function failed(code: string, settled: boolean): Event {
  return { type: "failed", problem: { code, settled } };
}

export const fresh = () => initialState(LINK);
