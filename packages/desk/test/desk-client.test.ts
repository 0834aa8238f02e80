/** Package client's DeskClient at a real desk, over a network that loses answers. */
import { DeskClient, deskRefusalOf, type Fetch } from "@undersigned/client";
import { generatePhrase, Secrets } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Desks, randomId } from "./kit.ts";

const person = () => {
  const secrets = new Secrets(generatePhrase());
  return (board: string) => secrets.organiserSigner(board);
};
const refusal = async (promise: Promise<unknown>) =>
  deskRefusalOf(await promise.catch((error: unknown) => error));

describe("DeskClient", () => {
  it("sets up, invites, joins, signs in again, and hears that a removed organiser's session is over", async () => {
    const desks = await Desks.start();
    const { url } = desks.board;
    const [rowan, elm] = [person(), person()];
    const client = new DeskClient(url, { fetch });
    const { board, isReady } = await client.look();
    expect(isReady).toBe(false);
    expect((await client.setUp(desks.token!, "Rowan", rowan)).me.role).toBe("owner");
    const { invitation } = await client.call("invite", { id: randomId(), role: "editor" }, rowan(board));
    const other = new DeskClient(url, { fetch });
    const { me } = await other.join(invitation, "Elm", elm);
    expect((await new DeskClient(url, { fetch }).signIn(elm)).me).toEqual(me);
    expect(await refusal(other.call("invite", { id: randomId(), role: "owner" }, elm(board)))).toBe(
      "not-allowed",
    );
    expect(await refusal(client.call("remove-organiser", { id: me.id }))).toBe("key-needed");
    await client.call("remove-organiser", { id: me.id }, rowan(board));
    expect(await refusal(other.call("home", {}))).toBe("session-over");
    expect(other.session).toBeNull();
    await expect(other.call("home", {})).rejects.toMatchObject({ code: "desk-closed" });
    expect(await refusal(other.signIn(elm))).toBe("sign-in-refused");
    await client.call("sign-out", {});
    expect(client.session).toBeNull();
  });

  it("does each act once and in order, though answers and requests are lost on the way", async () => {
    const desks = await Desks.start();
    const rowan = person();
    let calls = 0;
    // Of three requests the first does not arrive, and the second is not answered.
    const lossy: Fetch = async (address, init) => {
      const call = calls++ % 3;
      if (call === 0) throw new TypeError("lost");
      const answer = await fetch(address, init);
      if (call === 1) throw new TypeError("lost");
      return answer;
    };
    const client = new DeskClient(desks.board.url, { fetch: lossy, wait: async () => {} });
    const { board } = await client.setUp(desks.token!, "Rowan", rowan);
    const ids = [randomId(), randomId(), randomId()];
    const made = await Promise.all(
      ids.map((id) => client.call("invite", { id, role: "editor" }, rowan(board))),
    );
    const { invitations, organisers } = await client.call("organisers", {});
    expect(organisers).toHaveLength(1);
    expect(invitations.map(({ id }) => id)).toEqual(ids.toSorted());
    expect(new Set(made.map(({ invitation }) => invitation)).size).toBe(3);
  });
});
