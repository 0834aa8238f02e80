/** Makes an unlisted letter public, by the key of an owner whom it names; and with it the copies that it names. */
import { letterText } from "../model/board-texts.ts";
import { publishCopies } from "../model/publish-copies.ts";
import { around } from "./act.ts";

export const letterReveal = around<"letter-reveal">(async ({ desk }, { workforce, letter, sig }) => {
  await desk.board.revealLetter(workforce, { type: "reveal-request", v: 1, workforce, letter, sig });
  const manifest = await letterText(desk, desk.database.db, workforce, letter);
  await publishCopies(desk, letter, manifest);
  return { answer: {}, about: manifest.title };
});
