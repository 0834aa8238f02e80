/** What became of the letter, by the recount of its public files, compared with what was done; and the files to look at. */
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DemandState,
  decodeBase64url,
  encodeBase64url,
  MAX_COPY_BYTES,
  MAX_DOCUMENT_BYTES,
  sha256,
} from "@undersigned/core";
import { type FileSource, type LetterReport, makeBundle } from "@undersigned/verify";
import { DemoError } from "../demo-error.ts";
import { ANSWER, JUDGEMENTS } from "../sample/sample-answers.ts";
import { SAMPLE_ROWS } from "../sample/sample-dealings.ts";
import type { DataFolder } from "../world/data-folder.ts";
import type { Outcome } from "./further-days.ts";

/** What `--through answered` adds to the last line. */
export type Answered = {
  /** What was handed over, and the bundle of all that is public in the end. SHA-256: hex. The files stay. */
  readonly pdf: { readonly path: string; readonly pages: number; readonly sha256: string };
  readonly bundle: string;
  /** `acceptance`: what the receiving server said, of which the log holds a hash. */
  readonly delivered: { readonly day: string; readonly how: string; readonly acceptance: string };
  readonly answers: { readonly verified: number; readonly refused: number };
  /** How many demands stand how. */
  readonly demands: Readonly<Partial<Record<DemandState, number>>>;
  /** Captured copies of sources that the judgements name, and that everybody can get. */
  readonly copies: number;
  readonly register: { readonly rows: number };
};

/** Why the three forged mails do not count, in the order of the alphabet. */
const REFUSALS = ["body-changed", "nonce-missing", "signature-foreign"];

/** Throws DemoError `not-as-planned` where the recount does not show that it was delivered. */
export async function makeAnswered(
  letter: LetterReport,
  outcome: Outcome,
  source: FileSource,
  workforce: string,
  folder: DataFolder,
): Promise<Answered> {
  const [delivery] = letter.deliveries;
  if (delivery === undefined)
    throw new DemoError("not-as-planned", "The public files do not say that the letter was handed over.");
  const { document, delivered, how } = delivery;
  const pdf = await source.read(`documents/${document}.pdf`, MAX_DOCUMENT_BYTES);
  if (pdf === null || encodeBase64url(sha256(pdf)) !== document)
    throw new DemoError("not-as-planned", "The board does not serve the document that was handed over.");
  const place = await placeFor(folder);
  const [path, bundle] = [join(place, "letter.pdf"), join(place, "bundle.zip")];
  await writeFile(path, pdf);
  await writeFile(bundle, await makeBundle(source, workforce));
  const states = new Map(letter.judgements.map(({ judgement }) => [judgement.demand, judgement.state]));
  const demands: Partial<Record<DemandState, number>> = {};
  for (const state of [...states.values()].sort()) demands[state] = (demands[state] ?? 0) + 1;
  return {
    pdf: {
      path,
      pages: outcome.prepared.pages,
      sha256: Buffer.from(decodeBase64url(document, 32)).toString("hex"),
    },
    bundle,
    delivered: { day: delivered, how, acceptance: outcome.reply },
    answers: {
      verified: letter.responses.filter(({ kind }) => kind === "mail").length,
      refused: outcome.refusals.length,
    },
    demands,
    copies: await countCopies(letter, source),
    register: { rows: letter.dealings.at(-1)?.rows ?? 0 },
  };
}

/** Throws DemoError `not-as-planned` for one that is not there or is another file. */
async function countCopies({ judgements }: LetterReport, source: FileSource): Promise<number> {
  const named = judgements.flatMap(({ judgement }) => judgement.source?.copy ?? []);
  for (const copy of named) {
    const file = await source.read(`copies/${copy}`, MAX_COPY_BYTES);
    if (file === null || encodeBase64url(sha256(file)) !== copy)
      throw new DemoError("not-as-planned", "The board does not serve a copy that a judgement names.");
  }
  return named.length;
}

/** Sentences on what is not as it was done. */
export function answeredDifferences(
  { deliveries, responses, judgements, dealings, chronicle }: LetterReport,
  { prepared, refusals, told }: Outcome,
): string[] {
  const [delivery] = deliveries;
  const [response] = responses;
  const stands = judgements.map(({ judgement: { demand, state } }) => `${demand} ${state}`).sort();
  const planned = JUDGEMENTS.map(({ demand, state }) => `${demand} ${state}`).sort();
  const text = response?.response?.text.trim();
  const checks: readonly (readonly [holds: boolean, otherwise: string])[] = [
    [deliveries.length === 1, `The letter was handed over ${deliveries.length} times instead of once.`],
    [delivery?.accepted === true, "The log does not commit to the receiving server's acceptance."],
    [
      delivery?.document === prepared.document && delivery.size === prepared.size,
      "Another document was handed over than was prepared.",
    ],
    [
      responses.length === 1 && response?.kind === "mail" && response.evidence,
      `${responses.length} answers count instead of the one that the addressee signed.`,
    ],
    [text === ANSWER.text.trim(), "The answer is not published word for word."],
    [
      refusals.join() === REFUSALS.join(),
      `The forged answers were refused for ${refusals.join(", ")} instead of ${REFUSALS.join(", ")}.`,
    ],
    [stands.join() === planned.join(), `The demands stand otherwise: ${stands.join(", ")}.`],
    [
      chronicle.map(({ entry }) => entry?.entry.kind).join() === told.join(),
      `The chronicle has ${chronicle.map(({ kind }) => kind).join(", ") || "nothing"} instead of ${told.join(", ")}.`,
    ],
    [judgements.every(({ by }) => by.length === 2), "A judgement was not signed by two organisers."],
    [
      dealings.at(-1)?.rows === SAMPLE_ROWS,
      `The register has ${dealings.at(-1)?.rows ?? 0} rows instead of ${SAMPLE_ROWS}.`,
    ],
  ];
  return checks.flatMap(([holds, otherwise]) => (holds ? [] : [otherwise]));
}

/** In the data folder if that was asked for; else in one of its own, that stays when the demo's is removed. */
async function placeFor({ path, temporary }: DataFolder): Promise<string> {
  if (temporary) return await mkdtemp(join(tmpdir(), "undersigned-letter-"));
  const place = join(path, "handed-over");
  await mkdir(place, { mode: 0o700 });
  return place;
}
