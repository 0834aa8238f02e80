/** Endorsements of people who do not exist, in every way in which the lacking tokens could be made up for. */
import { generatePhrase, Secrets, type Token } from "@undersigned/core";
import { readEndorsements } from "../log-leaves.ts";
import { noiseToken, tokenInAnothersName, tokensOfLiars } from "./false-tokens.ts";
import type { Plotter } from "./plotter.ts";
import { postFalse } from "./post-false.ts";

/** Each with a fresh key. All that the board answers is counted among the attempts. */
export async function forgeEndorsements(plotter: Plotter): Promise<void> {
  for (const [fill, stoppedBy] of FILLS) {
    const secrets = new Secrets(generatePhrase());
    const right = (await tokensOfLiars(plotter, secrets)).slice(0, plotter.quorum);
    const tokens = await fill(plotter, secrets, right);
    if (tokens === null) continue;
    plotter.attempts.record("forged-endorsement", await postFalse(plotter, secrets, tokens, stoppedBy));
  }
}

/** Tokens for the phrase's key, of which those of `right` are right. Null where it cannot be tried. */
type Fill = (plotter: Plotter, secrets: Secrets, right: readonly Token[]) => Promise<Token[] | null>;

const withNoise: Fill = async (plotter, _, right) => [
  ...right,
  ...lacking(plotter, right).map((one) => noiseToken(one)),
];

const inOthersNames: Fill = async (plotter, secrets, right) => [
  ...right,
  ...(await Promise.all(lacking(plotter, right).map((one) => tokenInAnothersName(plotter, one, secrets)))),
];

/** Honest registrars' tokens that everyone can read, beside a key that they are not for. Null while the log has too few. */
const fromTheLog: Fill = async ({ files, plot, honest, quorum }, _, right) => {
  const leaves = await readEndorsements(files, plot.letter);
  const read = leaves.flatMap(({ tokens }) => tokens);
  const stolen = honest
    .map(({ registrar }) => read.find((token) => token.registrar === registrar.identity))
    .filter((token) => token !== undefined)
    .slice(0, quorum - right.length);
  return right.length + stolen.length === quorum ? [...right, ...stolen] : null;
};

const withFewer: Fill = async (plotter, _, right) => {
  if (right.length < plotter.quorum) return [...right];
  return right.length > 1 ? right.slice(1) : null;
};

const withOneTwice: Fill = async (plotter, _, right) =>
  plotter.quorum === 1 ? null : Array(plotter.quorum).fill(right[0]);

/** With the code of the board's refusal. */
const FILLS: readonly (readonly [fill: Fill, stoppedBy: string])[] = [
  [withNoise, "token-invalid"],
  [inOthersNames, "token-invalid"],
  [fromTheLog, "token-invalid"],
  [withFewer, "wrong-quorum"],
  // Two tokens of one registrar are no endorsement at all.
  [withOneTwice, "bad-field"],
];

/** So many honest registrars as make up the quorum. */
function lacking({ honest, quorum }: Plotter, right: readonly Token[]) {
  return honest.slice(0, quorum - right.length);
}
