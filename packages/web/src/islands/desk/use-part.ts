/** A part of the desk, loaded when it is first wanted. */
import { useEffect, useState } from "preact/hooks";
import type { PartOf } from "../../shared/parts.ts";
import type { Part, Parts } from "./parts.ts";
import { codeOf } from "./shell/code-of.ts";

export interface UsedPart {
  readonly part: Part | null;
  readonly problem: string | null;
  readonly again: () => void;
}

/** `name` null: nothing is wanted. */
export function usePart(parts: Parts, name: PartOf<"desk"> | null): UsedPart {
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const part = name === null ? null : parts.there(name);
  useEffect(() => {
    if (name === null || parts.there(name) !== null) return;
    let wanted = true;
    setProblem(null);
    parts.load(name).then(
      () => wanted && setRound((n) => n + 1),
      (error: unknown) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [parts, name, round]);
  return { part, problem, again: () => setRound((n) => n + 1) };
}
