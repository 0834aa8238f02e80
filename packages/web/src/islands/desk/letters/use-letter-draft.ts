/** A letter's draft with all that is needed to say what is wrong with it, and to make its manifest. */
import { type LetterResult, type LetterValues, letterOf, letterValues } from "@undersigned/core";
import { useMemo } from "preact/hooks";
import type { OpenDocument } from "../outbox/open-document.ts";
import { useDocument } from "../outbox/use-document.ts";
import { useDesk } from "../shell/desk.ts";
import { fieldTexts } from "./editor/letter-fields.ts";
import { useLog } from "./use-log.ts";

/** For problems alone; what is published gets a salt of its own. */
const NO_SALT = "A".repeat(43);

export interface LetterDraft {
  readonly document: OpenDocument;
  readonly fields: ReadonlyMap<string, string>;
  readonly values: LetterValues;
  /** Whether the log is still being read, without which nothing can be said of workforce and slots. */
  readonly reading: boolean;
  /** Keys of the owners, who are to stand in the letter. */
  readonly organisers: readonly string[];
  readonly result: LetterResult;
}

export interface UsedDraft {
  /** Null until the document is there. */
  readonly draft: LetterDraft | null;
  readonly problem: string | null;
  readonly again: () => void;
}

export function useLetterDraft(id: string): UsedDraft {
  const { today } = useDesk();
  const { document, problem, again } = useDocument(id);
  const log = useLog(document?.about.workforce ?? null);
  const fields = document === null ? null : fieldTexts(document);
  // A document is the same object whatever is typed into it.
  const text = fields === null ? "" : JSON.stringify([...fields]);
  const draft = useMemo(() => {
    if (document === null || fields === null) return null;
    const { workforce, replaces, owners: organisers } = document.about;
    const result = letterOf(fields, {
      workforce:
        workforce === null || log.view === null ? null : { id: workforce, manifest: log.view.manifest },
      organisers,
      salt: NO_SALT,
      replaces,
      day: today,
    });
    const reading = workforce !== null && log.view === null && log.problem === null;
    return { document, fields, values: letterValues(fields), reading, organisers, result };
  }, [document, document?.about, text, log.view, log.problem, today]);
  return {
    draft,
    problem: problem ?? log.problem,
    again: () => {
      if (problem !== null) again();
      if (log.problem !== null) log.again();
    },
  };
}
