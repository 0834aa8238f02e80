/** Which names wait for a look (decision 19): the rules of package clean, with the letter's addressee and the desk's lists. */
import type { JudgeOpening } from "@undersigned/board";
import { judgeShownName, type ShownNameRules, type ShownTextKind } from "@undersigned/clean";
import type { LetterManifest } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { DeskReader } from "../storage/schema.ts";
import { type ModerationLists, readModerationLists } from "./moderation-lists.ts";

function rulesFor({ addressee }: LetterManifest, lists: ModerationLists): ShownNameRules {
  return {
    addressees: [addressee.name, addressee.organisation],
    figures: lists.publicFigures,
    slurs: lists.words,
  };
}

export function hitsOf(name: string, manifest: LetterManifest, lists: ModerationLists): ShownTextKind[] {
  return judgeShownName(name, rulesFor(manifest, lists)).map(({ kind }) => kind);
}

/** For the board's tick. The lists are read once for each tick, in its transaction. */
export function judgeBy(desk: Desk): JudgeOpening {
  const read = new WeakMap<object, Promise<ModerationLists>>();
  return async ({ appearance }, manifest, trx) => {
    if (appearance.kind !== "named") return null;
    const lists = read.get(trx) ?? readModerationLists(desk, trx as unknown as DeskReader);
    read.set(trx, lists);
    return hitsOf(appearance.name, manifest, await lists).length > 0 ? "waiting" : null;
  };
}
