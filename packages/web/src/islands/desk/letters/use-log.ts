/** A workforce's log, read from this very board and checked: whatever a page says of keys, slots and letters comes from it. */
import {
  httpSource,
  type OpenOptions,
  openWorkforce,
  VerifyError,
  type WorkforceView,
} from "@undersigned/verify";
import { useEffect, useState } from "preact/hooks";
import { codeOf, PageError } from "../shell/code-of.ts";
import { useDesk } from "../shell/desk.ts";

/** Throws PageError `log-refused` for a log that is not as it should be, or does not come. */
export async function readLog(
  origin: string,
  workforce: string,
  options: OpenOptions = {},
): Promise<WorkforceView> {
  // Browsers may keep these files for some seconds: what somebody has just entered would seem not to be there.
  const source = httpSource(`${origin}/w/${workforce}`, {
    fetch: (input, init) => fetch(input, { ...init, cache: "no-cache" }),
  });
  try {
    return await openWorkforce(source, workforce, options);
  } catch (error) {
    throw error instanceof VerifyError ? new PageError("log-refused") : error;
  }
}

export interface UsedLog {
  /** Null until it was read. */
  readonly view: WorkforceView | null;
  readonly problem: string | null;
  readonly again: () => void;
}

/** `workforce` null: nothing is read. */
export function useLog(workforce: string | null): UsedLog {
  const { origin } = useDesk();
  const [view, setView] = useState<WorkforceView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (workforce === null) return;
    let wanted = true;
    setProblem(null);
    readLog(origin, workforce).then(
      (read) => wanted && setView(read),
      (error: unknown) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [origin, workforce, round]);
  return { view, problem, again: () => setRound((n) => n + 1) };
}
