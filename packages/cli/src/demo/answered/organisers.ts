/** Two organisers of the letter, who meet at the board's desk: each with a key and a session of their own, by real requests. */
import { DeskClient } from "@undersigned/client";
import {
  type ActAnswer,
  type ActBody,
  type DeskActName,
  encodeBase64url,
  generatePhrase,
  randomBytes,
  Secrets,
  type Signer,
} from "@undersigned/core";

export type Organiser = {
  readonly signer: Signer;
  /** An act at the desk, by the key where it takes that. */
  readonly act: <A extends DeskActName>(act: A, body: ActBody<A>) => Promise<ActAnswer<A>>;
};

export type Organisers = {
  readonly first: Organiser;
  readonly second: Organiser;
  /** Sessions end with the day. */
  readonly signIn: () => Promise<void>;
};

export type OrganiserKey = { readonly phrase: string; readonly signer: Signer };

/** The two whom letters name, with their keys at the board (its public key, base64url). */
export function createOrganisers(board: string): [OrganiserKey, OrganiserKey] {
  const create = (): OrganiserKey => {
    const phrase = generatePhrase();
    return { phrase, signer: new Secrets(phrase).organiserSigner(board) };
  };
  return [create(), create()];
}

/** `keys` are those that the letter names. `token` is that of the desk's set-up link; `board` has its closing slash. */
export async function meetAtTheDesk(
  board: string,
  token: string,
  keys: readonly [OrganiserKey, OrganiserKey],
): Promise<Organisers> {
  const [one, other] = [keys[0].signer, keys[1].signer];
  const clients = keys.map(() => new DeskClient(board, { fetch })) as [DeskClient, DeskClient];
  await clients[0].setUp(token, "First organiser", () => one);
  const id = encodeBase64url(randomBytes(16));
  const { invitation } = await clients[0].call("invite", { id, role: "owner" }, one);
  await clients[1].join(invitation, "Second organiser", () => other);
  const organiser = (client: DeskClient, signer: Signer): Organiser => ({
    signer,
    act: (act, body) => client.call(act, body, signer),
  });
  return {
    first: organiser(clients[0], one),
    second: organiser(clients[1], other),
    async signIn() {
      await clients[0].signIn(() => one);
      await clients[1].signIn(() => other);
    },
  };
}
