import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOneAddress } from "../src/address.ts";
import { MailError } from "../src/index.ts";
import { readMailDay } from "../src/mail-date.ts";
import { outcomeOf } from "./kit.ts";

describe("the one address of a field", () => {
  it.each([
    "baker@example.com",
    "\r\n\tbaker@example.com ",
    "<baker@example.com>",
    "Baker <baker@EXAMPLE.com>",
    "Example Inc. Bakery <baker@example.com>",
    '"Baker, the (first) <eve@example.net>" <baker@example.com>',
    '"a \\" b \\\\" and\r\n more <baker@example.com>',
    "=?utf-8?Q?B=C3=A4cker?= <baker@example.com>",
    "=?utf-8?B?PGV2ZUBleGFtcGxlLm5ldD4=?=<baker@example.com>",
  ])("is found in %j", (value) => {
    expect(readOneAddress(value)).toEqual({ local: "baker", domain: "example.com" });
  });

  it.each([
    ["nothing", "", "address-refused"],
    ["no address", "Baker", "address-refused"],
    ["an empty one", "Baker <>", "address-refused"],
    ["two addresses", "baker@example.com, eve@example.net", "addresses-not-one"],
    ["two in brackets", "<baker@example.com>, <eve@example.net>", "addresses-not-one"],
    ["two in brackets without a comma", "<eve@example.net> <baker@example.com>", "address-refused"],
    ["an empty second one", "baker@example.com,", "addresses-not-one"],
    ["a semicolon, as some programs write", "baker@example.com; eve@example.net", "addresses-not-one"],
    ["a group", "staff: baker@example.com, eve@example.net;", "addresses-not-one"],
    ["a group of one", "staff: baker@example.com;", "addresses-not-one"],
    ["an empty group", "undisclosed-recipients:;", "addresses-not-one"],
    ["a route", "<@relay.example.net:baker@example.com>", "addresses-not-one"],
    ["a comment", "baker@example.com (home)", "address-refused"],
    ["a comment within", "baker(home)@example.com", "address-refused"],
    ["a comment before", "(home) <baker@example.com>", "address-refused"],
    ["a quoted local part", '"baker"@example.com', "address-refused"],
    ["a quoted local part in brackets", '<"baker"@example.com>', "address-refused"],
    ["a quoted part of it", '<"eve,".baker@example.com>', "address-refused"],
    ["an open quotation", '"Baker <baker@example.com>', "address-refused"],
    ["a quotation that is closed by an escape only", '"Baker\\" <baker@example.com>', "address-refused"],
    ["a backslash outside", "Ba\\ker <baker@example.com>", "address-refused"],
    ["an address as a name", "eve@example.net <baker@example.com>", "address-refused"],
    ["text after the bracket", "<baker@example.com> x", "address-refused"],
    ["a bracket too many", "<<baker@example.com>>", "address-refused"],
    ["space in brackets", "< baker@example.com >", "address-refused"],
    ["space at the @", "baker @example.com", "address-refused"],
    ["folding within", "ba\r\n ker@example.com", "address-refused"],
    ["two @", "eve@example.net@example.com", "address-refused"],
    ["a dot first", ".baker@example.com", "address-refused"],
    ["two dots", "ba..ker@example.com", "address-refused"],
    ["a percent hack", "baker%example.com@", "address-refused"],
    ["a domain literal", "baker@[192.0.2.1]", "address-refused"],
    ["a domain without a dot", "baker@example", "address-refused"],
    ["a dot after the domain", "baker@example.com.", "address-refused"],
    ["a local part of 65 characters", `${"a".repeat(65)}@example.com`, "address-refused"],
    ["an encoded word for an address", "=?utf-8?Q?baker=40example.com?=", "address-refused"],
    ["an encoded word in an address", "<=?utf-8?Q?baker?=@example.com>", "address-refused"],
    ["UTF-8 in the address", "b\xc3\xa4ker@example.com", "address-refused"],
    ["UTF-8 in the domain", "baker@ex\xc3\xa4mple.com", "address-refused"],
    ["UTF-8 in the name", "B\xc3\xa4cker <baker@example.com>", "address-refused"],
    ["UTF-8 in a quoted name", '"B\xc3\xa4cker" <baker@example.com>', "address-refused"],
    ["a control character in a quoted name", '"\0" <baker@example.com>', "address-refused"],
  ])("is refused with %s", async (_, value, code) => {
    expect(await outcomeOf(() => readOneAddress(value))).toBe(code);
  });

  it("of any text is read or refused with a MailError", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "baker@example.com",
        "<",
        ">",
        '"',
        "\\",
        ",",
        ":",
        ";",
        "(",
        ")",
        " ",
        "@",
        "=?",
        "\r\n ",
      ),
      fc.string({ unit: "binary-ascii", maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        try {
          const { local, domain } = readOneAddress(pieces.join(""));
          expect(pieces.join("").replaceAll("\r\n", "").toLowerCase()).toContain(
            `${local}@${domain}`.toLowerCase(),
          );
        } catch (error) {
          if (!(error instanceof MailError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the day of a Date field", () => {
  it.each([
    ["Fri, 11 Jul 2003 21:00:37 -0700 (PDT)", "2003-07-12"],
    [" Mon, 18 May 2026 23:59:59\r\n +0000", "2026-05-18"],
    ["Mon,18 May 2026 00:30:00 +0100", "2026-05-17"],
    ["18 May 2026 09:30 GMT", "2026-05-18"],
    ["1 Mar 2026 00:00:00 UT", "2026-03-01"],
    ["01 Mar 2026 00:00:00 -0000", "2026-03-01"],
    ["Sat, 29 Feb 2020 12:00:00 +0000 (Coordinated Universal Time)", "2020-02-29"],
    ["Sat, 31 Dec 2016 23:59:60 +0000", "2017-01-01"],
  ])("%j is %s", (value, day) => {
    expect(readMailDay(value)).toBe(day);
  });

  it.each([
    "",
    "yesterday",
    "2026-05-18T09:30:00Z",
    "Tue, 18 May 2026 09:30:00 +0000",
    "mon, 18 may 2026 09:30:00 +0000",
    "Mon, 31 Feb 2026 09:30:00 +0000",
    "Mon, 18 May 26 09:30:00 +0000",
    "Mon, 18 May 1998 09:30:00 +0000",
    "Mon, 18 May 2026 24:00:00 +0000",
    "Mon, 18 May 2026 09:60:00 +0000",
    "Mon, 18 May 2026 09:30:61 +0000",
    "Mon, 18 May 2026 09:30:00",
    "Mon, 18 May 2026 09:30:00 EST",
    "Mon, 18 May 2026 09:30:00 Z",
    "Mon, 18 May 2026 09:30:00 +1500",
    "Mon, 18 May 2026 09:30:00 +0060",
    "Mon, 18 May 2026 09:30:00 +0000 x",
    "Mon, 18 May 2026 09:30:00 +0000 ((a)",
    "(a) Mon, 18 May 2026 09:30:00 +0000",
    "Mon, 18 (May) May 2026 09:30:00 +0000",
    "Mon, 18 May 2026 09 : 30 : 00 +0000",
  ])("%j is refused", async (value) => {
    expect(await outcomeOf(() => readMailDay(value))).toBe("date-malformed");
  });

  it("is that of Date.parse, for every moment and zone", () => {
    const moment = fc.date({ min: new Date("2000-01-02"), max: new Date("2099-12-30"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, zone) => {
        const local = new Date(date.getTime() + zone * 60_000).toUTCString().replace(" GMT", "");
        const two = (number: number) => String(number).padStart(2, "0");
        const offset = `${zone < 0 ? "-" : "+"}${two(Math.floor(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`;
        expect(readMailDay(`${local} ${offset}`)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });
});
