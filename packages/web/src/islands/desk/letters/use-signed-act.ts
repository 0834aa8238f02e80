/**
 * An act whose body itself holds a signature of the organiser's key, as a letter's leaf does: the phrase is asked for, the body is
 * made with it, and the same key signs the act. Neither is kept after that.
 */
import type { ActAnswer, ActBody, DeskActName, Signer } from "@undersigned/core";
import { useRef, useState } from "preact/hooks";
import type { PhraseQuestion } from "../shell/ask-phrase.tsx";
import { codeOf } from "../shell/code-of.ts";
import { useDesk } from "../shell/desk.ts";

export interface SignedAct<A extends DeskActName> {
  readonly busy: boolean;
  readonly problem: string | null;
  /** Answers null where the person has stopped it or it has failed; `problem` says which. `make` may refuse with a PageError. */
  readonly act: (
    question: PhraseQuestion,
    make: (signer: Signer) => ActBody<A> | Promise<ActBody<A>>,
  ) => Promise<ActAnswer<A> | null>;
}

export function useSignedAct<A extends DeskActName>(name: A): SignedAct<A> {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef(false);
  return {
    busy,
    problem,
    async act(question, make) {
      if (running.current) return null;
      running.current = true;
      setProblem(null);
      try {
        const signer = await desk.ask(question);
        if (signer === null) return null;
        setBusy(true);
        return await desk.call(name, await make(signer), signer);
      } catch (error) {
        setProblem(codeOf(error));
        return null;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}
