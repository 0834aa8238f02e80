/** Takes a mail as a file: as if it had come to the answer address. */
import { decodeBase64url } from "@undersigned/core";
import { takeMail } from "../answers/take-answer.ts";
import { boardLetter } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const answerDrop = around<"answer-drop">(async ({ desk }, { workforce, letter, mail }) => {
  const { manifest } = await boardLetter(desk, desk.database.db, workforce, letter);
  const { verified, reason, record } = await takeMail(desk, letter, decodeBase64url(mail));
  return { answer: { verified, reason, record }, about: manifest.title };
});
