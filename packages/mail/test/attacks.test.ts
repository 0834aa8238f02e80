/** What somebody would try to enrol a mailbox that is not theirs, or one that is theirs twice. One test for each. */
import { describe, expect, it } from "vitest";
import { type MailErrorCode, type MailRules, parseHeader, proveMailbox } from "../src/index.ts";
import {
  ed25519,
  ed25519Key,
  FIELDS,
  headerOutcome,
  MAILBOX,
  mailOf,
  NOW,
  outcomeOf,
  RULES,
  rsa,
  rsaKey,
  type SenderKey,
  type Signing,
  signatureOver,
  signedMail,
  withField,
} from "./kit.ts";

const DOMAIN = "login.example.net";

/** What the whole check says of a mail for the baker's mailbox. */
function proof(
  mail: Uint8Array,
  changes: Partial<MailRules> = {},
  now = NOW,
): Promise<MailErrorCode | "accepted"> {
  return outcomeOf(() => proveMailbox(parseHeader(mail), { ...RULES, ...changes }, MAILBOX, now));
}

/** The rules with another record for the key of selector e. */
function withRecord(record: string, notBefore = "2026-01-01", notAfter = "2026-12-31"): Partial<MailRules> {
  return { keys: [{ name: `e._domainkey.${DOMAIN}`, record, notBefore, notAfter }] };
}

/** Signed from the beginning with a field in place of the usual one, or with one more. */
const signedWith = (field: string, signing: Signing = {}) => proof(signedMail(withField(field), signing));
const signedWithMore = (field: string) =>
  proof(signedMail([...FIELDS, field], { tags: { h: `From:To:Subject:Date:${field.split(":")[0]}` } }));

describe("an honest mail", () => {
  it.each([
    ["Ed25519, relaxed", {}],
    ["Ed25519, simple", { tags: { c: "simple/simple" } }],
    ["RSA, relaxed", { key: rsa }],
    ["RSA, simple", { key: rsa, tags: { c: null } }],
  ] satisfies [string, Signing][])("is accepted (%s)", async (_, signing) => {
    expect(await proof(signedMail(FIELDS, signing))).toBe("accepted");
  });

  it("may bear what transactional senders add", async () => {
    const more = [
      "Reply-To: a@b.example",
      "Sender: x <x@y.example>",
      "List-Unsubscribe: <https://example.net/u>",
      "Precedence: first-class",
    ];
    expect(await proof(signedMail([...FIELDS, ...more]))).toBe("accepted");
  });

  it("may write the mailbox in any of its spellings", async () => {
    expect(await signedWith("To: <Baker@Example.COM>")).toBe("accepted");
  });
});

describe("a copy that somebody sends", () => {
  it("to themselves by Bcc of a mail to the baker, signed by a sender who is not accepted", async () => {
    // The domain of a person's own mailbox signs what the person writes: so it must never be an accepted sender.
    const own = ed25519Key();
    const fields = ["From: eve@example.com", ...FIELDS.filter((field) => !field.startsWith("From"))];
    const mail = signedMail(fields, { key: own, tags: { d: "example.com" } });
    const keys = [...RULES.keys, { ...RULES.keys[0]!, name: "e._domainkey.example.com", record: own.record }];
    expect(await proof(mail, { keys })).toBe("sender-not-accepted");
  });

  it("with Bcc left in it", async () => {
    expect(await proof(signedMail([...FIELDS, "Bcc: eve@example.com"]))).toBe("copied-to-others");
  });

  it("with a signed Cc", async () => {
    expect(await signedWithMore("Cc: eve@example.com")).toBe("copied-to-others");
  });

  it("with an empty Cc, which some programs leave", async () => {
    expect(await signedWithMore("CC:")).toBe("copied-to-others");
  });

  it.each(["Resent-From: a@example.com", "Resent-To: eve@example.com", "Resent-Date: x", "resent-x: y"])(
    "by forwarding: %s",
    async (field) => {
      expect(await proof(mailOf([field, signatureOver(FIELDS), ...FIELDS]))).toBe("forwarded");
      expect(await signedWithMore(field)).toBe("forwarded");
    },
  );

  it.each([
    "List-Id: <staff.example.com>",
    "list-post: <mailto:staff@example.com>",
    "List-Help: x",
    "List-Subscribe: x",
    "List-Owner: x",
    "List-Archive: x",
    "Mailing-list: x",
    "X-Mailman-Version: 2",
    "X-BeenThere: staff@example.com",
    "X-Mailing-List: x",
    "X-Google-Group-Id: 1",
    "Precedence: list",
    "Precedence:\r\n Bulk ",
  ])("by a mailing list: %s", async (field) => {
    expect(await signedWithMore(field)).toBe("from-a-list");
    expect(await proof(mailOf([signatureOver(FIELDS), ...FIELDS, field]))).toBe("from-a-list");
  });
});

describe("a mail to somebody else", () => {
  it("as it is", async () => {
    expect(await signedWith("To: eve@example.com")).toBe("mailbox-differs");
  });

  it("by a second To above the signed one", async () => {
    const to = withField("To: eve@example.com");
    expect(await proof(mailOf(["To: baker@example.com", signatureOver(to), ...to]))).toBe("field-repeated");
  });

  it("by a second To below the signed one, where the signature looks first", async () => {
    const to = withField("To: eve@example.com");
    const mail = mailOf([signatureOver(to), ...to, "To: baker@example.com"]);
    expect(await proof(mail)).toBe("field-repeated");
    expect(await headerOutcome(mail)).toBe("signature-invalid");
  });

  it("by two To that are both signed", async () => {
    const fields = [...withField("To: eve@example.com"), "To: baker@example.com"];
    expect(await proof(signedMail(fields, { tags: { h: "From:To:To:Subject:Date" } }))).toBe(
      "field-repeated",
    );
  });

  it("by a To that nobody signed", async () => {
    const mail = mailOf([
      "To: baker@example.com",
      signatureOver(FIELDS.filter((field) => !field.startsWith("To"))),
      ...FIELDS.filter((field) => !field.startsWith("To")),
    ]);
    expect(await headerOutcome(mail)).toBe("signature-invalid");
    const unsigned = signedMail(FIELDS, { tags: { h: "From:Subject:Date" } });
    expect(await headerOutcome(unsigned)).toBe("accepted");
    expect(await proof(unsigned)).toBe("field-not-signed");
  });

  it("with To in a group", async () => {
    expect(await signedWith("To: staff: baker@example.com;")).toBe("addresses-not-one");
  });

  it("with two addresses in To", async () => {
    expect(await signedWith("To: baker@example.com, eve@example.com")).toBe("addresses-not-one");
  });

  it("with the baker's address as a display name", async () => {
    expect(await signedWith('To: "baker@example.com" <eve@example.com>')).toBe("mailbox-differs");
    expect(await signedWith("To: =?utf-8?Q?baker=40example.com?= <eve@example.com>")).toBe("mailbox-differs");
  });

  it("with the baker's address folded, encoded or commented into To", async () => {
    expect(await signedWith("To: eve@example.com\r\n (baker@example.com)")).toBe("address-refused");
    expect(await signedWith("To: ba\r\n ker@example.com")).toBe("address-refused");
    expect(await signedWith("To: =?utf-8?Q?baker?=@example.com")).toBe("address-refused");
    expect(await signedWith("To: baker@example.com\r\n\t, eve@example.com")).toBe("addresses-not-one");
  });

  it("with a field folded into another, for who reads lines and not fields", async () => {
    expect(await signedWith("Subject: New sign-in to\r\n To: eve@example.com")).toBe("accepted");
    const fields = withField("To: eve@example.com").map((field) =>
      field.startsWith("Subject") ? "Subject: New sign-in to\r\n To: baker@example.com" : field,
    );
    expect(await proof(signedMail(fields))).toBe("mailbox-differs");
  });

  it("with look-alikes of the baker's domain", async () => {
    expect(await signedWith("To: baker@ex\xd0\xb0mple.com")).toBe("address-refused");
    expect(await signedWith("To: baker@xn--exmple-4nf.com")).toBe("mailbox-differs");
    expect(await signedWith("To: baker@example.com.example.org")).toBe("mailbox-differs");
  });
});

describe("a sender who is not an accepted one", () => {
  const from = (field: string, d = DOMAIN, key: SenderKey = ed25519) => {
    const keys = [{ ...RULES.keys[0]!, name: `e._domainkey.${d}`, record: key.record }];
    return proof(signedMail(withField(field), { key, tags: { d } }), { keys });
  };

  it("signs with a key that is not pinned", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { d: "example.org" } }))).toBe("key-unknown");
    expect(await proof(signedMail(FIELDS, { tags: { s: "other" } }))).toBe("key-unknown");
  });

  it("signs in the name of an accepted one", async () => {
    expect(await proof(signedMail(FIELDS, { key: ed25519Key() }))).toBe("signature-invalid");
    expect(await proof(signedMail(FIELDS, { key: rsaKey() }))).toBe("signature-invalid");
  });

  it("signs as another domain than it writes From", async () => {
    expect(await from("From: no-reply@login.example.net", "example.org")).toBe("sender-not-aligned");
    expect(await from("From: no-reply@example.net")).toBe("sender-not-aligned");
  });

  it("has a name that ends or begins like an accepted one's", async () => {
    expect(await from("From: no-reply@evil-login.example.net")).toBe("sender-not-aligned");
    expect(await from("From: no-reply@login.example.net.example.org")).toBe("sender-not-aligned");
    expect(await from("From: no-reply@login.example.net", "evil-login.example.net")).toBe(
      "sender-not-aligned",
    );
    expect(await from("From: no-reply@login.example.net", "net.example.org")).toBe("sender-not-aligned");
  });

  it("is below or above the accepted domain", async () => {
    expect(await from("From: no-reply@sub.login.example.net")).toBe("sender-not-accepted");
    expect(await from("From: no-reply@sub.login.example.net", "sub.login.example.net")).toBe(
      "sender-not-accepted",
    );
    // Its parent may sign for it, but is not the signer that is accepted.
    expect(await from("From: no-reply@login.example.net", "example.net")).toBe("sender-not-accepted");
  });

  it("is another mailbox of the accepted domain", async () => {
    expect(await from("From: support@login.example.net")).toBe("sender-not-accepted");
    expect(await from("From: no-reply+x@login.example.net")).toBe("sender-not-accepted");
  });

  it("looks like the accepted one, in Unicode and in its ASCII form", async () => {
    expect(await from("From: no-reply@l\xd0\xbegin.example.net")).toBe("address-refused");
    const puny = "xn--lgin-0nf.example.net";
    expect(await from(`From: no-reply@${puny}`, puny)).toBe("sender-not-accepted");
  });

  it("shows the accepted address as its name", async () => {
    expect(await from('From: "no-reply@login.example.net" <eve@example.org>', "example.org")).toBe(
      "sender-not-accepted",
    );
  });

  it("writes a second From or a second address in From", async () => {
    const forged = ["From: no-reply@login.example.net", signatureOver(FIELDS), ...FIELDS];
    expect(await proof(mailOf(forged))).toBe("field-repeated");
    expect(await signedWith("From: no-reply@login.example.net, eve@example.org")).toBe("addresses-not-one");
  });

  it("is let in by `*@domain` in that very domain only", async () => {
    const any = { senders: [{ domain: DOMAIN, from: `*@${DOMAIN}`, subject: null }] };
    const by = (address: string) => proof(signedMail(withField(`From: ${address}`)), any);
    expect(await by("Someone@login.example.net")).toBe("accepted");
    expect(await by("someone@sub.login.example.net")).toBe("sender-not-accepted");
    expect(await by("someone@notlogin.example.net")).toBe("sender-not-aligned");
  });

  it("uses a key that says t=s for a domain below its own, or for another identity", async () => {
    const strict = withRecord(`${ed25519.record}; t=s`);
    const sub = { senders: [{ domain: DOMAIN, from: "a@sub.login.example.net", subject: null }] };
    const mail = signedMail(withField("From: a@sub.login.example.net"));
    expect(await proof(mail, sub)).toBe("accepted");
    expect(await proof(mail, { ...sub, ...strict })).toBe("sender-not-aligned");
    const identity = signedMail(FIELDS, { tags: { i: "@sub.login.example.net" } });
    expect(await proof(identity)).toBe("accepted");
    expect(await proof(identity, strict)).toBe("sender-not-aligned");
    expect(await headerOutcome(identity, { ...ed25519, record: `${ed25519.record}; t=s` })).toBe(
      "identity-foreign",
    );
    expect(await proof(signedMail(), strict)).toBe("accepted");
  });
});

describe("another mail of an accepted sender", () => {
  it("of another kind", async () => {
    expect(await signedWith("Subject: Your newsletter")).toBe("subject-not-accepted");
    expect(await signedWith("Subject: Fwd: New sign-in to your account")).toBe("subject-not-accepted");
  });

  it("whose subject becomes the right one only when decoded", async () => {
    expect(await signedWith("Subject: =?utf-8?Q?New_sign-in_to_your_account?=")).toBe("subject-not-accepted");
  });

  it("whose subject is folded otherwise on its way, which changes nothing", async () => {
    const mail = mailOf([signatureOver(FIELDS), ...withField("Subject: New\r\n\t sign-in to your account")]);
    expect(await proof(mail)).toBe("accepted");
  });

  it("whose subject nobody signed, or that has two or none", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { h: "From:To:Date" } }))).toBe("field-not-signed");
    expect(await proof(signedMail([...FIELDS, "Subject: New sign-in again"]))).toBe("field-repeated");
    const none = FIELDS.filter((field) => !field.startsWith("Subject"));
    expect(await proof(signedMail(none))).toBe("field-missing");
    const any = { senders: [{ ...RULES.senders[0]!, subject: null }] };
    expect(await proof(signedMail(none), any)).toBe("accepted");
    expect(await proof(signedMail([...FIELDS, "Subject: again"]), any)).toBe("field-repeated");
  });

  it("from outside the days that are accepted", async () => {
    const dated = (date: string) => signedWith(`Date: ${date}`);
    expect(await dated("30 Apr 2026 23:59:59 +0000")).toBe("outside-window");
    expect(await dated("1 May 2026 00:30:00 +0100")).toBe("outside-window");
    expect(await dated("1 May 2026 00:00:00 +0000")).toBe("accepted");
    expect(await dated("31 May 2026 23:59:59 +0000")).toBe("accepted");
    expect(await dated("31 May 2026 23:59:59 -0100")).toBe("outside-window");
  });

  it("whose date nobody signed, or that has two", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { h: "From:To:Subject" } }))).toBe("field-not-signed");
    const two = mailOf(["Date: Mon, 18 May 2026 09:30:00 +0000", signatureOver(FIELDS), ...FIELDS]);
    expect(await proof(two)).toBe("field-repeated");
  });
});

describe("a key that does not count any more, or never did", () => {
  it("revoked", async () => {
    expect(await proof(signedMail(), withRecord("v=DKIM1; k=ed25519; p="))).toBe("key-revoked");
  });

  it("retired: the mail is dated after its span", async () => {
    expect(await proof(signedMail(), withRecord(ed25519.record, "2026-01-01", "2026-05-17"))).toBe(
      "key-out-of-span",
    );
    expect(await proof(signedMail(), withRecord(ed25519.record, "2026-01-01", "2026-05-18"))).toBe(
      "accepted",
    );
  });

  it("marked as a test", async () => {
    expect(await proof(signedMail(), withRecord(`${ed25519.record}; t=y`))).toBe("key-testing");
  });

  it.each([
    ["1024 bits", rsaKey(1024)],
    ["the exponent 3", rsaKey(2048, 3)],
  ])("weak: %s", async (_, key) => {
    expect(await proof(signedMail(FIELDS, { key, tags: { s: "e" } }), withRecord(key.record))).toBe(
      "key-weak",
    );
  });

  it("of another kind than the signature says", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { s: "r" } }))).toBe("key-mismatch");
    expect(await proof(signedMail(FIELDS, { key: rsa, tags: { s: "e" } }))).toBe("key-mismatch");
  });
});

describe("a signature that is not what it should be", () => {
  it("that lets the body go on (l=)", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { l: "6" } }))).toBe("body-length-refused");
  });

  it("that has expired", async () => {
    const mail = signedMail(FIELDS, { tags: { x: String(NOW / 1000) } });
    expect(await proof(mail, {}, NOW)).toBe("accepted");
    expect(await proof(mail, {}, NOW + 1)).toBe("signature-expired");
  });

  it("from more than a day in the future", async () => {
    const mail = signedMail(FIELDS, { tags: { t: String(NOW / 1000) } });
    expect(await proof(mail, {}, NOW - 86_400_000)).toBe("accepted");
    expect(await proof(mail, {}, NOW - 86_400_001)).toBe("signature-from-future");
  });

  it("that states a tag twice, of which each reader takes another", async () => {
    const twice = { field: (tags: string) => `DKIM-Signature: d=example.org; ${tags}` };
    expect(await proof(signedMail(FIELDS, twice))).toBe("tag-repeated");
  });

  it("with an unsigned From", async () => {
    expect(await proof(signedMail(FIELDS, { tags: { h: "To:Subject:Date" } }))).toBe("from-not-signed");
  });

  it("with white space in b=, which is as good as without", async () => {
    const place = (field: string, base64: string) => `${field}\r\n ${base64.replace(/.{20}/g, "$& \r\n\t")} `;
    for (const c of ["relaxed/simple", "simple/simple"]) {
      expect(await proof(signedMail(FIELDS, { place, tags: { c } }))).toBe("accepted");
    }
  });

  it("with b= in another tag's value, where a careless verifier would cut", async () => {
    const notes = (value: string) => signedMail(FIELDS, { tags: { n: value } });
    expect(await proof(notes("b=AAAA"))).toBe("accepted");
    const mail = Buffer.from(notes("b=AAAA")).toString("latin1");
    expect(await proof(Buffer.from(mail.replace("n=b=AAAA", "n=b=AAAB"), "latin1"))).toBe(
      "signature-invalid",
    );
    // A bh= that ends in these letters would be base64 in a second spelling.
    const bh = `${"A".repeat(42)}b=`;
    expect(await proof(signedMail(FIELDS, { tags: { bh } }))).toBe("signature-malformed");
  });

  it("with another body hash than was signed", async () => {
    const mail = Buffer.from(signedMail()).toString("latin1");
    const other = mail.replace(/bh=[^;]+/, `bh=${"A".repeat(43)}=`);
    expect(await proof(Buffer.from(other, "latin1"))).toBe("signature-invalid");
  });

  it("that stands first though another one is good, or last", async () => {
    const good = signatureOver(FIELDS);
    const ofAnother = signatureOver(FIELDS, { key: ed25519Key(), tags: { d: "relay.example.org" } });
    const broken = "DKIM-Signature: v=1; a=rsa-sha1";
    const orders = [
      [good, ofAnother, broken],
      [ofAnother, good, broken],
      [broken, ofAnother, good],
    ];
    for (const order of orders) {
      expect(await proof(mailOf([...order, ...FIELDS]))).toBe("accepted");
      // Fields that hops put between the signature and what it covers.
      expect(await proof(mailOf([...order.slice(0, 2), FIELDS[0]!, ...order.slice(2), ...FIELDS]))).toBe(
        "accepted",
      );
    }
    expect(await proof(mailOf([ofAnother, broken, ...FIELDS]))).toBe("key-unknown");
    expect(await proof(mailOf([ofAnother, good.replace(/.$/, ""), ...FIELDS]))).toBe("key-unknown");
    expect(await proof(mailOf(FIELDS))).toBe("unsigned");
  });

  it("gives the reason of the accepted sender's, whichever stands first", async () => {
    const ofAnother = signatureOver(FIELDS, { key: ed25519Key(), tags: { d: "relay.example.org" } });
    const weak = signatureOver(FIELDS, { tags: { l: "6" } });
    for (const order of [
      [ofAnother, weak],
      [weak, ofAnother],
    ]) {
      expect(await proof(mailOf([...order, ...FIELDS]))).toBe("body-length-refused");
    }
  });
});

describe("fields that come after signing", () => {
  const over = { tags: { h: "From:From:To:To:Cc:Subject:Subject:Date:Date:Message-ID:Reply-To" } };

  it.each([
    "From: x@example.org",
    "To: x@example.org",
    "Cc: x@example.org",
    "Subject: x",
    "Reply-To: x@example.org",
  ])("break an oversigned mail: %s", async (field) => {
    expect(await headerOutcome(signedMail(FIELDS, over))).toBe("accepted");
    for (const fields of [
      [field, ...FIELDS],
      [...FIELDS, field],
    ]) {
      expect(await headerOutcome(mailOf([signatureOver(FIELDS, over), ...fields]))).toBe("signature-invalid");
    }
  });

  it("leave a mail as it was that is not oversigned and does not name them", async () => {
    expect(
      await proof(mailOf(["X-Spam: no", signatureOver(FIELDS), "Received: by c", ...FIELDS, "X-Last: y"])),
    ).toBe("accepted");
  });
});
