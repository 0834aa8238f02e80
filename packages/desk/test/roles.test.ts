/** Who may do what, and what is left of somebody who is removed. */
import {
  ACT_RULES,
  type ActBody,
  addDays,
  DESK_ACTS,
  type DeskActName,
  encodeBase64url,
  entryHash,
  type JsonValue,
  ROLES,
  randomBytes,
  signEarlyClosing,
  signerFromSeed,
  signObject,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { acts } from "../src/acts/registry.ts";
import { leafFor, letterBody, newLetter, openEpoch, setUpWorkforce } from "./content-kit.ts";
import { Desks, type Member, outcome, randomId } from "./kit.ts";

describe("a role", () => {
  it("acting above itself is refused, for each act of the table and each role that does not have it", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const editor = await desks.invited(owner, "editor", "Elm");
    const moderator = await desks.invited(owner, "moderator", "Oak");
    const refused = [];
    for (const act of DESK_ACTS.filter((name) => acts[name] !== undefined)) {
      for (const member of [editor, moderator]) {
        const role = member === editor ? "editor" : "moderator";
        if ((ACT_RULES[act].roles as readonly string[]).includes(role)) continue;
        // Refused by role before the body is looked at.
        refused.push(outcome(await member.try(act, {} as ActBody<DeskActName>)));
      }
    }
    expect(refused.length).toBeGreaterThan(7);
    expect(new Set(refused)).toEqual(new Set(["not-allowed"]));
    expect(ROLES).toHaveLength(3);
  });

  it("taken away counts from the next request on, and the last owner keeps theirs", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const other = await desks.invited(owner, "owner", "Elm");
    await owner.act("change-role", { id: other.id, role: "editor" });
    expect(outcome(await other.try("invite", { id: randomId(), role: "owner" }))).toBe("not-allowed");
    expect(outcome(await owner.try("change-role", { id: owner.id, role: "editor" }))).toBe("last-owner");
    expect(outcome(await owner.try("remove-organiser", { id: owner.id }))).toBe("last-owner");
  });
});

describe("a removed organiser", () => {
  it("is out at once: session, phrase and what was signed before are refused", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const other = await desks.invited(owner, "owner", "Elm");
    const prepared = other.request("invite", { id: randomId(), role: "owner" });
    await owner.act("remove-organiser", { id: other.id });
    expect(outcome(await desks.post("acts", prepared as never))).toBe("session-over");
    expect(outcome(await other.try("home", {}))).toBe("session-over");
    expect(outcome(await desks.post("sign-in", await other.wayIn("sign-in")))).toBe("sign-in-refused");
    expect(outcome(await owner.try("remove-organiser", { id: other.id }))).toBe("ok");
  });
});

describe("an organiser whose key stands in manifests", () => {
  it.each([
    ["is removed", (owner: Member, id: string) => owner.act("remove-organiser", { id })],
    ["is no owner any more", (owner: Member, id: string) => owner.act("change-role", { id, role: "editor" })],
  ] as const)("who %s cannot go round the desk to the board's own addresses", async (_, change) => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const other = await desks.invited(owner, "owner", "Elm");
    const at = await setUpWorkforce(desks, owner);
    await openEpoch(desks, owner, at);
    const document = await newLetter(desks, owner, at, { listed: false });
    const unlisted = encodeBase64url(randomBytes(32));
    const body = await letterBody(desks, owner, document, at);
    const { letter } = await owner.act("letter-publish", { ...body, unlisted });
    const { workforce } = at;
    const { board } = desks.board;
    const reveal = () =>
      board.revealLetter(
        workforce,
        signObject(
          { type: "reveal-request", v: 1, workforce, letter },
          other.organiser,
        ) as unknown as JsonValue,
      );
    const closes = addDays(desks.desk.clock.day(), 5);
    const by = [owner, other].map(({ organiser }) =>
      signEarlyClosing({ workforce, letter, closes }, organiser),
    );
    by.sort((a, b) => (a.organiser < b.organiser ? -1 : 1));
    const closing = { type: "early-closing-request", v: 1, workforce, letter, closes, by } as const;
    const manifest = { ...body.manifest, title: "Another letter" };
    const leaf = await leafFor(other, manifest, workforce, other.organiser);
    const request = { type: "letter-request", v: 1, leaf, manifest, unlisted: null } as unknown as JsonValue;

    await change(owner, other.id);
    await expect(reveal()).rejects.toMatchObject({ code: "key-refused" });
    await expect(board.closeEarly(workforce, closing)).rejects.toMatchObject({ code: "key-refused" });
    await expect(board.publishLetter(workforce, request)).rejects.toMatchObject({ code: "key-refused" });
  });

  it("may again once they were invited again", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const other = await desks.invited(owner, "owner", "Elm");
    const refuses = () => desks.board.board.internals.refusesKey(other.organiser.publicKey);
    expect(await refuses()).toBe(false);
    await owner.act("remove-organiser", { id: other.id });
    expect(await refuses()).toBe(true);
    const { invitation } = await owner.act("invite", { id: randomId(), role: "owner" });
    other.session = signerFromSeed(randomBytes(32));
    await other.comeIn("join", { invitation, alias: "Elm" });
    expect(await refuses()).toBe(false);
    // Keys that were never at this desk, as those of a command's key files, are none of its business.
    expect(await desks.board.board.internals.refusesKey(signerFromSeed(randomBytes(32)).publicKey)).toBe(
      false,
    );
  });
});

describe("the list of acts", () => {
  it("has every act once with alias and day, each row with the hash of the one before", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner("Rowan");
    const other = await desks.invited(owner, "editor", "Elm");
    await other.act("rename", { alias: "Oak" });
    desks.passDays(1);
    await owner.act("remove-organiser", { id: other.id });
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.map(({ n, alias, act, about, day }) => [n, alias, act, about, day])).toEqual([
      [5, "Rowan", "remove-organiser", "Oak", "2026-03-02"],
      [4, "Elm", "rename", "Oak", "2026-03-01"],
      [3, "Elm", "join", "Rowan", "2026-03-01"],
      [2, "Rowan", "invite", "editor", "2026-03-01"],
      [1, "Rowan", "set-up", "", "2026-03-01"],
    ]);
    for (const [i, entry] of entries.entries()) {
      const before = entries[i + 1];
      expect(entry.previous).toBe(before === undefined ? null : entryHash(before));
    }
    expect((await owner.act("home", {})).listHead).toBe(entryHash(entries[0]!));
    const older = await owner.act("entries", { before: 3 });
    expect(older.entries).toEqual(entries.slice(3));
  });

  it("has no row for an act that was refused", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    expect(outcome(await owner.try("invite", { id: randomId(), role: "editor" }, null))).toBe("key-needed");
    expect(outcome(await owner.try("remove-organiser", { id: owner.id }))).toBe("last-owner");
    expect((await owner.act("entries", { before: null })).entries).toHaveLength(1);
  });
});
