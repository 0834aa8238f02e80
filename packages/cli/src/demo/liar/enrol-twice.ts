/**
 * An employee who helps a dishonest registrar tries to sign twice, with two phrases. The dishonest ones sign for both. The
 * honest ones are asked for the first phrase here, for the second there, and then the other way round.
 */
import {
  decodeBase64url,
  generatePhrase,
  Secrets,
  type Token,
  type TokenKey,
  unblind,
} from "@undersigned/core";
import { DemoError } from "../demo-error.ts";
import { enrolAt, requestsFor, reserveAt } from "./elsewhere.ts";
import { tokensOfLiars } from "./false-tokens.ts";
import type { Known, Plotter } from "./plotter.ts";
import { postFalse } from "./post-false.ts";
import { wentThrough } from "./told.ts";

type Phrase = { readonly secrets: Secrets; readonly tokens: Token[] };

/**
 * `firstAt`: which honest registrars enrol the first phrase. The phrase with more tokens is what the employee may sign with
 * anyway: it is kept and never used. The other one is posted with what it has and, where that is too little, with the
 * first one's tokens; so whatever is counted of it is one signature too many.
 */
export async function enrolTwice(
  plotter: Plotter,
  mailbox: string,
  firstAt: readonly Known[],
): Promise<void> {
  const { honest, quorum, attempts } = plotter;
  const first = await newPhrase(plotter);
  const second = await newPhrase(plotter);
  const secondAt = honest.filter((one) => !firstAt.includes(one));
  // One that is down enrols nobody.
  for (const one of firstAt) await enrol(plotter, one, mailbox, first);
  for (const one of secondAt) await enrol(plotter, one, mailbox, second);
  const enrolled = new Set([...first.tokens, ...second.tokens].map((token) => token.registrar));
  for (const [phrase, where] of [
    [first, secondAt],
    [second, firstAt],
  ] as const) {
    for (const one of where) {
      // Only a second enrolment is an attempt.
      if (!enrolled.has(one.registrar.identity)) continue;
      attempts.record("issued-twice", await enrol(plotter, one, mailbox, phrase));
    }
  }
  const [kept, posted] =
    first.tokens.length >= second.tokens.length ? ([first, second] as const) : ([second, first] as const);
  const borrowed = kept.tokens.filter(
    ({ registrar }) => !posted.tokens.some((token) => token.registrar === registrar),
  );
  const tokens = [...posted.tokens, ...borrowed].slice(0, quorum);
  const stoppedBy = tokens.length < quorum ? "wrong-quorum" : "token-invalid";
  attempts.record("issued-twice", await postFalse(plotter, posted.secrets, tokens, stoppedBy));
}

async function newPhrase(plotter: Plotter): Promise<Phrase> {
  const secrets = new Secrets(generatePhrase());
  return { secrets, tokens: await tokensOfLiars(plotter, secrets) };
}

/** Whether the registrar signed, null if it does not answer. Its token is then among the phrase's. */
async function enrol(
  plotter: Plotter,
  { registrar, keys }: Known,
  mailbox: string,
  { secrets, tokens }: Phrase,
): Promise<boolean | null> {
  const requests = requestsFor(keys, { secrets, slot: plotter.slot });
  if (wentThrough(await reserveAt(registrar, keys, mailbox, requests.hash), []) === null) return null;
  const code = await plotter.askCode(mailbox, registrar.identity);
  if (code === null)
    throw new DemoError("mail-missing", "A code for a dishonest registrar's helper did not come.");
  const told = await enrolAt(registrar, keys, mailbox, code, requests.slots);
  const signed = wentThrough(told, ["already-enrolled"]);
  if (told.state === "done") {
    // The shape has seen to it that there is a signature for each slot.
    const { signature } = told.answer.slots.find(({ slot }) => slot === plotter.slot) as {
      signature: string;
    };
    tokens.push(unblind(secrets, keys[plotter.slot] as TokenKey, decodeBase64url(signature, 256)));
  }
  return signed;
}
