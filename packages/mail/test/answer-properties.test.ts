/** What holds for every answer: nothing that was signed can be changed, and nothing is shown that was not signed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAnswerEvidence } from "../src/answer/index.ts";
import {
  type Answer,
  answerMail,
  EXPECTED,
  htmlPart,
  multipart,
  outcome,
  plainPart,
  read,
  TODAY,
  withField,
  without,
} from "./answer-kit.ts";
import { ed25519 } from "./kit.ts";

const text = fc
  .array(fc.constantFrom("We", "will", "für", "你", "=", ".", "--", "\r\n", "<b>"), { maxLength: 8 })
  // Runs of white space are what the relaxed form takes together; answer.test.ts has them.
  .map((list) => ["Words", ...list, "end"].join(" ").replaceAll(" \r\n", "\r\n"));

/** A body's structure with exactly one plain text in it. */
const structure = fc.letrec<{ tree: string; extra: string }>((tie) => ({
  extra: fc.constantFrom(
    htmlPart(),
    "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
    "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnot shown",
    "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: a\r\n\r\nnot shown",
  ),
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constant("TEXT"),
    fc
      .tuple(
        fc.constantFrom("mixed", "alternative", "related", "signed"),
        fc.array(tie("extra"), { maxLength: 2 }),
        tie("tree"),
        fc.array(tie("extra"), { maxLength: 2 }),
      )
      .map(([subtype, before, inner, after]) =>
        multipart(subtype, [...before, inner, ...after], `b${inner.length}-`).join("\r\n\r\n"),
      ),
  ),
})).tree;

/** Signed, whole, and the text that was put in it. */
const answers = fc
  .tuple(
    structure,
    text,
    fc.constantFrom("8bit", "quoted-printable", "base64"),
    fc.constantFrom("simple/simple", "relaxed/relaxed", "relaxed/simple", "simple/relaxed"),
  )
  .map(([tree, words, encoding, c]) => {
    const part = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${encoded(words, encoding)}`;
    const [head, ...rest] = tree.replace("TEXT", () => part).split("\r\n\r\n");
    const own = head!.split("\r\n");
    const fields = [...without("content-type", without("content-transfer-encoding")), ...own];
    const answer: Answer = { fields, body: `${rest.join("\r\n\r\n")}\r\n`, signing: { tags: { c } } };
    return { mail: answerMail(answer), words, encoding };
  });

function encoded(words: string, encoding: string): string {
  const bytes = Buffer.from(words, "utf8");
  if (encoding === "base64") return bytes.toString("base64");
  const latin1 = bytes.toString("latin1");
  if (encoding === "8bit") return latin1;
  return latin1.replace(
    /[^\r\n\x20-\x3c\x3e-\x7e]/g,
    (one) => `=${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

describe("an answer of any structure", () => {
  it("shows exactly the words of its plain text, which stand in the hashed body, and its evidence shows the same", async () => {
    await fc.assert(
      fc.asyncProperty(answers, async ({ mail, words, encoding }) => {
        const answer = await read(mail);
        if (answer.verdict !== "verified") throw new Error(answer.reason);
        expect(answer.text).toBe(words.replaceAll("\r\n", "\n"));
        const body = Buffer.from(mail).toString("latin1").split("\r\n\r\n").slice(1).join("\r\n\r\n");
        expect(body).toContain(encoded(words, encoding));
        if (answer.evidence === null) return;
        expect(await checkAnswerEvidence(answer.evidence, answer.record, EXPECTED, TODAY)).toEqual(answer);
      }),
      { numRuns: 100 },
    );
  });

  it("is not verified once anything was changed that shows: other words are never read", async () => {
    await fc.assert(
      fc.asyncProperty(
        answers,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async ({ mail, words }, at, flip) => {
          const changed = mail.slice();
          changed[at % mail.length]! ^= flip;
          const answer = await read(changed);
          // What is not signed, or white space that is taken together, may change; the words do not.
          if (answer.verdict === "verified") {
            expect(squeezed(answer.text)).toBe(squeezed(words));
            expect(answer.dated).toBe("2026-05-18");
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

const squeezed = (value: string) => value.replace(/[ \r\n]+/g, " ");

it("every byte of the evidence counts: changed, doubled or taken away, it is refused", async () => {
  const answer = await read(
    answerMail({
      fields: withField(
        'Content-Type: multipart/alternative; boundary="b1"',
        without("content-transfer-encoding"),
      ),
      body: multipart("alternative", [plainPart(), htmlPart()])[1],
    }),
  );
  if (answer.verdict !== "verified") throw new Error(answer.reason);
  const evidence = answer.evidence!;
  for (let at = 0; at < evidence.length; at++) {
    const flipped = evidence.slice();
    flipped[at]! ^= 1 << (at % 8);
    const doubled = Buffer.concat([
      evidence.subarray(0, at),
      evidence.subarray(at, at + 1),
      evidence.subarray(at),
    ]);
    const shorter = Buffer.concat([evidence.subarray(0, at), evidence.subarray(at + 1)]);
    for (const changed of [flipped, doubled, shorter]) {
      const checked = await checkAnswerEvidence(changed, ed25519.record, EXPECTED, TODAY);
      expect(outcome(checked), `byte ${at}`).not.toBe("verified");
    }
  }
});
