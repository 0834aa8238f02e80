/** What a session is good for, and what is not good for anything: copies, thefts, other sites. */
import { makeDeskRequest, randomBytes, signerFromSeed, signObject } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { describe, expect, it } from "vitest";
import { Desks, outcome, randomId } from "./kit.ts";

describe("a request", () => {
  it("replayed is refused, and so is one that a later one has overtaken", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const early = owner.request("home", {});
    const late = owner.request("home", {});
    expect(outcome(await desks.post("acts", late as never))).toBe("ok");
    expect(outcome(await desks.post("acts", late as never))).toBe("counter-used");
    expect(outcome(await desks.post("acts", early as never))).toBe("counter-used");
  });

  it("that was refused is used up: replayed on a day on which it would be granted, it is refused too", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const leave = owner.request("remove-organiser", { id: owner.id });
    expect(outcome(await desks.post("acts", leave as never))).toBe("last-owner");
    await desks.invited(owner, "owner", "Elm");
    expect(outcome(await desks.post("acts", leave as never))).toBe("counter-used");
  });

  it("changed on its way, or signed by another session, is refused", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const request = owner.request("rename", { alias: "Elm" });
    const changed = { ...request, body: { alias: "Oak" } };
    expect(outcome(await desks.post("acts", changed as never))).toBe("signature-wrong");
    const { sig: _, ...rest } = request;
    const thief = signerFromSeed(randomBytes(32));
    const resigned = signObject({ ...rest, session: owner.session.publicKey }, thief);
    expect(outcome(await desks.post("acts", resigned as never))).toBe("signature-wrong");
  });

  it("from another site is refused, whatever it holds, and is not even offered", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const { url } = desks.board;
    const port = new URL(url).port;
    const sent = (headers: Record<string, string>) =>
      desks.post("acts", owner.request("home", {}) as never, headers);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { origin: "https://example.com" },
      { origin: "null" },
      { origin: `http://127.0.0.1:${Number(port) + 1}` },
    ] as Record<string, string>[]) {
      expect([headers, outcome(await sent(headers))]).toEqual([headers, "cross-site"]);
    }
    expect(outcome(await sent({ "sec-fetch-site": "same-origin" }))).toBe("ok");
    expect(outcome(await sent({ origin: url }))).toBe("ok");
    const preflight = await fetch(`${url}/desk/v1/acts`, { method: "OPTIONS" });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    // A form of another site can send text, and nothing else without asking first.
    const form = await fetch(`${url}/desk/v1/acts`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "{}",
    });
    expect(form.status).toBe(415);
  });
});

describe("a stolen session, whose page is still open,", () => {
  it("does nothing that takes the phrase: without it, with another key, or with the signature of another act", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const invite = { id: randomId(), role: "owner" } as const;
    expect(outcome(await owner.try("invite", invite, null))).toBe("key-needed");
    expect(outcome(await owner.try("invite", invite, signerFromSeed(randomBytes(32))))).toBe("key-needed");
    const real = owner.request("change-role", { id: owner.id, role: "owner" });
    const { counter } = real;
    const moved = makeDeskRequest(
      {
        board: desks.desk.boardKey,
        session: owner.session.publicKey,
        counter,
        act: "invite",
        body: { ...invite },
      },
      owner.session,
      null,
    );
    const { sig: _, ...rest } = moved;
    const forged = signObject({ ...rest, key: real.key }, owner.session);
    expect(outcome(await desks.post("acts", forged as never))).toBe("key-needed");
    // The same act under another number, or at another board.
    const again = signObject(
      { ...rest, counter: counter + 5, key: owner.request("invite", invite).key },
      owner.session,
    );
    owner.counter += 10;
    expect(outcome(await desks.post("acts", again as never))).toBe("key-needed");
    const elsewhere = makeDeskRequest(
      {
        board: owner.session.publicKey,
        session: owner.session.publicKey,
        counter: owner.counter,
        act: "invite",
        body: { ...invite },
      },
      owner.session,
      owner.organiser,
    );
    expect(outcome(await desks.post("acts", elsewhere as never))).toBe("key-needed");
    expect((await owner.act("organisers", {})).invitations).toEqual([]);
  });

  it("ends with the next day, when its owner signs out, and everywhere at once", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const [first, counter] = [owner.session, owner.counter];
    await owner.signInAgain();
    await owner.act("sign-out-everywhere", {});
    expect(outcome(await owner.try("home", {}))).toBe("session-over");
    owner.session = first;
    owner.counter = counter;
    expect(outcome(await owner.try("home", {}))).toBe("session-over");
    await owner.signInAgain();
    desks.passDays(1);
    expect(outcome(await owner.try("home", {}))).toBe("ok");
    desks.passDays(1);
    expect(outcome(await owner.try("home", {}))).toBe("session-over");
  });
});

eachDatabase("a desk", (database) => {
  it("keeps sessions and their numbers over a restart", async () => {
    const desks = await Desks.start(await database.freshUrl());
    const owner = await desks.owner();
    const used = owner.request("home", {});
    expect(outcome(await desks.post("acts", used as never))).toBe("ok");
    await desks.board.close();
    await desks.open();
    expect(outcome(await desks.post("acts", used as never))).toBe("counter-used");
    expect(outcome(await owner.try("home", {}))).toBe("ok");
    if (database.engine !== "postgres") return;

    // Several processes of one board: a number that was used at one is used at all, and only one of two at once is taken.
    const { url } = await desks.another();
    const one = owner.request("rename", { alias: "Elm" });
    const both = await Promise.all([
      desks.post("acts", one as never),
      desks.post("acts", one as never, {}, url),
    ]);
    expect(both.map(outcome).sort()).toEqual(["counter-used", "ok"]);
    const member = await desks.invited(owner, "owner", "Oak");
    const removals = await Promise.all([
      owner.try("remove-organiser", { id: member.id }),
      desks.post("acts", member.request("remove-organiser", { id: owner.id }) as never, {}, url),
    ]);
    expect(removals.filter((answer) => outcome(answer) === "ok")).toHaveLength(1);
  });
});
