/** What every page of the desk can use, by `useDesk()`. */
import { type DeskActName, type DeskSession, mayAct, type Signer } from "@undersigned/core";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PartOf } from "../../../shared/parts.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { PhraseQuestion } from "./ask-phrase.tsx";
import type { DeskIn } from "./door.ts";
import type { PageName } from "./pages.ts";

export interface Desk {
  readonly session: DeskSession;
  /** This device's UTC day. */
  readonly today: string;
  readonly origin: string;
  /** An act, without any screen around it; pages mostly use `useCall` and `useAnswer`. */
  readonly call: DeskIn["call"];
  /**
   * Shows what will be done and asks for the twelve words. Null where the person has thought better of it. The signer is to be
   * used for that act and dropped.
   */
  readonly ask: (question: PhraseQuestion) => Promise<Signer | null>;
  readonly go: (page: PageName, id?: string | null, section?: string | null) => void;
  /** Has a screen reader announce it. */
  readonly announce: (sentence: string) => void;
  /** What is typed into documents, sealed on the device until it is saved. */
  readonly outbox: Outbox;
  /** Rejects where the browser does not let pages copy. */
  readonly copy: (text: string) => Promise<void>;
  readonly save: (name: string, content: string | Uint8Array, type: string) => void;
  /** A part of the desk that no page of its own needs. Rejects with PageError `part-missing`. */
  readonly part: (name: PartOf<"desk">) => Promise<unknown>;
  readonly leave: (why: "locked" | "signed-out") => void;
  /** The person has another alias or role from now on. */
  readonly changed: (me: DeskSession["me"]) => void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("A page of the desk stands outside of it.");
  return desk;
}

/** Whether the person's role may do this at all: what it may not is not offered. */
export function useMay(): (act: DeskActName) => boolean {
  const { role } = useDesk().session.me;
  return (act) => mayAct(role, act);
}
