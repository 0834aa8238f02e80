/** A poster with a QR code. It leads to this letter at this board, whatever the page has asked for. */
import { encodeBase64url } from "@undersigned/core";
import { makePoster } from "@undersigned/paper";
import { DeskError } from "../errors.ts";
import { boardLetter, workforceInForce } from "../model/board-texts.ts";
import { findDeskLetter } from "../model/desk-letters.ts";
import { around } from "./act.ts";

export const poster = around<"poster">(async ({ desk }, { workforce, letter, link }) => {
  const { db } = desk.database;
  const { manifest, unlisted } = await boardLetter(desk, db, workforce, letter);
  const { employer, board } = (await workforceInForce(db, workforce)).manifest;
  const linkKey = unlisted ? (await findDeskLetter(desk, db, letter))?.linkKey : null;
  const fragment = linkKey == null ? workforce : `${workforce}.u${linkKey}`;
  const path = `/w/${workforce}/letters/${letter}#${fragment}`;
  if (!link.endsWith(path)) {
    throw new DeskError("link-wrong", "This is not the letter's link any more: load the page anew.");
  }
  const { title, language } = manifest;
  const pdf = makePoster({ title, language, employer, link: `${board.url}${path}`, unlisted });
  return { answer: { pdf: encodeBase64url(pdf) } };
});
