/** What the draft would become, made anew a little after each change. */
import {
  type Day,
  encodeCanonical,
  type WorkforceContext,
  type WorkforceResult,
  workforceManifestHash,
  workforceOf,
} from "@undersigned/core";
import { type FileSource, httpSource, openWorkforce } from "@undersigned/verify";
import { useEffect, useState } from "preact/hooks";
import type { OpenDocument } from "../outbox/open-document.ts";
import { codeOf } from "../shell/code-of.ts";

type Before = WorkforceContext["before"];

export interface UsedWorkforce {
  readonly result: WorkforceResult | null;
  /** Why the version in force could not be read: a code. */
  readonly problem: string | null;
}

export function useWorkforce(document: OpenDocument, origin: string, today: Day): UsedWorkforce {
  const { about } = document;
  const [before, setBefore] = useState<Before | undefined>(about.workforce === null ? null : undefined);
  const [result, setResult] = useState<WorkforceResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (about.workforce === null) return;
    readInForce(origin, about.workforce).then(setBefore, (error: unknown) => setProblem(codeOf(error)));
  }, [origin, about.workforce]);

  const texts = document.texts();
  const key = JSON.stringify([...texts]);
  const { board, owners } = about;
  useEffect(() => {
    if (before === undefined || board === null) return;
    let wanted = true;
    void workforceOf(texts, { openers: owners, board, before, day: today }).then(
      (made) => wanted && setResult(made),
    );
    return () => {
      wanted = false;
    };
  }, [key, before, board?.log, owners.join(), today]);
  return { result, problem };
}

/** The manifest in force as the log has it: the board is trusted for none of it. */
async function readInForce(origin: string, workforce: string): Promise<Before> {
  const source: FileSource = httpSource(`${origin}/w/${workforce}`, { fetch: (...of) => fetch(...of) });
  const { manifest } = await openWorkforce(source, workforce);
  return { manifest, hash: workforceManifestHash(encodeCanonical(manifest)) };
}
