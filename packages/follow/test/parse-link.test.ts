/** Links as people pass them on say what to follow; what opens an unlisted letter is dropped. */
import { describe, expect, it } from "vitest";
import { parseFollowLink } from "../src/index.ts";

const ID = "A".repeat(43);
const OTHER = `${"B".repeat(42)}A`;

describe("a link to follow", () => {
  it.each([
    [`https://board.example.com/w/${ID}`, "https://board.example.com"],
    [`https://board.example.com/w/${ID}/letters/${OTHER}`, "https://board.example.com"],
    [`https://board.example.com/w/${ID}/letters/${OTHER}/sign#${ID}`, "https://board.example.com"],
    [`https://board.example.com/w/${ID}/letters/${OTHER}/sign#${ID}.${OTHER}`, "https://board.example.com"],
    [`https://board.example.com/ar/w/${ID}/letters/${OTHER}?sort=day#names`, "https://board.example.com"],
    [`https://board.example.com/zh/#${ID}`, "https://board.example.com"],
    [`https://board.example.com/#${ID}`, "https://board.example.com"],
    [`https://mirrors.example.org/letters/works/w/${ID}/`, "https://mirrors.example.org/letters/works"],
    [`http://127.0.0.1:8080/#${ID}`, "http://127.0.0.1:8080"],
  ])("%s", (link, url) => {
    expect(parseFollowLink(link)).toEqual({ url, workforce: ID });
  });

  it.each([
    "https://board.example.com/",
    "not a link",
    `ftp://board.example.com/#${ID}`,
    `http://board.example.com/#${ID}`,
    `http://127.0.0.1.example.com/#${ID}`,
    `https://user:word@board.example.com/#${ID}`,
    `https://board.example.com/w/${ID}/#${OTHER}`,
    `https://board.example.com/#${"A".repeat(42)}B`,
  ])("not %s", (link) => {
    expect(() => parseFollowLink(link)).toThrow(expect.objectContaining({ code: "link-malformed" }));
  });
});
