/** Where handing over stands, and what is signed of it. */
import {
  addDays,
  type DeliveryWay,
  type PreparedDelivery,
  signerFromSeed,
  verifyDelivery,
} from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayProblem,
  deliveryBody,
  deliverySpan,
  noMailWords,
  stepOf,
} from "../../../../src/islands/desk/letters/after/delivery/delivery-steps.ts";

const hash = (letter: string) => letter.repeat(43);
const PREPARED: PreparedDelivery = {
  day: "2026-05-02",
  size: 12,
  document: hash("A"),
  pages: 4,
  bundle: hash("Q"),
  bundleBytes: 1000,
  nonce: hash("g"),
};
const signer = signerFromSeed(new Uint8Array(32).fill(5));
const of = { workforce: hash("w"), letter: hash("c"), delivered: "2026-05-03" };

describe("the step", () => {
  test.each([
    ["not-closed", PREPARED, "sending", "waits"],
    [null, null, "none", "prepare"],
    [null, PREPARED, "none", "ready"],
    [null, PREPARED, "refused", "ready"],
    [null, PREPARED, "logged", "ready"],
    [null, PREPARED, "sending", "uncertain"],
  ] as const)("missing %s, prepared %o, mail %s is %s", (missing, prepared, mail, step) => {
    expect(stepOf({ missing, prepared, mail })).toBe(step);
  });
});

describe("mail", () => {
  const facts = {
    mailbox: "a@example.com",
    canMail: true,
    mail: "none",
    made: [],
    prepared: PREPARED,
  } as const;
  const gone = {
    how: "mail",
    delivered: "2026-05-03",
    day: "2026-05-03",
    document: PREPARED.document,
  } as const;

  test("is offered only where there is a mailbox and a sender, and otherwise it says why", () => {
    expect(noMailWords(facts)).toBe(null);
    expect(noMailWords({ ...facts, canMail: false })).toMatch(/operator/);
    expect(noMailWords({ ...facts, mailbox: null })).toMatch(/no mailbox/);
  });

  test("is not offered for a document that has gone by mail, and again for one made anew", () => {
    const logged = { ...facts, mail: "logged", made: [gone] } as const;
    expect(noMailWords(logged)).toMatch(/gone by mail already/);
    expect(noMailWords({ ...logged, prepared: { ...PREPARED, document: hash("I") } })).toBe(null);
    expect(noMailWords({ ...logged, made: [{ ...gone, how: "post" }] })).toBe(null);
    // What may have arrived can be sent again.
    expect(noMailWords({ ...facts, mail: "sending" })).toBe(null);
  });
});

describe("the day", () => {
  test("is after the letter's last one and none to come", () => {
    const day = fc.integer({ min: 0, max: 900 }).map((count) => addDays("2026-01-01", count));
    fc.assert(
      fc.property(day, day, day, (closes, today, typed) => {
        const span = deliverySpan(closes, today);
        if (span === null) return today <= closes;
        const right = typed > closes && typed <= today;
        return (dayProblem("hand", typed, span) === null) === right;
      }),
    );
  });

  test("is asked for, but not of a mail", () => {
    const span = { first: "2026-05-01", last: "2026-05-09" };
    expect(dayProblem("post", "", span)).toBe("missing");
    expect(dayProblem("post", "2026-05-", span)).toBe("missing");
    expect(dayProblem("mail", "", span)).toBe(null);
  });
});

describe("what is signed", () => {
  test.each([
    ["mail", false, PREPARED.bundle],
    ["hand", false, null],
    ["hand", true, PREPARED.bundle],
    ["post", true, PREPARED.bundle],
  ] as [DeliveryWay, boolean, string | null][])(
    "%s, with the bundle %s: names the bundle that went along, and the signature holds",
    async (how, withBundle, bundle) => {
      const body = deliveryBody({ ...of, how, withBundle, again: false }, PREPARED, signer);
      expect(body).toMatchObject({
        how,
        bundle,
        document: PREPARED.document,
        size: 12,
        nonce: PREPARED.nonce,
      });
      expect(await verifyDelivery(body, [{ organiser: signer.publicKey, sig: body.sig }])).toBe(true);
    },
  );
});
