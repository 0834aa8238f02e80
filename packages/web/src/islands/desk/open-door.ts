/** The board that this page comes from, by the client. Each way in makes a key of its own. */
import { DeskClient, type Fetch } from "@undersigned/client";
import type { DeskSession } from "@undersigned/core";
import type { DeskIn, Door } from "./shell/door.ts";

/** The outbox tries again by itself, and people by a button: nobody is to wait long for an answer that does not come. */
const ATTEMPTS = 3;

export function openDoor(origin: string, fetch: Fetch): Door {
  const make = () => new DeskClient(origin, { fetch, attempts: ATTEMPTS });
  const come = async (way: (client: DeskClient) => Promise<DeskSession>): Promise<DeskIn> => {
    const client = make();
    const session = await way(client);
    return {
      session,
      call: (act, body, organiser) => client.call(act, body, organiser),
      forget: () => client.forget(),
    };
  };
  return {
    isReady: async () => (await make().look()).isReady,
    setUp: (token, alias, organiser) => come((client) => client.setUp(token, alias, organiser)),
    join: (invitation, alias, organiser) => come((client) => client.join(invitation, alias, organiser)),
    signIn: (organiser) => come((client) => client.signIn(organiser)),
    signInPasskey: (assert) => come((client) => client.signInPasskey(assert)),
  };
}
