/** How people get to the desk, and how nobody else does. */
import { encodeBase64url, randomBytes, signerFromSeed, signSignIn } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Desks, Member, outcome, randomId } from "./kit.ts";

const someToken = () => encodeBase64url(randomBytes(32));

describe("the set-up link", () => {
  it("makes the first owner, once: used twice it is refused, by a stranger and after a new start", async () => {
    const desks = await Desks.start();
    const token = desks.token!;
    const stranger = new Member(desks, "Stranger");
    const guess = await desks.post(
      "set-up",
      await stranger.wayIn("set-up", { token: someToken(), alias: "Stranger" }),
    );
    expect(outcome(guess)).toBe("set-up-over");
    const owner = await desks.owner("Rowan");
    const { me, owners, organisers } = await owner.act("home", {});
    expect([me.alias, me.role, owners, organisers]).toEqual(["Rowan", "owner", 1, 1]);
    const again = await desks.post("set-up", await stranger.wayIn("set-up", { token, alias: "Stranger" }));
    expect(outcome(again)).toBe("set-up-over");
    await desks.board.close();
    await desks.open();
    expect(desks.token).toBeNull();
    const later = await desks.post("set-up", await stranger.wayIn("set-up", { token, alias: "Stranger" }));
    expect(outcome(later)).toBe("set-up-over");
  });

  it("is void after a new start without organisers, which makes another", async () => {
    const desks = await Desks.start();
    const first = desks.token!;
    await desks.board.close();
    await desks.open();
    const owner = new Member(desks, "Rowan");
    const old = await desks.post("set-up", await owner.wayIn("set-up", { token: first, alias: "Rowan" }));
    expect(outcome(old)).toBe("set-up-over");
    expect(desks.token).not.toBe(first);
    await owner.comeIn("set-up", { token: desks.token!, alias: "Rowan" });
  });

  it("gives the same owner a session again, when the answer was lost", async () => {
    const desks = await Desks.start();
    const owner = new Member(desks, "Rowan");
    const body = await owner.wayIn("set-up", { token: desks.token!, alias: "Rowan" });
    const [first, second] = [await desks.post("set-up", body), await desks.post("set-up", body)];
    expect([outcome(first), outcome(second)]).toEqual(["ok", "ok"]);
    expect(second.body).toEqual(first.body);
  });
});

describe("an invitation", () => {
  it("guessed is refused, as one is that was used, revoked or is over, all with one answer", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const join = async (invitation: string, alias: string) =>
      await desks.post("join", await new Member(desks, alias).wayIn("join", { invitation, alias }));
    const invite = async (id = randomId()) => await owner.act("invite", { id, role: "editor" });

    const used = (await invite()).invitation;
    expect(outcome(await join(used, "Ash"))).toBe("ok");
    const id = randomId();
    const revoked = (await invite(id)).invitation;
    await owner.act("revoke-invitation", { id });
    const { invitation: late, until } = await invite();
    expect(until).toBe("2026-03-08");
    const answers = [];
    for (const token of [someToken(), used, revoked]) answers.push((await join(token, "Elm")).body);
    desks.passDays(8);
    answers.push((await join(late, "Elm")).body);
    expect(answers[0]!.code).toBe("invitation-over");
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it("is good on its last day, and is the same when it is asked for again", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const id = randomId();
    const first = await owner.act("invite", { id, role: "moderator" });
    expect(await owner.act("invite", { id, role: "moderator" })).toEqual(first);
    desks.passDays(7);
    const member = new Member(desks, "Elm");
    const { me } = await member.comeIn("join", { invitation: first.invitation, alias: "Elm" });
    expect(me.role).toBe("moderator");
  });

  it("is not used up by a name that is taken, in whatever spelling", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner("Rowan");
    const { invitation } = await owner.act("invite", { id: randomId(), role: "owner" });
    const member = new Member(desks, "rowan");
    const taken = await desks.post("join", await member.wayIn("join", { invitation, alias: "rOWAN" }));
    expect(outcome(taken)).toBe("alias-taken");
    await member.comeIn("join", { invitation, alias: "Elm" });
  });

  it("is guessed slowly: a network has forty tries, and then one in ten seconds", async () => {
    const desks = await Desks.start(undefined, { limits: true });
    const body = await new Member(desks, "Elm").wayIn("join", { invitation: someToken(), alias: "Elm" });
    const outcomes = [];
    for (let i = 0; i < 41; i++) outcomes.push(outcome(await desks.post("join", body)));
    expect(outcomes.filter((one) => one === "invitation-over")).toHaveLength(39);
    expect(outcomes.at(-1)).toBe("too-many-requests");
  });
});

describe("signing in", () => {
  it("by a stranger's key is refused", async () => {
    const desks = await Desks.start();
    await desks.owner();
    const stranger = new Member(desks, "Stranger");
    expect(outcome(await desks.post("sign-in", await stranger.wayIn("sign-in")))).toBe("sign-in-refused");
  });

  it("that was overheard opens no session of the listener's own", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const body = await owner.wayIn("sign-in");
    const session = signerFromSeed(randomBytes(32)).publicKey;
    expect(outcome(await desks.post("sign-in", { ...body, session }))).toBe("sign-in-refused");
  });

  it("for another board, or with an old or a made-up challenge, is refused", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const session = owner.session.publicKey;
    const signed = (board: string, challenge: string) => ({
      type: "desk-sign-in",
      v: 1,
      challenge,
      session,
      key: owner.organiser.publicKey,
      sig: signSignIn({ board, challenge, session }, owner.organiser),
    });
    const { boardKey } = desks.desk;
    const challenge = await desks.challenge();
    expect(outcome(await desks.post("sign-in", signed(session, challenge)))).toBe("sign-in-refused");
    const made = encodeBase64url(randomBytes(54));
    expect(outcome(await desks.post("sign-in", signed(boardKey, made)))).toBe("challenge-over");
    desks.now += 5 * 60_000 + 1;
    expect(outcome(await desks.post("sign-in", signed(boardKey, challenge)))).toBe("challenge-over");
  });

  it("replayed after signing out does not open the session again", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    owner.session = signerFromSeed(randomBytes(32));
    const body = await owner.wayIn("sign-in");
    await desks.post("sign-in", body);
    owner.counter = 0;
    await owner.act("sign-out", {});
    expect(outcome(await desks.post("sign-in", body))).toBe("session-over");
  });

  it("keeps one store key for an organiser, and another for each other one", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const first = await owner.signInAgain();
    const second = await owner.signInAgain();
    const other = await (await desks.invited(owner, "editor", "Elm")).signInAgain();
    expect(second.storeKey).toBe(first.storeKey);
    expect(other.storeKey).not.toBe(first.storeKey);
  });
});
