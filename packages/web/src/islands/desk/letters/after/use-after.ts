/** A letter and what became of it, read from the board's public files and checked, as every reader can do. */
import type { LetterManifest } from "@undersigned/core";
import { type FurtherView, furtherOf } from "@undersigned/verify";
import { useCallback, useEffect, useState } from "preact/hooks";
import { codeOf, PageError } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { readLog } from "../use-log.ts";
import type { Letter } from "../words.ts";

export interface After {
  readonly letter: Letter;
  /** Null while the letter's text is not public. */
  readonly manifest: LetterManifest | null;
  readonly further: FurtherView;
}

export interface UsedAfter {
  /** Null until it is there; what was there before while it is read again. */
  readonly after: After | null;
  readonly problem: string | null;
  readonly reload: () => void;
}

export function useAfter(id: string | null): UsedAfter {
  const { call, origin } = useDesk();
  const [after, setAfter] = useState<After | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let wanted = true;
    setProblem(null);
    const read = async () => {
      const { letters } = await call("letters", {});
      const letter = letters.find((one) => one.letter === id);
      if (letter === undefined) throw new PageError("not-found");
      const further = furtherOf({ letter: letter.letter });
      const { letters: logged } = await readLog(origin, letter.workforce, { further });
      const view = logged.get(letter.letter);
      if (view?.further == null) throw new PageError("log-refused");
      return { letter, manifest: view.manifest, further: view.further };
    };
    read().then(
      (came) => wanted && setAfter(came),
      (error: unknown) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [call, origin, id, round]);
  return { after, problem, reload: useCallback(() => setRound((n) => n + 1), []) };
}
