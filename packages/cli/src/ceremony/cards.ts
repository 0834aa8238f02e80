/** Cards as files: read, with their signatures checked, and turned into a manifest's entries (PROTOCOL §3.6). */
import { addressBelow } from "@undersigned/client";
import {
  type BoardCard,
  CoreError,
  openBoardCard,
  openRegistrarCard,
  type RegistrarCard,
  type WorkforceManifest,
} from "@undersigned/core";
import { CliError } from "../errors.ts";
import { readInput } from "../io/files.ts";

export type Registrar = WorkforceManifest["registrars"][number];

/** Throws `card-malformed`, `card-repeated`, and what reading a file throws. */
export async function readRegistrarCards(paths: readonly string[]): Promise<RegistrarCard[]> {
  const cards = await Promise.all(paths.map((path) => read(path, "--registrar", openRegistrarCard)));
  if (new Set(cards.map(({ identity }) => identity)).size === cards.length) return cards;
  throw new CliError("card-repeated", "Two cards are of one registrar: give the newer one only.");
}

export function readBoardCard(path: string): Promise<BoardCard> {
  return read(path, "--board", openBoardCard);
}

export interface Cards {
  readonly registrars: readonly RegistrarCard[];
  readonly boards: readonly BoardCard[];
}

/** Cards of either kind, in any order. */
export async function readCards(paths: readonly string[]): Promise<Cards> {
  const cards = await Promise.all(paths.map((path) => read(path, "--card", openAnyCard)));
  return {
    registrars: cards.filter((card) => card.type === "registrar-card"),
    boards: cards.filter((card) => card.type === "board-card"),
  };
}

/** The address as it stands on a card. Throws ClientError `address-refused` for one that no client would go to. */
export function readCardAddress(url: string): string {
  addressBelow(url, "");
  return url.replace(/\/+$/, "");
}

function openAnyCard(file: Uint8Array): Promise<RegistrarCard | BoardCard> {
  // Only to choose: what is chosen checks the bytes strictly.
  const isBoard = new TextDecoder().decode(file).includes('"type":"board-card"');
  return isBoard ? openBoardCard(file) : openRegistrarCard(file);
}

async function read<T>(path: string, what: string, open: (file: Uint8Array) => Promise<T>): Promise<T> {
  const file = await readInput(path, what);
  try {
    return await open(file);
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
    throw new CliError("card-malformed", `A file given for ${what} is no card. ${error.message}`);
  }
}
