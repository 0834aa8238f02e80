/** Files by which a letter is passed on: each says what its page says at this moment, and asks nobody else. */
import type { Say } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { EMBED_POLICY, writeEmbedPage, writeOembed } from "@undersigned/share";
import { qrSvg } from "@undersigned/share/qr";
import { FRONT, letterPage, letterWay } from "../../shared/addresses.ts";
import { absoluteAt, hostOf } from "./absolute.ts";
import { countWords } from "./count-words.ts";
import { CARD_SIZE, type MakePicture } from "./pictures.ts";
import type { PassedOn } from "./public-letter.ts";

const SVG = "image/svg+xml";
/** Of a picture that somebody opens by itself: it may have its own colours, and nothing else. */
const PICTURE_HEADERS = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" };

/** The only page of ours that others may put into a frame: it does nothing and has one link. */
export function embedFile(say: Say, letter: PassedOn): PublicFile {
  const at = absoluteAt(letter.board, say);
  return {
    body: writeEmbedPage({
      ...countWords(say, letter),
      letter: at(letterPage(letter.workforce, letter.letter)),
    }),
    contentType: "text/html; charset=utf-8",
    cache: "short",
    headers: { "content-security-policy": EMBED_POLICY },
  };
}

export function oembedFile(say: Say, letter: PassedOn, pictures: boolean): PublicFile {
  const { workforce, letter: id, board } = letter;
  const at = absoluteAt(board, say);
  const { title, titleDirection } = countWords(say, letter);
  const body = writeOembed({
    title,
    direction: titleDirection,
    frame: at(letterWay(workforce, id, "embed")),
    board: { name: hostOf(board), url: at(FRONT) },
    picture: pictures ? { url: at(letterWay(workforce, id, "card.png")), ...CARD_SIZE } : null,
  });
  return { body, contentType: "application/json; charset=utf-8", cache: "short" };
}

export function qrFile(say: Say, { workforce, letter, board }: PassedOn): PublicFile {
  const body = qrSvg(absoluteAt(board, say)(letterPage(workforce, letter)));
  return { body, contentType: SVG, cache: "short", headers: PICTURE_HEADERS };
}

/** Null where it cannot be made. */
export async function cardFile(say: Say, letter: PassedOn, make: MakePicture): Promise<PublicFile | null> {
  const body = await make("card", pictureId(say, letter), countWords(say, letter));
  return body === null ? null : { body, contentType: "image/png", cache: "short" };
}

/** Null where it cannot be made. */
export async function badgeFile(say: Say, letter: PassedOn, make: MakePicture): Promise<PublicFile | null> {
  const body = await make("badge", pictureId(say, letter), countWords(say, letter));
  return body === null ? null : { body, contentType: SVG, cache: "short", headers: PICTURE_HEADERS };
}

function pictureId({ language }: Say, { letter }: PassedOn): string {
  return `${language} ${letter}`;
}
