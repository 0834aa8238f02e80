/** Answers that count: what is shown of them, in every encoding and structure that honest programs write. */
import { MAX_ANSWER_TEXT } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { answerKeys, makeAnswerMail } from "../../../test/kit/signed-mail.ts";
import { checkAnswerEvidence, readAnswer } from "../src/answer/index.ts";
import {
  ADDRESS,
  answerMail,
  BODY,
  bytesOf,
  EXPECTED,
  HEADER,
  htmlPart,
  keyOf,
  multipart,
  multipartMail,
  NONCE,
  outcome,
  plainPart,
  read,
  SIGNED,
  signatureOf,
  TEXT,
  TODAY,
  withField,
  without,
} from "./answer-kit.ts";
import { ed25519, rsa } from "./kit.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const utf8 = (text: string) => Buffer.from(text, "utf8").toString("latin1");

describe("the addressee's answer", () => {
  it("is verified with its text, subject, day, key and evidence", async () => {
    const answer = await read(answerMail());
    expect(answer).toEqual({
      verdict: "verified",
      text: TEXT,
      subject: `Re: Your letter (${NONCE})`,
      dated: "2026-05-18",
      evidence: expect.any(Uint8Array),
      withheld: null,
      record: ed25519.record,
      signature: { domain: "example.com", selector: "e" },
    });
  });

  it.each(["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed", "relaxed", "simple"])(
    "is verified in the canonical form %s, by either kind of key",
    async (c) => {
      for (const key of [rsa, ed25519]) {
        const answer = await read(answerMail({ key, signing: { tags: { c } } }));
        expect(answer).toMatchObject({ verdict: "verified", text: TEXT });
      }
    },
  );

  it("is verified from a file whose lines end in LF", async () => {
    const file = Buffer.from(latin1(answerMail()).replaceAll("\r\n", "\n"), "latin1");
    expect(await read(file)).toEqual(await read(answerMail()));
  });

  it("may be a copy to the answer address, if Cc is signed", async () => {
    const fields = [...withField("To: board@example.com"), `Cc: "Letter, the" <${ADDRESS.toUpperCase()}>`];
    expect(await read(answerMail({ fields }))).toMatchObject({ verdict: "verified", withheld: "recipients" });
    const h = SIGNED.replace("Cc:", "");
    expect(outcome(await read(answerMail({ fields, signing: { tags: { h } } })))).toBe(
      "recipient-not-signed",
    );
  });

  it("may have neither To nor Cc signed, as from Microsoft 365, and its evidence says no more than that", async () => {
    const h = SIGNED.replace("To:", "").replace("Cc:", "");
    const mail = answerMail({ signing: { tags: { h } } });
    const answer = await read(mail);
    expect(outcome(answer)).toBe("verified");
    if (answer.verdict !== "verified" || answer.evidence === null) throw new Error("There is no evidence.");
    expect(Buffer.from(answer.evidence).toString()).not.toMatch(/^to:/im);
    const again = await checkAnswerEvidence(answer.evidence, answer.record, EXPECTED, TODAY);
    expect(again).toMatchObject({ verdict: "verified", text: answer.text });
    const elsewhere = answerMail({ fields: withField("To: board@example.com"), signing: { tags: { h } } });
    expect(outcome(await read(elsewhere))).toBe("address-missing");
  });

  it("is verified by the second signature where the first one is broken, and asks for as many keys", async () => {
    const broken = signatureOf({ signedBody: "other\r\n", key: rsa });
    const foreign = signatureOf({ signing: { tags: { d: "example.net" } } });
    const good = signatureOf({});
    const asked: string[] = [];
    const answer = await read(bytesOf([broken, foreign, good, ...HEADER], BODY), {}, async (name) => {
      asked.push(name);
      return keyOf(name);
    });
    expect(outcome(answer)).toBe("verified");
    expect(asked).toEqual(["e._domainkey.example.com"]);
  });

  it.each([
    "re abcdefghjkmnpqrs",
    "ABCDEFGHJKMNPQRS",
    "x abcd-efgh-jkmn-pqrs",
    "=?utf-8?Q?R=C3=A9:_ABCD-EFGH?= =?utf-8?B?LUpLTU4tUFFSUw==?=",
    "abcd\r\n -efgh-jkmn\r\n\t-pqrs",
  ])("may have the code in its subject as %j", async (subject) => {
    expect(outcome(await read(answerMail({ fields: withField(`Subject: ${subject}`) })))).toBe("verified");
  });

  it("is verified with figures of the code written as the letters that they look like", async () => {
    const fields = withField("Subject: il1I-oO0o-abcd-efgh");
    expect(outcome(await read(answerMail({ fields }), { nonce: "1111-0000-ABCD-EFGH" }))).toBe("verified");
  });

  it("has its subject with encoded words put together, and spaces between others", async () => {
    const fields = withField(
      `Subject: =?utf-8?Q?R=C3=A9?=\r\n =?iso-8859-1?B?6To=?= a =?utf-8?q?b_c?= ${NONCE}`,
    );
    expect(await read(answerMail({ fields }))).toMatchObject({ subject: `Réé: a b c ${NONCE}` });
  });

  it("may say that no machine wrote it, and who sent it if that is the addressee", async () => {
    const fields = [...HEADER, "Auto-Submitted: no", "Precedence: first-class", "Sender: chief@example.com"];
    expect(outcome(await read(answerMail({ fields })))).toBe("verified");
  });

  it("may be to a name with a comma and quotation marks", async () => {
    const fields = withField(`To: "a\\", b" <${ADDRESS}>`);
    expect(await read(answerMail({ fields }))).toMatchObject({ verdict: "verified", withheld: "recipients" });
  });

  it("is found by who can only tell whether a code is the one", async () => {
    const tried: string[] = [];
    const nonce = (candidate: string) => tried.push(candidate) > 0 && candidate === NONCE;
    expect(outcome(await read(answerMail(), { nonce }))).toBe("verified");
    expect(tried.every((one) => /^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/.test(one))).toBe(true);
    expect(outcome(await read(answerMail(), { nonce: () => false }))).toBe("nonce-missing");
  });

  it("is dated within the days, both ends included", async () => {
    for (const [first, now] of [
      ["2026-05-18", "2026-05-18T00:00:00Z"],
      ["2026-05-18", "2026-05-19T00:00:00Z"],
    ] as const) {
      expect(outcome(await read(answerMail(), { notBefore: first }, keyOf, Date.parse(now)))).toBe(
        "verified",
      );
    }
  });
});

describe("the text", () => {
  const single = (type: string, encoding: string, body: string) =>
    read(
      answerMail({
        fields: withField(`Content-Type: ${type}`, withField(`Content-Transfer-Encoding: ${encoding}`)),
        body,
      }),
    );

  it.each([
    ["text/plain; charset=utf-8", "8bit", utf8("Grüße 你好"), "Grüße 你好"],
    ['text/plain; charset="UTF-8"; format=flowed;', "binary", utf8("é"), "é"],
    ["text/plain; charset=utf-8", "quoted-printable", "Gr=C3=BC=C3=9Fe =\r\nund =3D", "Grüße und ="],
    ["text/plain; charset=utf-8", "base64", "R3LDvMOf\r\nZQ==\r\n", "Grüße"],
    ["text/plain; charset=iso-8859-1", "8bit", "Gr\xfc\xdfe", "Grüße"],
    ["text/plain; charset=ISO-8859-15", "quoted-printable", "=A4 5", "€ 5"],
    ["text/plain; charset=windows-1252", "8bit", "\x93so\x94", "“so”"],
    ["text/plain; charset=windows-1251", "8bit", "\xcd\xe5\xf2", "Нет"],
    ["text/plain; charset=koi8-r", "8bit", "\xee\xc5\xd4", "Нет"],
    ["text/plain; charset=shift_jis", "8bit", "\x82\xcd\x82\xa2", "はい"],
    ["text/plain; charset=gb2312", "8bit", "\xb2\xbb", "不"],
    ["text/plain", "7bit", "No.", "No."],
    ["text/plain; charset=utf-8", "base64", Buffer.from("e\u0301\nb\r\n\tc").toString("base64"), "é\nb\n c"],
    ["text/plain; charset=utf-8", "8bit", "\r\n\r\n  a \t b\r\n\r\nc\r\n\r\n", " a b\n\nc"],
  ])("of %s in %s is read", async (type, encoding, body, text) => {
    expect(await single(type, encoding, body)).toMatchObject({ verdict: "verified", text });
  });

  it.each([
    ["alternative", [plainPart(), htmlPart()], null],
    [
      "alternative",
      [
        plainPart(),
        multipart("related", [htmlPart(), "Content-Type: image/png\r\n\r\nx"], "c2").join("\r\n\r\n"),
      ],
      "parts",
    ],
    ["mixed", [multipart("alternative", [plainPart(), htmlPart()], "c2").join("\r\n\r\n")], null],
    [
      "mixed",
      [plainPart(), "Content-Disposition: attachment; filename*=utf-8''a.txt\r\n\r\nnot shown"],
      "parts",
    ],
    [
      "mixed",
      [
        plainPart(),
        "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nFrom: a\r\n\r\nnot shown",
      ],
      "parts",
    ],
    ["signed", [plainPart(), "Content-Type: application/pkcs7-signature\r\n\r\nx"], "parts"],
    ["mixed", ["\r\nWords."], null],
  ] as const)("of multipart/%s is the one part of plain text (%#)", async (subtype, parts, withheld) => {
    expect(await read(multipartMail(subtype, parts))).toMatchObject({
      verdict: "verified",
      text: "Words.",
      withheld,
    });
  });

  it("of a multipart is read too where Content-Type is not signed, if the body begins and ends with its boundary", async () => {
    const signing = { tags: { h: "to:subject:message-id:date:from:mime-version:from:to:cc:subject" } };
    const mail = multipartMail("alternative", [plainPart(), htmlPart()], { signing });
    expect(await read(mail)).toMatchObject({ verdict: "verified", text: "Words." });
  });

  it("of a mail without a transfer encoding is read if it does not look encoded", async () => {
    const fields = without("content-transfer-encoding");
    const signing = { tags: { h: "From:To:Subject:Date:Content-Type" } };
    expect(outcome(await read(answerMail({ fields, signing })))).toBe("verified");
  });
});

it("is read up to the longest text, in characters and not in code units", async () => {
  const body = (count: number) => utf8(`${"😀".repeat(count)}\r\n`);
  expect(outcome(await read(answerMail({ body: body(MAX_ANSWER_TEXT) })))).toBe("verified");
  expect(outcome(await read(answerMail({ body: body(MAX_ANSWER_TEXT + 1) })))).toBe("text-too-long");
});

describe("the evidence", () => {
  const expected = { ...EXPECTED };

  it("is verified again on its own, years later, with the record alone", async () => {
    const tags = {
      t: String(Date.parse("2026-05-18T09:30:00Z") / 1000),
      x: String(Date.parse("2026-05-25") / 1000),
    };
    const answer = await read(answerMail({ signing: { tags } }));
    if (answer.verdict !== "verified") throw new Error(answer.reason);
    expect(await checkAnswerEvidence(answer.evidence!, answer.record, expected, TODAY)).toEqual(answer);
    // A signature that ran out before the mail was taken is another matter.
    const late = await checkAnswerEvidence(answer.evidence!, answer.record, expected, "2026-06-01");
    expect(outcome(late)).toBe("signature-out-of-time");
  });

  it.each(["relaxed/relaxed", "relaxed/simple", "simple/simple", "simple/relaxed"])(
    "in the form %s holds the signed fields and the body, and nothing else",
    async (c) => {
      const answer = await read(answerMail({ signing: { tags: { c } } }));
      if (answer.verdict !== "verified") throw new Error(answer.reason);
      const file = latin1(answer.evidence!);
      expect(file).not.toContain("Received");
      expect(file.endsWith(`\r\n\r\n${BODY}`)).toBe(true);
      expect(
        file
          .slice(0, file.indexOf("\r\n\r\n"))
          .split("\r\n")
          .map((line) => line.split(":")[0]!.toLowerCase()),
      ).toEqual([
        "dkim-signature",
        ...["content-transfer-encoding", "content-type", "mime-version", "message-id"],
        ...["date", "subject", "to", "from"],
      ]);
      expect(outcome(await checkAnswerEvidence(answer.evidence!, answer.record, expected, TODAY))).toBe(
        "verified",
      );
    },
  );

  it("is the same for one mail, however it came", async () => {
    const mail = latin1(answerMail());
    const b = /b=([A-Za-z0-9+/=]{20})/;
    const ways = [
      mail.replace("Received: from", "X-Spam: yes\r\nReceived: from"),
      mail.replace("Subject: ", "SUBJECT:\r\n\t "),
      mail.replace(/\r\n$/, "\r\n\r\n\r\n"),
      mail.replace("read your", "read  \t your"),
      mail.replace(b, "b=\r\n $1\r\n\t"),
    ];
    const first = await read(answerMail());
    for (const way of ways) {
      expect(way).not.toBe(mail);
      expect(await read(Buffer.from(way, "latin1"))).toEqual(first);
    }
  });

  it("is another one where one of two good signatures was taken away, of the same words", async () => {
    const [first, second] = [signatureOf({ key: rsa }), signatureOf({})];
    const both = await read(bytesOf([first, second, ...HEADER], BODY));
    const one = await read(bytesOf([second, ...HEADER], BODY));
    if (both.verdict !== "verified" || one.verdict !== "verified") throw new Error("is not verified");
    const { evidence, record, signature, ...shown } = one;
    expect(both).toMatchObject(shown);
    expect(both.evidence).not.toEqual(evidence);
    for (const { evidence, record } of [both, one]) {
      expect(outcome(await checkAnswerEvidence(evidence!, record, expected, TODAY))).toBe("verified");
    }
  });

  it("is not taken with anything added, or set out in another way", async () => {
    const answer = await read(answerMail());
    if (answer.verdict !== "verified") throw new Error(answer.reason);
    const file = latin1(answer.evidence!);
    for (const changed of [
      `x-a:b\r\n${file}`,
      `${file}\r\n`,
      file.replace("to:", "To:"),
      file.replaceAll("\r\n", "\n"),
    ]) {
      const checked = await checkAnswerEvidence(
        Buffer.from(changed, "latin1"),
        answer.record,
        expected,
        TODAY,
      );
      expect(outcome(checked)).toBe("not-evidence");
    }
    const other = await checkAnswerEvidence(answer.evidence!, rsa.record, expected, TODAY);
    expect(outcome(other)).toBe("key-refused");
  });

  it.each([
    ["recipients", { add: ["Cc: clerk@example.com"] }],
    ["recipients", { replace: [`To: ${ADDRESS}, clerk@example.com`] }],
    ["recipients", { replace: [`To: "The clerk" <${ADDRESS}>`] }],
    ["recipients", { add: ["Reply-To: clerk@example.com"], h: `${SIGNED}:Reply-To` }],
    ["recipients", { add: ["Reply-To: (odd)"], h: `${SIGNED}:Reply-To` }],
    ["fields", { h: `${SIGNED}:Received` }],
    ["fields", { add: ["References: <1@clerks-machine.example.net>"], h: `${SIGNED}:References` }],
    ["fields", { add: ["References: clerk"], h: `${SIGNED}:References` }],
    ["fields", { replace: ["Message-ID: <1@mail.example.com> clerk"] }],
    ["fields", { add: ["X-Originating-IP: 192.0.2.1"], h: `${SIGNED}:X-Originating-IP` }],
    ["fields", { tags: { i: "clerk@example.com" } }],
    ["fields", { tags: { z: "Cc:clerk@example.com" } }],
    ["fields", { tags: { darn: "clerks.example.net" } }],
    [null, { replace: [`To: "'${ADDRESS}'" <${ADDRESS}>, chief@example.com`] }],
    [null, { add: ["References: <1@answers.example.org> <2@Example.com>"], h: `${SIGNED}:References` }],
    [null, { add: ["Reply-To: Chief@example.com"], h: `${SIGNED}:Reply-To` }],
    [null, { tags: { i: "@example.com", darn: "answers.example.org" } }],
    [null, { tags: { i: "chief@example.com" } }],
    [null, { add: ["Bcc: clerk@example.com", "References: <1@clerks-machine.example.net>"] }],
  ] as const)(
    "is withheld for %j with %j",
    async (withheld, { add = [], replace = [], h = SIGNED, tags = {} }: Change) => {
      const fields = [
        ...replace.reduce<readonly string[]>((all, field) => withField(field, all), HEADER),
        ...add,
      ];
      const answer = await read(answerMail({ fields, signing: { tags: { h, ...tags } } }));
      expect(answer).toMatchObject({ verdict: "verified", text: TEXT, withheld });
      if (answer.verdict !== "verified") return;
      expect(answer.evidence === null).toBe(withheld !== null);
      if (answer.evidence !== null) expect(latin1(answer.evidence)).not.toContain("clerk");
    },
  );
});

interface Change {
  readonly add?: readonly string[];
  readonly replace?: readonly string[];
  readonly h?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

it("answers for a mailbox in any case, and needs no more than the public function", async () => {
  const mailbox = "CHIEF@example.COM";
  expect(outcome(await readAnswer(answerMail(), { ...EXPECTED, mailbox }, keyOf, Date.parse(TODAY)))).toBe(
    "verified",
  );
});

describe("the mail that other tests and the demo answer with", () => {
  const about = {
    mailbox: "chief@example.com",
    address: ADDRESS,
    nonce: NONCE,
    day: "2026-05-18",
    text: "No.\n",
  };
  const known = answerKeys("example.com");
  const ask = async (name: string) => (name in known ? [known[name]!] : []);

  it.each([
    ["verified", {}],
    ["verified", { html: "<p>No.</p>" }],
    ["nonce-missing", { nonce: null }],
    ["unsigned", { signedBy: null }],
    ["signature-foreign", { signedBy: "example.net" }],
  ] as const)("is %s with %j", async (expected, changes) => {
    const answer = await read(await makeAnswerMail({ ...about, ...changes }), {}, ask);
    expect(outcome(answer)).toBe(expected);
    expect(answer.text).toBe("No.");
  });
});
