/** What the desk's page needs of the board: the ways in, and then one call for every act. The client's DeskClient does both. */
import type { ActAnswer, ActBody, DeskActName, DeskSession, JsonObject, Signer } from "@undersigned/core";

/** The organiser's key at the board with this public key. */
export type OrganiserAt = (board: string) => Signer;

export interface DeskIn {
  readonly session: DeskSession;
  /**
   * Does an act. `organiser` signs where the act needs it. Rejects with an error whose code `codeOf` finds; after `no-answer` the
   * same may be called again.
   */
  call<A extends DeskActName>(act: A, body: ActBody<A>, organiser?: Signer): Promise<ActAnswer<A>>;
  /** Forgets the session's key. */
  forget(): void;
}

export interface Door {
  /** Whether somebody has set up this desk. */
  isReady(): Promise<boolean>;
  setUp(token: string, alias: string, organiser: OrganiserAt): Promise<DeskIn>;
  join(invitation: string, alias: string, organiser: OrganiserAt): Promise<DeskIn>;
  signIn(organiser: OrganiserAt): Promise<DeskIn>;
  /** `assert` has the authenticator sign the challenge: PublicKeyCredential as JSON. */
  signInPasskey(assert: (challenge: string) => Promise<JsonObject>): Promise<DeskIn>;
}
