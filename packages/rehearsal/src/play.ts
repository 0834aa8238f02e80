/**
 * Plays one rehearsal to its end and gives all its public files as a bundle. Everything is made as for a real letter and ends
 * with this call; nothing of the letter is written to a disk.
 */
import { publicSite } from "@undersigned/board";
import { prepareEndorsement, prepareRevision, prepareWithdrawal } from "@undersigned/client";
import {
  encodeBase64url,
  encodeCanonical,
  generatePhrase,
  type JsonValue,
  type KeyHead,
  type LetterManifest,
  letterId,
  nameOf,
  randomBytes,
  Secrets,
  signerFromSeed,
  signObject,
  type WorkforceManifest,
} from "@undersigned/core";
import { inlineChecker, makeBundle, openWorkforce, recount, type WorkforceView } from "@undersigned/verify";
import {
  addMadeUpWorkforce,
  EVIDENCE,
  type MadeUpBoard,
  openMadeUpBoard,
  PlayedClock,
} from "./made-up-board.ts";
import { MadeUpRegistrar } from "./made-up-registrar.ts";
import { daysOf, type Person, peopleFor, planPeople } from "./plan.ts";

export interface Subject {
  readonly manifest: LetterManifest;
  /** The workforce for which it is written. */
  readonly workforce: WorkforceManifest;
  readonly colleagues: number;
}

export interface Played {
  readonly workforce: string;
  readonly letter: string;
  /** ZIP of the public files (PROTOCOL §8). */
  readonly bundle: Uint8Array;
}

/** `step` in plain words, `done` from 0 to 100. */
export type Say = (step: string, done: number) => void;

/** Throws RehearsalError for a letter that cannot be played, and what board and client throw for one that cannot be signed. */
export async function play({ manifest: draft, workforce, colleagues }: Subject, say: Say): Promise<Played> {
  const people = peopleFor(draft, colleagues);
  const days = daysOf(draft);
  say("Making keys for a made-up registrar", 2);
  const registrar = new MadeUpRegistrar();
  const clock = new PlayedClock(days[0]!);
  const board = await openMadeUpBoard(registrar, clock);
  try {
    const opener = signerFromSeed(randomBytes(32));
    const id = await addMadeUpWorkforce(board, registrar, workforce, opener.publicKey);
    const statement = await registrar.openEpoch({
      workforce: id,
      manifest: { mailboxes: workforce.mailboxes, evidence: EVIDENCE },
      opens: draft.opens,
      closes: draft.closes,
    });
    await board.open.openEpoch(id, json({ type: "epoch-request", v: 1, statements: [statement] }));
    const manifest: LetterManifest = {
      ...draft,
      workforce: id,
      salt: encodeBase64url(randomBytes(32)),
      organisers: [opener.publicKey],
      replaces: null,
    };
    const letter = letterId(encodeCanonical(json(manifest)));
    const leaf = signObject(
      {
        type: "letter" as const,
        v: 1 as const,
        workforce: id,
        letter,
        version: 1 as const,
        epoch: 1,
        slot: 0,
        previous: null,
        opens: manifest.opens,
        closes: manifest.closes,
        batch: manifest.batch,
        by: opener.publicKey,
      },
      opener,
    );
    await board.open.publishLetter(
      id,
      json({ type: "letter-request", v: 1, leaf, manifest, unlisted: null }),
    );
    const source = publicSite(board.open.internals).files(id);
    const view = await openWorkforce(source, id);
    const plan = planPeople(manifest, workforce, people);
    await playDays({ board, clock, registrar, view, letter, manifest, plan, days }, say);
    say("Counting again", 96);
    const report = await recount(source, { workforce: id, checker: inlineChecker });
    if (report.failures.length > 0) throw new Error("A rehearsal's own log did not pass its recount.");
    const bundle = await makeBundle(source, id);
    say("Done", 100);
    return { workforce: id, letter, bundle };
  } finally {
    await board.open.close();
  }
}

const json = (value: unknown): JsonValue => value as JsonValue;

interface Playing {
  readonly board: MadeUpBoard;
  readonly clock: PlayedClock;
  readonly registrar: MadeUpRegistrar;
  readonly view: WorkforceView;
  readonly letter: string;
  readonly manifest: LetterManifest;
  readonly plan: readonly Person[];
  readonly days: readonly string[];
}

/** A day begins with its batch; then people do what the plan says. */
async function playDays(playing: Playing, say: Say): Promise<void> {
  const { board, clock, registrar, view, letter, manifest, plan, days } = playing;
  const signed: { readonly person: Person; readonly secrets: Secrets; head: KeyHead; day: number }[] = [];
  const waiting = Map.groupBy(plan, ({ signsOn }) => signsOn);
  for (const [at, day] of days.entries()) {
    clock.moveTo(day);
    await board.open.tick();
    if (day > manifest.closes) break;
    for (const person of waiting.get(at) ?? []) {
      const secrets = new Secrets(generatePhrase());
      const { appearance } = person;
      const name = manifest.names === "confirmed" && appearance.kind === "named" ? appearance.name : null;
      const request = await prepareEndorsement({
        view,
        secrets,
        letter,
        tokens: registrar.enrol(secrets, name),
        appearance,
        remainder: "release",
      });
      await board.open.acceptEndorsement(view.workforce, json(request));
      signed.push({ person, secrets, head: { seq: 0, leaf: nameOf(request.leaf) }, day: at });
    }
    for (const one of signed) {
      const of = { view, secrets: one.secrets, letter, head: one.head };
      if (one.person.withdrawsAfter === at - one.day) {
        const request = prepareWithdrawal(of);
        await board.open.acceptWithdrawal(view.workforce, json(request));
      } else if (one.person.changesAfter === at - one.day && manifest.appearances.includes("anonymous")) {
        const request = await prepareRevision({ ...of, appearance: { kind: "anonymous" } });
        await board.open.acceptRevision(view.workforce, json(request));
        one.head = { seq: 1, leaf: nameOf(request.leaf) };
      }
    }
    say(
      `Day ${at + 1} of ${days.length}: ${signed.length} made-up colleagues have signed`,
      5 + Math.floor((90 * (at + 1)) / days.length),
    );
  }
}
