/**
 * oEmbed 1.0 (oembed.com §2.3.4.4), a static file of type `rich`: a frame around the embeddable count. No script, nothing of a third party;
 * the frame may do nothing but open the letter in a window of its own, and tells the board nothing of the page around it.
 */
import { address, type Direction, oneLine, steered } from "../text/clean-text.ts";
import { element } from "../text/xml.ts";

export interface Embedding {
  readonly title: string;
  readonly direction: Direction;
  /** Of the embeddable count. */
  readonly frame: string;
  readonly board: { readonly name: string; readonly url: string };
  /** The social card. */
  readonly picture: { readonly url: string; readonly width: number; readonly height: number } | null;
}

/** CSS pixels in which the embeddable count shows all that it says, however long its title. */
export const EMBED_SIZE = { width: 480, height: 200 } as const;
const A_DAY = 86_400;

/** UTF-8, `application/json`. */
export function writeOembed({ title, direction, frame, board, picture }: Embedding): string {
  const file = {
    version: "1.0",
    type: "rich",
    title: steered(oneLine(title), direction),
    provider_name: oneLine(board.name),
    provider_url: address(board.url),
    cache_age: A_DAY,
    ...(picture === null
      ? {}
      : {
          thumbnail_url: address(picture.url),
          thumbnail_width: picture.width,
          thumbnail_height: picture.height,
        }),
    html: frameMarkup(title, frame),
    ...EMBED_SIZE,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** For copying into a page by hand, too. */
export function frameMarkup(title: string, frame: string): string {
  const attributes = {
    src: address(frame),
    title: oneLine(title),
    ...EMBED_SIZE,
    style: "border:0;max-width:100%",
    loading: "lazy",
    referrerpolicy: "no-referrer",
    sandbox: "allow-popups allow-popups-to-escape-sandbox",
  };
  return element("iframe", attributes, "");
}
