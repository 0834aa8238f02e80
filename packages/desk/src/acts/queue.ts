/** Names of a letter that were released, for whoever looks after them. What waits in the pool is nobody's to see. */
import { letterText } from "../model/board-texts.ts";
import { readModerationLists } from "../model/moderation-lists.ts";
import { hitsOf } from "../model/name-rules.ts";
import { around } from "./act.ts";

const AT_ONCE = 100;

export const queue = around<"queue">(async ({ desk }, { workforce, letter, after }) => {
  const { db } = desk.database;
  const manifest = await letterText(desk, db, workforce, letter);
  const lists = await readModerationLists(desk, db);
  const all = await desk.board.listShownText({ workforce, letter, most: Number.MAX_SAFE_INTEGER });
  const waiting = after === null ? all.filter(({ state }) => state === "waiting") : [];
  const shown = all.filter(({ state, index }) => state === "shown" && index > (after ?? -1));
  const items = [...waiting.slice(0, AT_ONCE), ...shown.slice(0, AT_ONCE)].flatMap(
    ({ index, opening: { appearance }, state }) => {
      if (appearance.kind !== "named") return [];
      const { name, role, place, confirmed } = appearance;
      const hits = hitsOf(name, manifest, lists);
      return [{ index, name, role, place, confirmed: confirmed !== null, hits, state }];
    },
  );
  return { answer: { items } };
});
