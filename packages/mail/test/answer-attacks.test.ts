/**
 * What somebody would try who wants words published as the addressee's that are not, or that were not meant as an answer.
 * Every reason of the closed list stands here with what brings it about, and with the one change that makes the mail good.
 */
import { MAX_ANSWER_MAIL_BYTES, MAX_ANSWER_TEXT } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { checkAnswerEvidence, UNVERIFIED_SENTENCES, type UnverifiedReason } from "../src/answer/index.ts";
import {
  ADDRESS,
  type Answer,
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
  TODAY,
  withField,
  without,
} from "./answer-kit.ts";
import { ed25519, ed25519Key, rsa, rsaKey } from "./kit.ts";

const stranger = ed25519Key();
const weak = rsaKey(1024);
const signed = (fields: readonly string[], answer: Answer = {}) => answerMail({ ...answer, fields });
const field = (text: string, answer: Answer = {}) => signed(withField(text), answer);
const added = (text: string, answer: Answer = {}) => signed([...HEADER, text], answer);
/** Signed, and changed after that. */
const later = (fields: readonly string[], body = BODY) =>
  answerMail({ fields, body, signedFields: HEADER, signedBody: BODY });
const tags = (some: Record<string, string | null>, answer: Answer = {}) =>
  answerMail({ ...answer, signing: { tags: some } });
const typed = (type: string, encoding: string, body: string) =>
  answerMail({
    fields: withField(`Content-Type: ${type}`, withField(`Content-Transfer-Encoding: ${encoding}`)),
    body,
  });
/** Of a whole body, framed by hand. */
const framed = (body: string, type = 'multipart/mixed; boundary="b1"') =>
  answerMail({ fields: withField(`Content-Type: ${type}`, without("content-transfer-encoding")), body });
const part = "Content-Type: text/plain\r\n\r\nWords.";

function nested(depth: number, boundary = (level: number) => `n${level}n`): Uint8Array {
  let inner = plainPart();
  for (let level = depth; level > 1; level--)
    inner = multipart("mixed", [inner], boundary(level)).join("\r\n\r\n");
  const [type, body] = multipart("mixed", [inner], boundary(1));
  return answerMail({ fields: withField(type, without("content-transfer-encoding")), body });
}

const attacks: readonly (readonly [string, UnverifiedReason, Uint8Array])[] = [
  ["a mail of more than 1 MB", "too-large", answerMail({ body: "a\r\n".repeat(MAX_ANSWER_MAIL_BYTES / 3) })],
  ["bytes that are no mail", "header-refused", new Uint8Array([0, 1, 2])],
  ["no bytes", "header-refused", new Uint8Array()],
  ["a control character in the header", "header-refused", added("X-A: \x01")],
  // Fields that two programs could read differently.
  [
    "a second From above the signed one",
    "field-repeated",
    bytesOf([`From: boss@example.net`, signatureOf({}), ...HEADER], BODY),
  ],
  ["a second From below the signed one", "field-repeated", added("From: boss@example.net")],
  ["a second Subject", "field-repeated", added(`Subject: ${NONCE}`)],
  ["a second To", "field-repeated", added("To: a@example.com")],
  ["a second Content-Type", "ambiguous", added("Content-Type: text/html")],
  ["no To", "field-missing", signed(without("to"))],
  ["no Subject", "field-missing", signed(without("subject"))],
  ["two addresses in From", "address-refused", field("From: chief@example.com, boss@example.com")],
  ["a comment in From", "address-refused", field("From: chief@example.com (boss@example.net)")],
  ["a group in To", "address-refused", field(`To: undisclosed: ${ADDRESS};`)],
  ["a quotation mark left open in To", "address-refused", field(`To: "a, ${ADDRESS}`)],
  ["101 addresses in To", "address-refused", field(`To: ${"a@b.example,".repeat(100)}${ADDRESS}`)],
  ["a date of another form", "date-refused", field("Date: 2026-05-18T09:30:00Z")],
  ["a subject with half an encoded word", "subject-refused", field(`Subject: =?utf-8?Q?a ${NONCE}`)],
  ["an encoded word within a word", "subject-refused", field(`Subject: a=?utf-8?Q?b?= ${NONCE}`)],
  [
    "a field put in by an encoded word",
    "subject-refused",
    field(`Subject: =?utf-8?Q?=0D=0ABcc:_a?= ${NONCE}`),
  ],
  ["a NUL in an encoded word", "subject-refused", field(`Subject: =?utf-8?B?AA==?= ${NONCE}`)],
  [
    "a direction override in the subject",
    "subject-refused",
    field(`Subject: =?utf-8?Q?=E2=80=AE?= ${NONCE}`),
  ],
  [
    "a character cut in two by encoded words",
    "subject-refused",
    field(`Subject: =?utf-8?Q?=C3?= =?utf-8?Q?=BC?= ${NONCE}`),
  ],
  ["a subject of an unknown character set", "subject-refused", field(`Subject: =?utf-7?Q?a?= ${NONCE}`)],
  ["bytes in the subject that are not UTF-8", "subject-refused", field(`Subject: \xff ${NONCE}`)],
  // Somebody else's mail.
  ["another mailbox of the same domain", "from-differs", field("From: clerk@example.com")],
  [
    "the addressee's address as a display name",
    "from-differs",
    field('From: "chief@example.com" <chief@example.net>'),
  ],
  ["a mailbox with a tag", "from-differs", field("From: chief+a@example.com")],
  ["a subdomain in From", "from-differs", field("From: chief@mail.example.com")],
  ["a lookalike domain", "from-differs", field("From: chief@examp1e.com")],
  ["a Sender who writes for the addressee", "sender-differs", added("Sender: clerk@example.com")],
  ["a note of absence", "automatic", added("Auto-Submitted: auto-replied")],
  ["a note of absence by Exchange", "automatic", added("X-Auto-Response-Suppress: All")],
  ["a mail that came by a list", "automatic", added("Precedence: list")],
  [
    "a mail to somebody else, with the code in its subject",
    "address-missing",
    field("To: clerk@example.com"),
  ],
  [
    "a mail to another letter's answer address",
    "address-missing",
    field(`To: ${ADDRESS.replace("answer-a", "answer-b")}`),
  ],
  ["the answer address as a display name", "address-missing", field(`To: "${ADDRESS}" <clerk@example.com>`)],
  [
    "the answer address in Bcc",
    "address-missing",
    signed([...withField("To: clerk@example.com"), `Bcc: ${ADDRESS}`]),
  ],
  ["a mail without the code", "nonce-missing", field("Subject: Re: Your letter")],
  ["a mail with another letter's code", "nonce-missing", field("Subject: ABCD-EFGH-JKMN-PQRT")],
  ["the code in the text alone", "nonce-missing", field("Subject: Re", { body: `${NONCE}\r\n` })],
  ["an old mail that is shown again", "dated-before", field("Date: Sat, 9 May 2026 23:59:59 +0000")],
  ["an old mail by its UTC day", "dated-before", field("Date: Sun, 10 May 2026 00:30:00 +0100")],
  ["a mail dated ahead", "dated-ahead", field("Date: Thu, 21 May 2026 00:00:00 +0000")],
  // Signatures.
  ["a mail without a signature", "unsigned", bytesOf(HEADER, BODY)],
  ["the signature of another domain", "signature-foreign", tags({ d: "example.net" })],
  ["the signature of the parent domain", "signature-foreign", tags({ d: "com.example" })],
  ["the signature of a subdomain", "signature-foreign", tags({ d: "mail.example.com" })],
  ["a signature by SHA-1", "signature-refused", tags({ a: "rsa-sha1" })],
  ["a signature with a tag twice", "signature-refused", tags({ d: "example.com; d=example.com" })],
  ["a signature for a stranger's user", "signature-refused", tags({ i: "@example.net" })],
  ["words after what l= covers", "body-length-limited", tags({ l: "4" })],
  ["l= over the whole body", "body-length-limited", tags({ l: String(BODY.length) })],
  ["a subject that is not signed", "field-not-signed", tags({ h: SIGNED.replace("Subject:", "") })],
  ["a date that is not signed", "field-not-signed", tags({ h: SIGNED.replace("Date:", "") })],
  [
    "a mail to a colleague, sent on by its reader with the answer address in a Cc that is not signed",
    "recipient-not-signed",
    answerMail({
      fields: [...withField("To: colleague@example.com"), `Cc: ${ADDRESS}`],
      signing: { tags: { h: SIGNED.replace("Cc:", "") } },
    }),
  ],
  ["other words than were signed", "body-changed", later(HEADER, BODY.replace("June", "July"))],
  ["words added at the end", "body-changed", later(HEADER, `${BODY}P.S. Never.\r\n`)],
  ["words taken away", "body-changed", later(HEADER, "We have read your letter.\r\n")],
  ["a stranger's signature with the right names", "signature-invalid", answerMail({ key: stranger })],
  [
    "the code put into the subject of another mail",
    "signature-invalid",
    answerMail({ signedFields: withField("Subject: Re: Lunch") }),
  ],
  [
    "the answer address put into To",
    "signature-invalid",
    answerMail({ signedFields: withField("To: clerk@example.com") }),
  ],
  [
    "an old mail given a new date",
    "signature-invalid",
    answerMail({ signedFields: withField("Date: Mon, 4 May 2026 09:30:00 +0000") }),
  ],
  [
    "another boundary in a signed Content-Type",
    "signature-invalid",
    answerMail({
      ...bodyOf(multipart("mixed", [multipart("mixed", [plainPart()], "c2").join("\r\n\r\n")]), "c2"),
    }),
  ],
  ["an expired signature", "signature-out-of-time", tags({ x: String(Date.parse("2026-05-19") / 1000) })],
  [
    "a signature from the day after",
    "signature-out-of-time",
    tags({ t: String(Date.parse("2026-05-21T00:00:01Z") / 1000) }),
  ],
  // How the text is to be read.
  [
    "a single text whose Content-Type anybody could change",
    "content-not-signed",
    tags({ h: SIGNED.replace(":Content-Type", "") }),
  ],
  [
    "a transfer encoding put in on the way",
    "content-not-signed",
    tags({ h: "From:To:Subject:Date:Content-Type" }),
  ],
  [
    "a transfer encoding taken away on the way",
    "content-not-signed",
    signed(without("content-transfer-encoding"), {
      body: "Gr=C3=BC\r\n",
      signing: { tags: { h: "From:To:Subject:Date:Content-Type" } },
    }),
  ],
  [
    "base64 without its transfer encoding",
    "content-not-signed",
    signed(without("content-transfer-encoding"), {
      body: "R3LDvMOf\r\n",
      signing: { tags: { h: "From:To:Subject:Date:Content-Type" } },
    }),
  ],
  [
    "a multipart shown as its source",
    "content-not-signed",
    signed(withField("Content-Type: text/plain", without("content-transfer-encoding")), {
      body: multipart("mixed", [plainPart()])[1],
      signing: { tags: { h: "From:To:Subject:Date" } },
    }),
  ],
  [
    "an inner boundary in an unsigned Content-Type",
    "content-not-signed",
    signed(withField('Content-Type: multipart/mixed; boundary="c2"', without("content-transfer-encoding")), {
      body: multipart("mixed", [multipart("mixed", [plainPart()], "c2").join("\r\n\r\n")])[1],
      signing: { tags: { h: "From:To:Subject:Date" } },
    }),
  ],
  // Structures.
  [
    "an attached multipart",
    "ambiguous",
    multipartMail("mixed", [
      `Content-Disposition: attachment\r\n${multipart("mixed", [plainPart()], "c2").join("\r\n\r\n")}`,
    ]),
  ],
  [
    "a boundary within that begins the outer one",
    "ambiguous",
    nested(2, (level) => `b${"1".repeat(3 - level)}`),
  ],
  [
    "a character set twice",
    "ambiguous",
    typed("text/plain; charset=utf-8; charset=us-ascii", "8bit", "a\r\n"),
  ],
  [
    "a character set in pieces",
    "ambiguous",
    typed("text/plain; charset=utf-8; charset*0=koi8-r", "8bit", "a\r\n"),
  ],
  ["a bare LF in the body", "ambiguous", answerMail({ body: "a\nb\r\n" })],
  ["a bare CR in the body", "ambiguous", answerMail({ body: "a\rb\r\n" })],
  ["no closing boundary", "ambiguous", framed(`--b1\r\n${part}\r\n`)],
  ["no boundary at all", "ambiguous", framed("Words.\r\n")],
  ["no parts", "ambiguous", framed("--b1--\r\n")],
  ["an empty part", "ambiguous", framed(`--b1\r\n--b1\r\n${part}\r\n--b1--\r\n`)],
  ["a part after the end", "ambiguous", framed(`--b1\r\n${part}\r\n--b1--\r\n--b1\r\n${part}\r\n--b1--\r\n`)],
  ["words after the end", "ambiguous", framed(`--b1\r\n${part}\r\n--b1--\r\nNever.\r\n`)],
  [
    "a line that begins with the boundary",
    "ambiguous",
    framed(`--b1\r\n${part}\r\n--b12\r\n${part}\r\n--b1--\r\n`),
  ],
  [
    "a header of a part without an end",
    "ambiguous",
    framed("--b1\r\nContent-Type: text/plain\r\n--b1--\r\n"),
  ],
  [
    "a malformed header of a part",
    "ambiguous",
    framed("--b1\r\nContent-Type : text/plain\r\n\r\na\r\n--b1--\r\n"),
  ],
  [
    "Content-Type twice in a part",
    "ambiguous",
    framed(`--b1\r\nContent-Type: text/html\r\n${part}\r\n--b1--\r\n`),
  ],
  [
    "a boundary twice",
    "ambiguous",
    framed(`--b1\r\n${part}\r\n--b1--\r\n`, 'multipart/mixed; boundary="b1"; boundary="b2"'),
  ],
  [
    "a boundary by RFC 2231",
    "ambiguous",
    framed(`--b1\r\n${part}\r\n--b1--\r\n`, "multipart/mixed; boundary*=us-ascii''b1"),
  ],
  [
    "a boundary in pieces",
    "ambiguous",
    framed(`--b1\r\n${part}\r\n--b1--\r\n`, 'multipart/mixed; boundary="b1"; boundary*0="b"'),
  ],
  [
    "a boundary with a backslash",
    "ambiguous",
    framed(`--b1\r\n${part}\r\n--b1--\r\n`, 'multipart/mixed; boundary="b\\1"'),
  ],
  [
    "a boundary without its quotation marks",
    "ambiguous",
    framed(`--b=1\r\n${part}\r\n--b=1--\r\n`, "multipart/mixed; boundary=b=1"),
  ],
  ["no boundary named", "ambiguous", framed(`--b1\r\n${part}\r\n--b1--\r\n`, "multipart/mixed")],
  ["a comment in Content-Type", "ambiguous", typed("text/plain (html); charset=utf-8", "8bit", "a\r\n")],
  ["no subtype", "ambiguous", typed("text", "8bit", "a\r\n")],
  ["an unknown transfer encoding", "ambiguous", typed("text/plain", "x-uuencode", "a\r\n")],
  [
    "an encoded multipart",
    "ambiguous",
    answerMail({
      fields: withField(
        'Content-Type: multipart/mixed; boundary="b1"',
        withField("Content-Transfer-Encoding: base64"),
      ),
      body: multipart("mixed", [plainPart()])[1],
    }),
  ],
  ["the same boundary within", "ambiguous", nested(2, () => "b1")],
  ["a boundary that begins the one within", "ambiguous", nested(2, (level) => `b${"1".repeat(level)}`)],
  ["multiparts in one another, eleven deep", "ambiguous", nested(11)],
  [
    "a hundred and one parts",
    "ambiguous",
    multipartMail(
      "mixed",
      Array.from({ length: 101 }, () => htmlPart()),
    ),
  ],
  [
    "a message within, which some programs unfold",
    "ambiguous",
    multipartMail("mixed", [plainPart(), "Content-Type: message/rfc822\r\n\r\nFrom: a\r\n\r\nNever."]),
  ],
  ["a report", "ambiguous", multipartMail("report", [plainPart()])],
  ["a digest", "ambiguous", multipartMail("digest", [plainPart()])],
  ["an unknown disposition", "ambiguous", multipartMail("mixed", [`Content-Disposition: hidden\r\n${part}`])],
  // Texts.
  ["HTML alone", "no-plain-text", typed("text/html; charset=utf-8", "8bit", "<p>No.</p>\r\n")],
  [
    "HTML with an empty plain text",
    "no-plain-text",
    multipartMail("alternative", [plainPart(" \r\n"), htmlPart()]),
  ],
  ["no words", "no-plain-text", answerMail({ body: "\r\n \r\n" })],
  [
    "an attached text alone",
    "no-plain-text",
    multipartMail("mixed", [`Content-Disposition: attachment\r\n${part}`]),
  ],
  ["two texts", "several-plain-texts", multipartMail("mixed", [plainPart("Yes."), plainPart("No.")])],
  [
    "two alternatives of plain text",
    "several-plain-texts",
    multipartMail("alternative", [plainPart("Yes."), plainPart("No.")]),
  ],
  ["a character set that nobody knows", "unreadable", typed("text/plain; charset=x-none", "8bit", "a\r\n")],
  ["UTF-16", "unreadable", typed("text/plain; charset=utf-16", "base64", "YQBiAA==\r\n")],
  ["UTF-7", "unreadable", typed("text/plain; charset=utf-7", "7bit", "a\r\n")],
  [
    "bytes that are not of the character set",
    "unreadable",
    typed("text/plain; charset=utf-8", "8bit", "\xff\r\n"),
  ],
  ["bytes beyond ASCII in ASCII", "unreadable", typed("text/plain", "8bit", "\xc3\xbc\r\n")],
  [
    "quotation marks of Windows in ISO 8859-1",
    "unreadable",
    typed("text/plain; charset=iso-8859-1", "8bit", "\x93so\x94\r\n"),
  ],
  ["bytes beyond ASCII in 7bit", "unreadable", typed("text/plain; charset=utf-8", "7bit", "\xc3\xbc\r\n")],
  [
    "malformed quoted-printable",
    "unreadable",
    typed("text/plain; charset=utf-8", "quoted-printable", "=ZZ\r\n"),
  ],
  [
    "base64 with something after its end",
    "unreadable",
    typed("text/plain; charset=utf-8", "base64", "TmVpbg==\r\nSmE=\r\n"),
  ],
  [
    "base64 with a stray character",
    "unreadable",
    typed("text/plain; charset=utf-8", "base64", "TmV*pbg==\r\n"),
  ],
  [
    "a direction override",
    "characters-refused",
    typed("text/plain; charset=utf-8", "8bit", "a\xe2\x80\xaeb\r\n"),
  ],
  ["a NUL", "characters-refused", typed("text/plain; charset=utf-8", "8bit", "a\0b\r\n")],
  [
    "a CR alone within base64",
    "characters-refused",
    typed("text/plain; charset=utf-8", "base64", `${btoa("a\rb")}\r\n`),
  ],
  [
    "a terminal's control sequence",
    "characters-refused",
    typed("text/plain; charset=utf-8", "8bit", "\x1b[2Ja\r\n"),
  ],
  [
    "a text that is too long for a page",
    "text-too-long",
    answerMail({ body: `${"a".repeat(MAX_ANSWER_TEXT + 1)}\r\n` }),
  ],
];

function bodyOf([type, body]: [string, string], boundary: string): Answer {
  const fields = withField(type, without("content-transfer-encoding"));
  return {
    signedFields: fields,
    fields: withField(`Content-Type: multipart/mixed; boundary="${boundary}"`, fields),
    body,
  };
}

const keys: readonly (readonly [string, UnverifiedReason, Uint8Array, () => Promise<readonly string[]>])[] = [
  ["DNS that does not answer", "key-unreachable", answerMail(), () => Promise.reject(new Error("down"))],
  ["a key that is gone", "key-missing", answerMail(), async () => []],
  ["text that is no key", "key-refused", answerMail(), async () => ["v=spf1"]],
  ["two keys of one name", "key-refused", answerMail(), async () => [ed25519.record, rsa.record]],
  ["a revoked key", "key-refused", answerMail(), async () => ["v=DKIM1; k=ed25519; p="]],
  ["a key of 1024 bits", "key-refused", answerMail({ key: weak }), async () => [weak.record]],
  ["a key of the other kind", "key-refused", answerMail(), async () => [rsa.record]],
  ["a key that is a test", "key-refused", answerMail(), async () => [`${ed25519.record}; t=y`]],
  [
    "a key for its own domain, with another identity",
    "key-refused",
    tags({ i: "@a.example.com" }),
    async () => [`${ed25519.record}; t=s`],
  ],
  [
    "a stranger's key put in by a signature of their own",
    "key-missing",
    tags({ s: "x" }, { key: stranger }),
    async () => [],
  ],
];

describe("is not the addressee's answer:", () => {
  it.each(attacks)("%s (%s)", async (_, reason, mail) => {
    expect(outcome(await read(mail))).toBe(reason);
  });

  it.each(keys)("%s (%s)", async (_, reason, mail, ask) => {
    expect(outcome(await read(mail, {}, ask))).toBe(reason);
  });

  it("and there is no reason that nothing shows", () => {
    const shown = new Set<string>([...attacks, ...keys].map(([, reason]) => reason));
    const all = Object.keys(UNVERIFIED_SENTENCES).filter((reason) => reason !== "not-evidence");
    expect([...shown].sort()).toEqual(all.sort());
  });
});

describe("DNS is not asked", () => {
  it("for a mail that is wrong in anything that can be seen without", async () => {
    const before = [
      "field-",
      "address-",
      "from-",
      "sender-",
      "automatic",
      "nonce-",
      "dated-",
      "unsigned",
      "signature-foreign",
      "signature-refused",
      "body-",
      "recipient-",
    ];
    const seen = attacks.filter(([, reason]) => before.some((start) => reason.startsWith(start)));
    expect(seen.length).toBeGreaterThan(30);
    for (const [name, , mail] of seen) {
      const answer = await read(mail, {}, () => Promise.reject(new Error("was asked")));
      expect(outcome(answer), name).not.toBe("key-unreachable");
    }
  });

  it("more than four times for one mail", async () => {
    let asked = 0;
    const many = Array.from({ length: 40 }, (_, at) => signatureOf({ signing: { tags: { s: `s${at}` } } }));
    const answer = await read(bytesOf([...many, ...HEADER], BODY), {}, async () => {
      asked++;
      return [];
    });
    expect([outcome(answer), asked]).toEqual(["key-missing", 4]);
  });
});

describe("a mail that does not count", () => {
  it("is told apart by whether it claimed to be the addressee's", async () => {
    const claims = async (mail: Uint8Array) => {
      const answer = await read(mail);
      return answer.verdict === "unverified" && answer.claimsAddressee;
    };
    expect(await claims(bytesOf(HEADER, BODY))).toBe(true);
    expect(await claims(field('From: "CHIEF@example.com" <a@example.net>'))).toBe(true);
    expect(await claims(bytesOf(["From: a@example.net", ...HEADER], BODY))).toBe(true);
    expect(await claims(field("From: a@example.net"))).toBe(false);
    expect(await claims(new Uint8Array(9))).toBe(false);
  });

  it("shows organisers subject and text as far as they can be read", async () => {
    expect(await read(bytesOf(HEADER, BODY))).toMatchObject({
      subject: `Re: Your letter (${NONCE})`,
      text: expect.stringContaining("June"),
    });
    expect(await read(field("Subject: \xff"))).toMatchObject({
      subject: null,
      text: expect.stringContaining("June"),
    });
    expect(await read(answerMail({ body: "a\nb\r\n" }))).toMatchObject({
      subject: `Re: Your letter (${NONCE})`,
      text: null,
      claimsAddressee: true,
    });
    expect(await read(typed("text/html", "8bit", "<p>a\r\n"))).toMatchObject({ text: null });
    expect(await read(multipartMail("mixed", [plainPart("Yes."), plainPart("No.")]))).toMatchObject({
      text: null,
    });
  });

  it("says nothing of the mail in the sentence for its reason", () => {
    for (const sentence of Object.values(UNVERIFIED_SENTENCES)) expect(sentence).toMatch(/^[A-Z][^"{}]+\.$/);
  });
});

describe("evidence that somebody made up", () => {
  it("is refused for a letter that was delivered later, another code, another mailbox, or a day before the mail", async () => {
    const answer = await read(answerMail());
    if (answer.verdict !== "verified") throw new Error(answer.reason);
    const check = async (changes: object, taken = TODAY) =>
      outcome(await checkAnswerEvidence(answer.evidence!, answer.record, { ...EXPECTED, ...changes }, taken));
    expect(await check({ notBefore: "2026-05-19" })).toBe("dated-before");
    expect(await check({ nonce: "ZBCD-EFGH-JKMN-PQRS" })).toBe("nonce-missing");
    expect(await check({ mailbox: "other@example.com" })).toBe("from-differs");
    expect(await check({ address: "answer-b@answers.example.org" })).toBe("address-missing");
    expect(await check({}, "2026-05-17")).toBe("dated-ahead");
  });

  it("is refused for a mail whose evidence is withheld", async () => {
    const mail = bytesOf(
      [signatureOf({ fields: [...HEADER, "Cc: clerk@example.com"] }), ...HEADER, "Cc: clerk@example.com"],
      BODY,
    );
    const cut = Buffer.from(mail)
      .toString("latin1")
      .replace(/Received:.*\r\n/, "");
    expect(
      outcome(await checkAnswerEvidence(Buffer.from(cut, "latin1"), ed25519.record, EXPECTED, TODAY)),
    ).toBe("not-evidence");
    expect(outcome(await read(mail, {}, keyOf))).toBe("verified");
  });
});
