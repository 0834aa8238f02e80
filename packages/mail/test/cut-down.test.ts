import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cutDown,
  listedSignatures,
  MailError,
  parseCutDown,
  parseHeader,
  proveMailbox,
  readKeyRecord,
} from "../src/index.ts";
import { verifyHeader } from "../src/verify-header.ts";
import {
  ed25519,
  FIELDS,
  MAILBOX,
  mailOf,
  NOW,
  onlySignature,
  outcomeOf,
  RULES,
  rsa,
  signatureOver,
  signedMail,
} from "./kit.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytes = (value: string) => new Uint8Array(Buffer.from(value, "latin1"));

/** Mails of any fields, signed under any h=, with fields of others put in afterwards. */
const names = ["From", "To", "Subject", "Date", "X-A", "X-B"];
const value = fc
  .array(fc.constantFrom("a", "B", " ", "\t", "\r\n x", "=?", "\xe4", ";", ":"), { maxLength: 6 })
  .map((parts) => `v${parts.join("")}`);
const field = fc.tuple(fc.constantFrom(...names), value).map(([name, content]) => `${name}:${content}`);
const mails = fc
  .record({
    fields: fc.array(field, { maxLength: 8 }),
    h: fc
      .array(fc.constantFrom(...names, "x-none"), { maxLength: 10 })
      .map((list) => ["from", ...list].join(":")),
    c: fc.constantFrom("simple/simple", "relaxed/relaxed"),
    after: fc.array(fc.tuple(field, fc.nat(9)), { maxLength: 2 }),
    at: fc.nat(9),
  })
  .map(({ fields, h, c, after, at }) => {
    const all = [...fields];
    all.splice(at, 0, signatureOver(fields, { tags: { h, c } }));
    for (const [added, place] of after) all.splice(place, 0, added);
    return { mail: mailOf(all), added: after.length };
  });

const key = readKeyRecord(ed25519.record);

describe("a mail that is cut down", () => {
  it("is its signature and what that covers, the last of h= first, and nothing else", () => {
    const fields = [...FIELDS, "X-Spam: no", "X-Last: y"];
    const signature = signatureOver(fields, { tags: { h: "Date:From:x-spam:Subject:To" } });
    const { header, signature: read } = onlySignature(mailOf([fields[0]!, signature, ...fields]));
    expect(text(cutDown(header, read))).toBe(
      [signature, FIELDS[2], FIELDS[3], "X-Spam: no", FIELDS[1], FIELDS[4], ""].join("\r\n"),
    );
  });

  it("has every instance that is covered, in the order in which the signature takes them", async () => {
    const fields = ["From: a", "X-A: 1", "X-A: 2", "X-A: 3"];
    const signature = signatureOver(fields, { tags: { h: "X-A:From:X-A:X-B" } });
    const { header, signature: read } = onlySignature(mailOf([signature, ...fields]));
    const cut = cutDown(header, read);
    expect(text(cut)).toBe([signature, "X-A: 2", "From: a", "X-A: 3", ""].join("\r\n"));
    await verifyHeader(parseCutDown(cut).header, parseCutDown(cut).signature, key, NOW);
  });

  it("verifies as it did whole, and cut again stays the same", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(mails, async ({ mail, added }) => {
        const whole = onlySignature(mail);
        const cut = cutDown(whole.header, whole.signature);
        const parsed = parseCutDown(cut);
        expect(cutDown(parsed.header, parsed.signature)).toEqual(cut);
        const before = await outcomeOf(() => verifyHeader(whole.header, whole.signature, key, NOW));
        const after = await outcomeOf(() => verifyHeader(parsed.header, parsed.signature, key, NOW));
        expect(after).toBe(before);
        if (added === 0) expect(before).toBe("accepted");
        if (before === "accepted") accepted++;
      }),
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it("proves the mailbox as it did whole", async () => {
    for (const sender of [ed25519, rsa]) {
      const whole = onlySignature(
        mailOf(["X-Spam: no", text(signedMail(FIELDS, { key: sender })).split("\r\n\r\n")[0]!]),
      );
      const cut = parseCutDown(cutDown(whole.header, whole.signature));
      expect((await proveMailbox(cut.header, RULES, MAILBOX, NOW)).bytes).toEqual(whole.signature.bytes);
    }
  });

  const usual = onlySignature(signedMail());
  const cut = text(cutDown(usual.header, usual.signature));
  const lines = cut.split("\r\n").slice(0, -1);

  it.each([
    ["a body", `${cut}\r\nbody\r\n`],
    ["an empty line", `${cut}\r\n`],
    ["a field that nobody signed", `${cut}X-Spam: no\r\n`],
    ["a field above", `X-Spam: no\r\n${cut}`],
    ["a covered field twice", `${cut}${lines.at(-1)}\r\n`],
    ["another signature", `${cut}DKIM-Signature: v=1\r\n`],
    ["no signature", `${lines.slice(1).join("\r\n")}\r\n`],
    ["fields in another order", `${[lines[0], ...lines.slice(1).reverse()].join("\r\n")}\r\n`],
    ["LF for line ends", cut.replaceAll("\r\n", "\n")],
  ])("is refused with %s", async (_, changed) => {
    expect(changed).not.toBe(cut);
    expect(await outcomeOf(() => parseCutDown(bytes(cut)))).toBe("accepted");
    expect(await outcomeOf(() => parseCutDown(bytes(changed)))).toBe("not-cut-down");
  });

  it("is refused for what its signature is refused for", async () => {
    expect(await outcomeOf(() => parseCutDown(bytes(cut.replace("v=1", "v=2"))))).toBe("signature-malformed");
  });
});

describe("one byte changed in what is signed", () => {
  const canonical = (raw: string) => {
    const colon = raw.indexOf(":");
    const unfolded = raw.slice(colon + 1).replace(/\r\n/g, "");
    return `${raw.slice(0, colon).toLowerCase()}:${unfolded.replace(/[ \t]+/g, " ").trim()}`;
  };

  /** Whether two headers are the same but for what relaxed canonicalization forgives, and white space in b=. */
  function isRelaxedEqual(a: string, b: string): boolean {
    const [one, other] = [a, b].map((one) =>
      one
        .split(/\r\n(?![ \t])/)
        .map(canonical)
        .map((raw) =>
          raw.startsWith("dkim-signature:") ? raw.replace(/(; b=).*/, (tag) => tag.replaceAll(" ", "")) : raw,
        ),
    );
    return JSON.stringify(one) === JSON.stringify(other);
  }

  it.each(["relaxed/simple", "simple/simple"])("is noticed (%s)", async (c) => {
    const { header, signature } = onlySignature(signedMail(FIELDS, { tags: { c } }));
    const cut = cutDown(header, signature);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(cut.length - 1), fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        const changed = cut.slice();
        changed[at]! ^= difference;
        const same = c.startsWith("relaxed") && isRelaxedEqual(text(cut), text(changed));
        const outcome = await outcomeOf(async () => {
          const parsed = parseHeader(changed);
          const [first] = listedSignatures(parsed);
          if (first === undefined) throw new MailError("unsigned");
          if (first.signature === null) throw first.error;
          await verifyHeader(parsed, first.signature, key, NOW);
        });
        if (!same) {
          expect(outcome).not.toBe("accepted");
          refused++;
        }
      }),
      { numRuns: 250 },
    );
    expect(refused).toBeGreaterThan(80);
  });
});
