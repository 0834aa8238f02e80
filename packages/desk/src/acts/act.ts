/**
 * What an act is made of. Each has a file of its own, `<act>.ts`, which exports one `Act`; registry.ts names them all.
 *
 * An act can come twice, when an answer was lost: the page then asks again with a new number. So every act is made such that
 * doing it again changes nothing more and gives the same answer.
 */
import type { ActAnswer, ActBody, Base64url, DeskActName } from "@undersigned/core";
import type { Desk } from "../desk.ts";
import type { Organiser } from "../model/organisers.ts";
import type { DeskTrx } from "../storage/schema.ts";

/** Who asks: signed in, and allowed to by their role. */
export interface Caller extends Organiser {
  /** The session's public key. */
  readonly session: Base64url;
  /** Where the page reached the board: `https://board.example.org`. */
  readonly origin: string;
}

export interface Done<A extends DeskActName> {
  readonly answer: ActAnswer<A>;
  /** For the list of acts: what it was about, in words that organisers may see. Null: this time nothing is entered. */
  readonly about?: string | null;
  /** Entered once a day for the same text. */
  readonly once?: string;
}

/** Called again where the database asks for it: nothing but queries on `trx`, and computing. */
export type Within<A extends DeskActName> = (
  at: { readonly desk: Desk; readonly caller: Caller; readonly trx: DeskTrx },
  body: ActBody<A>,
) => Promise<Done<A>>;

/** Has transactions of its own, as commands of the board have. */
export type Around<A extends DeskActName> = (
  at: { readonly desk: Desk; readonly caller: Caller },
  body: ActBody<A>,
) => Promise<Done<A>>;

export type Act<A extends DeskActName> =
  | { readonly kind: "within"; readonly run: Within<A> }
  | { readonly kind: "around"; readonly run: Around<A> };

/** The act and its entry are one transaction. */
export function within<A extends DeskActName>(run: Within<A>): Act<A> {
  return { kind: "within", run };
}

/** The entry follows when the act is done: a crash between the two leaves an act that is entered when it is asked for again. */
export function around<A extends DeskActName>(run: Around<A>): Act<A> {
  return { kind: "around", run };
}
