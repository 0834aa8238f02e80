/**
 * A captured copy of a source: the file is looked through on this device, what it would give away is said, and only what was
 * cleaned leaves the device. It is kept by its hash.
 */
import {
  CleanError,
  cleanFile,
  type FileReport,
  type HtmlPart,
  inspectFile,
  type PdfPart,
} from "@undersigned/clean";
import { encodeBase64url, MAX_COPY_BYTES } from "@undersigned/core";
import { useState } from "preact/hooks";
import { Actions, Button } from "../../../ui/button.tsx";
import { FileField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { codeOf } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useCall } from "../../shell/use-call.ts";
import { problemWords } from "../../words/problems.ts";
import { CompareCopy } from "./compare-copy.tsx";

const ACCEPT =
  ".pdf,.jpg,.jpeg,.png,.webp,.html,.htm,.txt,.md,application/pdf,image/jpeg,image/png,image/webp,text/html,text/plain";
/** A saved page holds pictures and scripts that go. */
const MAX_CHOSEN_BYTES = 20_000_000;

const TOO_LARGE =
  "This file is too large: a copy has at most 8 MB when it is cleaned, and a saved page 20 MB before. Make it smaller, then try again.";

interface Chosen {
  readonly bytes: Uint8Array;
  readonly report: FileReport;
}

export interface SourceCopyProps {
  readonly id: string;
  /** Hash of the copy that is kept. */
  readonly copy: string | null;
  /** The source's link, as far as it is typed. */
  readonly url: string;
  readonly onCopy: (sha256: string | null) => void;
}

export function SourceCopy({ id, copy, url, onCopy }: SourceCopyProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [removed, setRemoved] = useState<readonly string[] | null>(null);
  const adding = useCall("copy-add");
  const { part } = useDesk();
  // Large, and so parts of their own that come only for such files.
  const parts = {
    pdf: () => part("pdf") as Promise<PdfPart>,
    html: () => part("html") as Promise<HtmlPart>,
  };

  const attempt = async (work: () => Promise<void>) => {
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setFailure(error instanceof CleanError ? error.message : problemWords(codeOf(error)));
    }
  };
  const look = (bytes: Uint8Array) =>
    attempt(async () => {
      setChosen(null);
      setRemoved(null);
      if (bytes.length > MAX_CHOSEN_BYTES) setFailure(TOO_LARGE);
      else setChosen({ bytes, report: await inspectFile(bytes, "", parts) });
    });
  const keep = () =>
    attempt(async () => {
      if (chosen === null) return;
      const cleaned = await cleanFile(chosen.bytes, parts);
      if (cleaned.bytes.length > MAX_COPY_BYTES) {
        setFailure(TOO_LARGE);
        return;
      }
      const kept = await adding.call({ bytes: encodeBase64url(cleaned.bytes) });
      if (kept === null) return;
      setRemoved(cleaned.removed.map(({ words }) => words));
      setChosen(null);
      onCopy(kept.sha256);
    });
  return (
    <div class="source-copy">
      {copy === null ? (
        <FileField
          id={id}
          label="A copy of it, if it may vanish"
          hint="A PDF, a picture, a text or a saved page (“HTML only”) of at most 8 MB. It is looked through on this device before anything is sent, and becomes public with the letter."
          accept={ACCEPT}
          start={MAX_CHOSEN_BYTES + 1}
          onFile={look}
        />
      ) : (
        <>
          <p class="small">
            A copy is kept. Its SHA-256: <code>{copy}</code>
          </p>
          <CompareCopy key={copy} copy={copy} url={url} />
          <Actions>
            <Button kind="quiet" onPress={() => onCopy(null)}>
              Take out the copy
            </Button>
          </Actions>
        </>
      )}
      {failure !== null && (
        <Notice tone="bad" speak="alert">
          {failure}
        </Notice>
      )}
      <ProblemNotice problem={adding.problem} again={keep} />
      {chosen !== null && <Report report={chosen.report} busy={adding.busy} onKeep={keep} />}
      {removed !== null && removed.length > 0 && (
        <Notice tone="good" speak="status">
          Taken out before it was sent: {removed.join(" ")}
        </Notice>
      )}
    </div>
  );
}

interface ReportProps {
  readonly report: FileReport;
  readonly busy: boolean;
  readonly onKeep: () => void;
}

function Report({ report, busy, onKeep }: ReportProps) {
  const { findings, advice } = report;
  if (advice !== null) {
    return (
      <Notice tone="bad" speak="alert">
        {advice}
      </Notice>
    );
  }
  return (
    <div class={findings.length > 0 ? "notice warning" : "notice good"} role="status">
      {findings.length === 0 ? (
        <p>Nothing was found in this file that gives somebody away.</p>
      ) : (
        <>
          <p>
            <strong>This file would give away:</strong>
          </p>
          <ul>
            {findings.map(({ words }) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
      <p>What it shows to the eye, you must look through yourself: names, screens, reflections.</p>
      <Actions>
        <Button kind="primary" busy={busy} onPress={onKeep}>
          {findings.length > 0 ? "Clean it and keep it" : "Keep it"}
        </Button>
      </Actions>
    </div>
  );
}
