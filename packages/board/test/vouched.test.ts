/** Who was vouched for: in the log and apart, and never what a letter's number or its first batch waits for. */
import type { JsonValue } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Kit, makeStatement, type TestLetter } from "./kit.ts";

async function vouch(kit: Kit, letter: TestLetter, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const request = kit.person(letter).endorsement({ class: "vouched" });
    await kit.board.acceptEndorsement(kit.workforce, request as unknown as JsonValue);
  }
}

describe("endorsements by people who were vouched for", () => {
  it("come out apart, and do not bring a letter to its first number", async () => {
    const kit = await Kit.start({ vouching: 2 });
    const letter = await kit.publish({ first: 2, min: 1, days: 10 });
    await vouch(kit, letter, 5);
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    expect((await kit.index()).letters[0]).toMatchObject({ endorsements: 0, days: null });
    await kit.endorsed(letter, 1);
    await kit.nextDay();
    expect((await kit.index()).letters[0]).toMatchObject({
      endorsements: 7,
      counted: { mailbox: 2, vouched: 5 },
    });
    await kit.toDay("2026-03-12");
    const report = await kit.recounted();
    expect(report.letters[0]).toMatchObject({
      state: "closed",
      counted: { mailbox: 2, vouched: 5 },
      closing: { counts: { mailbox: 2, vouched: 5 } },
    });
    expect(report.letters[0]?.sentence).toMatch(/^2 holders of work mailboxes at /);
  });

  it("alone leave a letter without a number", async () => {
    const kit = await Kit.start({ vouching: 1 });
    const letter = await kit.publish({ first: 1, days: 2 });
    await vouch(kit, letter, 4);
    await kit.toDay("2026-03-04");
    expect((await kit.recounted()).letters[0]).toMatchObject({
      state: "too-few",
      counted: { mailbox: 0, vouched: 0 },
    });
    expect(await kit.rows("pool")).toBe(0);
  });

  it("wait until registrars have stated that they issued so many by invitation, whatever they issued by mailbox", async () => {
    const kit = await Kit.start({ vouching: 1 });
    Object.assign(kit.registrars[0]!, { batch: 1, issued: 3 });
    const letter = await kit.publish({ first: 1 });
    await kit.endorsed(letter, 2);
    await vouch(kit, letter, 4);
    await kit.nextDay();
    expect((await kit.index()).letters[0]).toMatchObject({ counted: { mailbox: 2, vouched: 0 } });
    kit.registrars[0]!.issued = 4;
    await kit.nextDay();
    expect((await kit.index()).letters[0]).toMatchObject({ counted: { mailbox: 2, vouched: 4 } });
    await kit.recounted();
  });
});

describe("keys for invitations", () => {
  it("are as many as the manifest says, RSA keys, and occur once in a workforce", async () => {
    const kit = await Kit.start({ vouching: 2 });
    const [registrar] = kit.registrars;
    const at = { workforce: kit.workforce, epoch: 2, opens: "2027-03-01", closes: "2027-09-01" };
    const before = makeStatement(registrar!, kit.manifest, { ...at, epoch: 1 });
    const fresh = { ...registrar!, rsa: 40, vouchedRsa: 80 };
    const { invitations } = makeStatement(fresh, kit.manifest, at);
    const open = async (changed: typeof invitations) =>
      await kit.board.openEpoch(kit.workforce, {
        type: "epoch-request",
        v: 1,
        statements: [makeStatement(fresh, kit.manifest, at, { invitations: changed })],
      } as never);
    const attempts: [typeof invitations, string][] = [
      [invitations.slice(0, 1), "statement-mismatch"],
      [[...invitations, { ...invitations[0]!, number: 2 }], "statement-mismatch"],
      [invitations.map((key) => ({ ...key, spki: key.spki.slice(0, -4) })), "bad-rsa-key"],
      [invitations.map((key) => ({ ...key, spki: invitations[0]!.spki })), "modulus-repeated"],
      [[invitations[0]!, { ...before.invitations[0]!, number: 1 }], "modulus-repeated"],
      [[invitations[0]!, { ...invitations[1]!, spki: before.keys[20]!.spki }], "modulus-repeated"],
    ];
    for (const [changed, code] of attempts) await expect(open(changed)).rejects.toMatchObject({ code });
    await open(invitations);
  });
});
