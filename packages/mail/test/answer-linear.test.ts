/**
 * 240 kB of the worst kind are answered: work grows with a mail's length and no faster. Quadratic work on these would take
 * minutes each, and the run ends by its general limit.
 */
import { expect, it } from "vitest";
import { readAnswer } from "../src/answer/index.ts";
import {
  answerMail,
  EXPECTED,
  HEADER,
  keyOf,
  NONCE,
  NOW,
  outcome,
  read,
  withField,
  without,
} from "./answer-kit.ts";

const SIZE = 240_000;
const fill = (piece: string, before = "", after = "") =>
  before + piece.repeat((SIZE - before.length - after.length) / piece.length) + after;
const multipart = () =>
  withField(`Content-Type: multipart/mixed; boundary="b"`, without("content-transfer-encoding"));

const bodies: readonly (readonly [string, string])[] = [
  ["spaces", fill(" ")],
  ["spaces before words", fill(" ", "a", "b\r\n")],
  ["tabs and line ends", fill("\t\r\n")],
  ["line ends", fill("\r\n")],
  ["line ends before words", fill("\r\n", "", "a\r\n")],
  ["one line", fill("a", "", "\r\n")],
  ["boundaries", fill("--b\r\n")],
  ["parts", fill("--b\r\n\r\na\r\n", "", "--b--\r\n")],
  ["almost boundaries", fill("--c\r\n", "--b\r\n\r\n", "--b--\r\n")],
  ["fields of a part", fill("A: b\r\n", "--b\r\n", "\r\n--b--\r\n")],
  ["folded lines of a part", fill(" a\r\n", "--b\r\nA: b\r\n", "\r\n--b--\r\n")],
  ["multiparts", fill('--b\r\nContent-Type: multipart/mixed; boundary="c"\r\n\r\n--c\r\n')],
  ["words after the end", fill("\r\n", "--b\r\n\r\na\r\n--b--\r\n", "a")],
];

it.each(bodies)("%s", async (_, body) => {
  for (const fields of [HEADER, multipart()]) {
    const c = fields === HEADER ? "relaxed/relaxed" : "simple/simple";
    expect(["verified", "text-too-long", "no-plain-text", "ambiguous"]).toContain(
      outcome(await read(answerMail({ fields, body, signing: { tags: { c } } }))),
    );
  }
});

it.each(["quoted-printable", "base64", "8bit"])("a text in %s that is too long", async (encoding) => {
  const fields = withField(`Content-Transfer-Encoding: ${encoding}`);
  for (const piece of ["=41", "QUFB", "=\r\n", "=", "a =\r\n", " ", "A\r\n"]) {
    expect(outcome(await read(answerMail({ fields, body: fill(piece) })))).not.toBe("verified");
  }
});

it("fields of 16 KB", async () => {
  const run = (piece: string) => piece.repeat(15_000 / piece.length);
  for (const piece of [
    "=?",
    "=?utf-8?Q?",
    "=?utf-8?Q?a?= ",
    "A",
    "A ",
    '"',
    '\\"',
    "<",
    "a@b.c,",
    ";",
    ";a=b",
    "; ",
    "<a@b> ",
    "(",
  ]) {
    for (const name of ["Subject", "From", "To", "Cc", "Content-Type", "References", "Date"]) {
      const value = { Subject: NONCE, Cc: "" }[name] ?? "";
      const fields = [...without(name.toLowerCase()), `${name}: ${run(piece)}${value}`];
      const answer = await readAnswer(
        answerMail({ fields }),
        { ...EXPECTED, nonce: () => false },
        keyOf,
        NOW,
      );
      expect(answer.verdict, `${name} of ${piece}`).toBe("unverified");
    }
  }
});
