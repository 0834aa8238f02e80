/** Acts from a page: busy while they last, what went wrong by its code, and the phrase asked for where the act needs it. */
import { type ActAnswer, type ActBody, type DeskActName, ruleOf, type Signer } from "@undersigned/core";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { PhraseQuestion } from "./ask-phrase.tsx";
import { codeOf } from "./code-of.ts";
import { useDesk } from "./desk.ts";

export interface Calling<A extends DeskActName> {
  readonly busy: boolean;
  /** A code of words/problems.ts, for `ProblemNotice`. */
  readonly problem: string | null;
  /** Sends the very same again, after a problem. Null where there is nothing to send again. */
  readonly again: (() => Promise<ActAnswer<A> | null>) | null;
  /**
   * Does the act. `question` is needed by acts that need the organiser's key (roles.ts): what will be done, in words. Answers
   * null where the person has stopped it or it has failed; `problem` says which.
   */
  readonly call: (body: ActBody<A>, question?: PhraseQuestion) => Promise<ActAnswer<A> | null>;
  readonly forget: () => void;
}

export function useCall<A extends DeskActName>(act: A): Calling<A> {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const last = useRef<{ readonly body: ActBody<A>; readonly question: PhraseQuestion | undefined } | null>(
    null,
  );
  const running = useRef(false);

  const call = async (body: ActBody<A>, question?: PhraseQuestion): Promise<ActAnswer<A> | null> => {
    // A second press while the first is being answered is none.
    if (running.current) return null;
    running.current = true;
    last.current = { body, question };
    setProblem(null);
    try {
      let organiser: Signer | null = null;
      if (ruleOf(act).key) {
        if (question === undefined) throw new Error(`The act ${act} needs words for what will be done.`);
        organiser = await desk.ask(question);
        if (organiser === null) return null;
      }
      setBusy(true);
      const answer = await (organiser === null ? desk.call(act, body) : desk.call(act, body, organiser));
      last.current = null;
      return answer;
    } catch (error) {
      setProblem(codeOf(error));
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  const repeat = last.current;
  return {
    busy,
    problem,
    again: problem === null || repeat === null ? null : () => call(repeat.body, repeat.question),
    call,
    forget: () => setProblem(null),
  };
}

export interface Answered<A extends DeskActName> {
  /** Null until it is there; the former one while it is asked for again. */
  readonly answer: ActAnswer<A> | null;
  readonly problem: string | null;
  readonly reload: () => void;
}

/** What a reading act answers, asked for when the page is shown and whenever `body` is another. */
export function useAnswer<A extends DeskActName>(act: A, body: ActBody<A>): Answered<A> {
  const desk = useDesk();
  const [answer, setAnswer] = useState<ActAnswer<A> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const { call } = desk;
  const text = JSON.stringify(body);
  useEffect(() => {
    let wanted = true;
    setProblem(null);
    call(act, JSON.parse(text) as ActBody<A>).then(
      (came) => wanted && setAnswer(came),
      (error: unknown) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [act, text, round, call]);
  return { answer, problem, reload: useCallback(() => setRound((n) => n + 1), []) };
}
