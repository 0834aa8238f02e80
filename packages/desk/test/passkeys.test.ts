/** Passkeys: a quick way in for the person who made them, and for nobody else. */
import { type JsonObject, passkeyChallenge, randomBytes, signerFromSeed } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Authenticator } from "./authenticator.ts";
import { Desks, Member, outcome } from "./kit.ts";

async function start() {
  const desks = await Desks.start();
  // Under a name, as a browser needs it.
  desks.address = desks.board.url.replace("127.0.0.1", "localhost");
  const owner = await desks.owner();
  const authenticator = new Authenticator();
  return { desks, owner, authenticator, origin: desks.address };
}

async function add(owner: Member, authenticator: Authenticator, origin: string) {
  const { options } = await owner.act("passkey-options", {});
  return await owner.try("passkey-add", {
    name: "Phone",
    registration: authenticator.create(options, origin),
  });
}

/** A sign-in with a fresh session. */
async function signIn(
  desks: Desks,
  authenticator: Authenticator,
  origin: string,
  change: { rpId?: string; origin?: string; board?: string; session?: string } = {},
) {
  const challenge = await desks.challenge();
  const session = signerFromSeed(randomBytes(32));
  const at = { board: change.board ?? desks.desk.boardKey, challenge, session: session.publicKey };
  const assertion = authenticator.get(
    change.rpId ?? "localhost",
    passkeyChallenge(at),
    change.origin ?? origin,
  );
  const body: JsonObject = {
    type: "desk-passkey-sign-in",
    v: 1,
    challenge,
    session: change.session ?? session.publicKey,
    assertion,
  };
  return { session, body, answer: await desks.post("passkey", body) };
}

describe("a passkey", () => {
  it("opens a session, with the person verified and no name told to the authenticator", async () => {
    const { desks, owner, authenticator, origin } = await start();
    const { options } = await owner.act("passkey-options", {});
    expect(options).toMatchObject({
      rp: { id: "localhost", name: "localhost" },
      user: { name: "organiser", displayName: "organiser" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    expect(JSON.stringify(options)).not.toContain(owner.alias);
    expect(outcome(await add(owner, authenticator, origin))).toBe("ok");
    const { session, answer } = await signIn(desks, authenticator, origin);
    expect(outcome(answer)).toBe("ok");
    const page = new Member(desks, owner.alias, owner.organiser);
    page.session = session;
    const { passkeys, me } = await page.act("home", {});
    expect([me.id, passkeys.map(({ name }) => name)]).toEqual([owner.id, ["Phone"]]);
    await page.act("passkey-remove", { id: passkeys[0]!.id });
    expect(outcome((await signIn(desks, authenticator, origin)).answer)).toBe("sign-in-refused");
  });

  it("is refused for another session, board, site or without the person verified", async () => {
    const { desks, owner, authenticator, origin } = await start();
    await add(owner, authenticator, origin);
    const other = owner.session.publicKey;
    const outcomes = [];
    for (const change of [
      { session: other },
      { board: other },
      { origin: "https://example.com" },
      { rpId: "example.com" },
    ]) {
      outcomes.push(outcome((await signIn(desks, authenticator, origin, change)).answer));
    }
    authenticator.verifies = false;
    outcomes.push(outcome((await signIn(desks, authenticator, origin)).answer));
    outcomes.push(outcome((await signIn(desks, new Authenticator(), origin)).answer));
    expect(outcomes).toEqual(Array(6).fill("sign-in-refused"));
  });

  it("whose counter falls is refused, as a copy would make it; the same sign-in again is not", async () => {
    const { desks, owner, authenticator, origin } = await start();
    authenticator.counter = 5;
    await add(owner, authenticator, origin);
    const { answer, body } = await signIn(desks, authenticator, origin);
    expect(outcome(answer)).toBe("ok");
    expect(outcome(await desks.post("passkey", body))).toBe("ok");
    authenticator.counter = 2;
    expect(outcome((await signIn(desks, authenticator, origin)).answer)).toBe("sign-in-refused");
    authenticator.counter = 6;
    expect(outcome((await signIn(desks, authenticator, origin)).answer)).toBe("ok");
  });

  it("is not made by an open page alone, without the person verified, with a certificate, or twice", async () => {
    const { desks, owner, authenticator, origin } = await start();
    const { options } = await owner.act("passkey-options", {});
    const made = (registration: JsonObject) => owner.try("passkey-add", { name: "Phone", registration });
    const registration = authenticator.create(options, origin);
    expect(outcome(await owner.try("passkey-add", { name: "Phone", registration }, null))).toBe("key-needed");
    expect(outcome(await made(authenticator.create(options, "https://example.com")))).toBe("passkey-refused");
    expect(outcome(await made(authenticator.create(options, origin, "packed")))).toBe("passkey-refused");
    expect(outcome(await made({}))).toBe("passkey-refused");
    const unverified = new Authenticator();
    unverified.verifies = false;
    expect(outcome(await made(unverified.create(options, origin)))).toBe("passkey-refused");
    const first = await made(registration);
    expect((await made(registration)).body).toEqual(first.body);
    const other = await desks.invited(owner, "editor", "Elm");
    const taken = await other.try("passkey-add", { name: "Mine", registration });
    expect(outcome(taken)).toBe("passkey-taken");
  });

  it("goes with its organiser, and cannot be made under an address of numbers", async () => {
    const { desks, owner, authenticator, origin } = await start();
    const other = await desks.invited(owner, "owner", "Elm");
    await add(other, authenticator, origin);
    await owner.act("remove-organiser", { id: other.id });
    expect(outcome((await signIn(desks, authenticator, origin)).answer)).toBe("sign-in-refused");
    desks.address = desks.board.url;
    expect(outcome(await owner.try("passkey-options", {}))).toBe("passkey-refused");
  });
});
