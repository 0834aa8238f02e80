/** What the demo says of an answered letter, where something is otherwise than it was done. */
import type { LetterReport } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { answeredDifferences } from "../../src/demo/answered/answered-result.ts";
import type { Outcome } from "../../src/demo/answered/further-days.ts";
import { ANSWER, JUDGEMENTS } from "../../src/demo/sample/sample-answers.ts";
import { SAMPLE_ROWS } from "../../src/demo/sample/sample-dealings.ts";

const prepared = { document: "document", size: 20 } as Outcome["prepared"];
const outcome: Outcome = {
  prepared,
  reply: "250 Taken",
  refusals: ["body-changed", "nonce-missing", "signature-foreign"],
  told: ["topics", "mirror"],
};

type Further = Pick<LetterReport, "deliveries" | "responses" | "judgements" | "dealings" | "chronicle">;

const delivery = { document: "document", size: 20, accepted: true } as LetterReport["deliveries"][number];
const response = {
  kind: "mail",
  evidence: true,
  response: { text: ANSWER.text },
} as LetterReport["responses"][number];
const judgements = JUDGEMENTS.map(({ demand, state }) => ({
  by: ["one", "other"],
  judgement: { demand, state },
})) as unknown as LetterReport["judgements"];
const dealings = [{ rows: SAMPLE_ROWS }] as unknown as LetterReport["dealings"];

const chronicle = outcome.told.map((kind) => ({
  kind,
  entry: { entry: { kind } },
})) as unknown as LetterReport["chronicle"];

function differences(change: Partial<Further> = {}, told: Partial<Outcome> = {}): string[] {
  const further: Further = { deliveries: [delivery], responses: [response], judgements, dealings, chronicle };
  return answeredDifferences({ ...further, ...change } as LetterReport, { ...outcome, ...told });
}

const [first, ...others] = judgements;

describe("an answered letter", () => {
  it("is as it was done", () => {
    expect(differences()).toEqual([]);
  });

  it.each<[string, Partial<Further>, Partial<Outcome>, RegExp]>([
    ["was not handed over", { deliveries: [] }, {}, /handed over 0 times/],
    [
      "was handed over without acceptance",
      { deliveries: [{ ...delivery, accepted: false }] },
      {},
      /acceptance/,
    ],
    ["is another document", { deliveries: [{ ...delivery, document: "other" }] }, {}, /Another document/],
    ["was not answered", { responses: [] }, {}, /0 answers count/],
    ["was answered by a forger too", { responses: [response, response] }, {}, /2 answers count/],
    ["cannot be checked again", { responses: [{ ...response, evidence: false }] }, {}, /answers count/],
    [
      "was answered otherwise",
      { responses: [{ ...response, response: { text: "No." } as never }] },
      {},
      /word for word/,
    ],
    [
      "had a forged answer refused for another reason",
      {},
      { refusals: ["unsigned"] },
      /refused for unsigned/,
    ],
    ["has a demand without judgement", { judgements: others }, {}, /stand otherwise/],
    [
      "has a judgement by one organiser",
      { judgements: [{ ...first!, by: ["one"] }, ...others] },
      {},
      /two organisers/,
    ],
    [
      "tells less than was entered",
      { chronicle: chronicle.slice(0, 1) },
      {},
      /has topics instead of topics, mirror/,
    ],
    [
      "has an entry that cannot be read",
      { chronicle: [chronicle[0]!, { ...chronicle[1]!, entry: null }] },
      {},
      /chronicle/,
    ],
    ["lacks a row", { dealings: [{ ...dealings[0]!, rows: SAMPLE_ROWS - 1 }] }, {}, /has 11 rows/],
  ])("%s", (_what, change, told, sentence) => {
    expect(differences(change, told).join(" ")).toMatch(sentence);
  });
});
