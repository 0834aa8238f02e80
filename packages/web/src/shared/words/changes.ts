/** How much a new version differs, in one sentence. */
import { plain, type Say } from "@undersigned/messages";
import { type ChangedText, countChanges } from "../letter-changes.ts";

export function changesWords(say: Say, changes: readonly ChangedText[]): string {
  if (changes.length === 0) return say("changes.nothing");
  const parts = [...countChanges(changes)].map(([part, count]) => say("changes.part", { part, count }));
  return say("changes.differs", { parts: plain(say.list(parts)) });
}
