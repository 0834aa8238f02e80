/**
 * The workforce that is measured: one registrar, a quorum of one, one letter with a batch a day. Everything in it follows
 * from a seed, so endorsements can be made once, by any number of threads, and kept (endorsements.ts).
 */
import { join } from "node:path";
import {
  addDays,
  concatBytes,
  encodeBase64url,
  type JsonValue,
  parseCanonical,
  parseLeaf,
  sha256,
  utf8Encode,
  type WorkforceLeaf,
} from "@undersigned/core";
import { type Lock, sealKeyFile } from "@undersigned/service";
import { type LetterHandle, LogBuilder } from "../../test/kit/log-builder.ts";

const SEED = "bench";
export const EPOCH = { opens: "2026-03-01", closes: "2027-12-31" } as const;
export const LETTER = { opens: "2026-03-02", closes: "2027-11-30", first: 20, min: 20, every: 1 } as const;
export const MOST_ENDORSEMENTS = 240_000;

/** Opens nothing but the keys of this measurement. An identity, because a passphrase takes a second for each file. */
export const LOCK: Lock = {
  identity: "AGE-SECRET-KEY-1M2KFLAL8GZ6ZY95MVLS95CTEJ8SGLC22T6L0Q2NMYSKGUNSUH8QSNFP9FJ",
};

export interface World {
  readonly builder: LogBuilder;
  readonly letter: LetterHandle;
}

/** A new builder each time: the log in it goes as far as the letter. */
export function newWorld(): World {
  const builder = new LogBuilder({
    seed: SEED,
    registrars: 1,
    quorum: 1,
    headcount: MOST_ENDORSEMENTS,
  });
  builder.addEpoch(EPOCH);
  const letter = builder.addLetter(LETTER);
  return { builder, letter };
}

/** The n-th day on which a batch can come out, from 1. */
export function releaseDay(n: number): string {
  return addDays(LETTER.opens, n);
}

/** How the builder makes its seeds, base64url. */
function seedOf(name: string): string {
  return encodeBase64url(sha256(concatBytes(utf8Encode(`${SEED}\n${name}`))));
}

/** The world's own keys as a board keeps them, so that a board serves the workforce that the endorsements are for. */
export async function writeBoardKeys(dataDir: string): Promise<void> {
  const keys = { board: seedOf("board"), logs: [seedOf("log")], type: "board-keys", v: 1 };
  await sealKeyFile(join(dataDir, "keys", "board.age"), utf8Encode(JSON.stringify(keys)), LOCK, {
    mustBeNew: true,
  });
}

/** What a board is given to serve the world; as JSON, for a process of its own. */
export interface BoardInput {
  /** Base64. */
  readonly manifestFile: string;
  readonly signatures: WorkforceLeaf["signatures"];
  readonly epochRequest: JsonValue;
  readonly letterRequest: JsonValue;
  readonly workforce: string;
  readonly epochOpens: string;
  readonly letterOpens: string;
  /** Base64url. */
  readonly registrarSeed: string;
  /** What the registrar says it has issued. */
  readonly issued: number;
}

export function boardInput({ builder, letter }: World): BoardInput {
  const file = (path: string) => {
    const bytes = builder.documents.get(path);
    if (bytes === undefined) throw new Error(`The builder has no ${path}.`);
    return bytes;
  };
  const json = (path: string) => parseCanonical(file(path), 262_144);
  const { signatures } = parseLeaf(builder.entries[0]!) as WorkforceLeaf;
  const statements = [...builder.documents.keys()].filter((path) => path.startsWith("statements/")).map(json);
  return {
    manifestFile: Buffer.from(file(`manifests/${builder.workforce}.json`)).toString("base64"),
    signatures,
    epochRequest: { type: "epoch-request", v: 1, statements },
    letterRequest: {
      type: "letter-request",
      v: 1,
      leaf: letter.leaf as unknown as JsonValue,
      manifest: json(`manifests/${letter.letter}.json`),
      unlisted: null,
    },
    workforce: builder.workforce,
    epochOpens: EPOCH.opens,
    letterOpens: LETTER.opens,
    registrarSeed: seedOf("registrar 0"),
    issued: 20 * Math.ceil(MOST_ENDORSEMENTS / 20),
  };
}
