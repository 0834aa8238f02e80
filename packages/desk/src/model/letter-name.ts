/** A letter's name in a table of the desk: nobody without the board's keys can tell which letter it is. */
import { type Base64url, decodeBase64url } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskTables } from "../storage/schema.ts";

export function letterName(desk: Desk, table: keyof DeskTables, letter: Base64url): Uint8Array {
  return desk.sealer.nameOf(table, decodeBase64url(letter, 32));
}
