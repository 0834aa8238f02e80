/** Plays a letter once with made-up colleagues, in memory. */
import { workforceInForce } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const rehearsalStart = around<"rehearsal-start">(async ({ desk }, { manifest, colleagues }) => {
  const workforce = (await workforceInForce(desk.database.db, manifest.workforce)).manifest;
  desk.rehearsals.start({ manifest, workforce, colleagues });
  return { answer: {}, about: manifest.title };
});
