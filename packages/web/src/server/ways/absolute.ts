/** Addresses as others need them who do not stand on this site. */
import type { Say } from "@undersigned/messages";
import { inLanguage } from "../../shared/addresses.ts";

/** Makes a page's address, as it is in English, an absolute one. */
export type Absolute = (address: string) => string;

/** `board`: where the workforce's manifest says that the board is. */
export function absoluteAt(board: string, { language }: Pick<Say, "language">): Absolute {
  return (address) => `${board}${inLanguage(language, address)}`;
}

/** A board has no name of its own: it is called by its address. */
export function hostOf(board: string): string {
  return URL.parse(board)?.host ?? board;
}
