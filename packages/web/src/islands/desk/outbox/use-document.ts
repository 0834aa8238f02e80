/** A document on a page: drawn anew whenever something of it changes, and asked again now and then for what others write. */
import { useEffect, useState } from "preact/hooks";
import { codeOf } from "../shell/code-of.ts";
import { useDesk } from "../shell/desk.ts";
import type { OpenDocument } from "./open-document.ts";

const LOOK_AGAIN_MS = 20_000;

export interface UsedDocument {
  /** Null until it is there. */
  readonly document: OpenDocument | null;
  readonly problem: string | null;
  readonly again: () => void;
}

export function useDocument(id: string): UsedDocument {
  const { outbox } = useDesk();
  const [document, setDocument] = useState<OpenDocument | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const [, redraw] = useState(0);

  useEffect(() => {
    let wanted = true;
    let stop = () => {};
    setProblem(null);
    outbox.open(id).then(
      (opened) => {
        if (!wanted) return;
        const silence = opened.listen(() => redraw((n) => n + 1));
        const look = () => {
          if (globalThis.document.visibilityState === "visible") opened.refresh().catch(() => {});
        };
        const timer = setInterval(look, LOOK_AGAIN_MS);
        stop = () => {
          silence();
          clearInterval(timer);
          void opened.save();
        };
        setDocument(opened);
      },
      (error: unknown) => wanted && setProblem(codeOf(error)),
    );
    return () => {
      wanted = false;
      stop();
    };
  }, [outbox, id, round]);
  return { document, problem, again: () => setRound((n) => n + 1) };
}
