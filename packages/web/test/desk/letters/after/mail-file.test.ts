/** Whether a chosen file can be a mail, and why one does not count. */
import { MAX_ANSWER_MAIL_BYTES } from "@undersigned/core";
import { UNVERIFIED_SENTENCES } from "@undersigned/mail/answer";
import { expect, test } from "vitest";
import { mailFileProblem } from "../../../../src/islands/desk/letters/after/answers/mail-file.ts";
import { reasonWords } from "../../../../src/islands/desk/letters/after/answers/reasons.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  "Received: by a\r\n",
  "DKIM-Signature: v=1\r\n",
  "From a@example.com Mon\r\nSubject: a\r\n",
  "x-a : b\n",
])("%j is taken for a mail", (text) => expect(mailFileProblem(bytes(text))).toBe(null));

test.each([
  ["", /empty/],
  ["%PDF-1.7\n", /not a mail/],
  ["<html>: no", /not a mail/],
  ["Dear all: hello", /not a mail/],
])("%j is not", (text, words) => expect(mailFileProblem(bytes(text))).toMatch(words));

test("the largest file is taken, and a byte more is not", () => {
  const mail = (length: number) => bytes("Subject: a\r\n".padEnd(length, "a"));
  expect(mailFileProblem(mail(MAX_ANSWER_MAIL_BYTES))).toBe(null);
  expect(mailFileProblem(mail(MAX_ANSWER_MAIL_BYTES + 1))).toMatch(/larger than 1 MB/);
});

test("each reason has its sentence, and one from elsewhere is never shown as it came", () => {
  for (const [reason, sentence] of Object.entries(UNVERIFIED_SENTENCES))
    expect(reasonWords(reason)).toBe(sentence);
  for (const reason of ["<b>call 555</b>", "toString", "__proto__"])
    expect(reasonWords(reason)).toMatch(/does not know/);
});
