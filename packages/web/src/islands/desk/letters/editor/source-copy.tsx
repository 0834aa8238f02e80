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
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
import { Actions, Button } from "../../../ui/button.tsx";
import { FileField } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { codeOf } from "../../shell/code-of.ts";
import { useDesk } from "../../shell/desk.ts";
import { ProblemNotice } from "../../shell/problem-notice.tsx";
import { useCall } from "../../shell/use-call.ts";
import { problemWords } from "../../words/problems.ts";
import { foundWords } from "../found-words.ts";
import { CompareCopy } from "./compare-copy.tsx";

const ACCEPT =
  ".pdf,.jpg,.jpeg,.png,.webp,.html,.htm,.txt,.md,application/pdf,image/jpeg,image/png,image/webp,text/html,text/plain";
/** A saved page holds pictures and scripts that go. */
const MAX_CHOSEN_BYTES = 20_000_000;

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
      setFailure(error instanceof CleanError ? say(`desk.clean.${error.code}`) : problemWords(codeOf(error)));
    }
  };
  const look = (bytes: Uint8Array) =>
    attempt(async () => {
      setChosen(null);
      setRemoved(null);
      if (bytes.length > MAX_CHOSEN_BYTES) setFailure(tooLarge());
      else setChosen({ bytes, report: await inspectFile(bytes, "", parts) });
    });
  const keep = () =>
    attempt(async () => {
      if (chosen === null) return;
      const cleaned = await cleanFile(chosen.bytes, parts);
      if (cleaned.bytes.length > MAX_COPY_BYTES) {
        setFailure(tooLarge());
        return;
      }
      const kept = await adding.call({ bytes: encodeBase64url(cleaned.bytes) });
      if (kept === null) return;
      setRemoved(cleaned.removed.map(({ words }) => foundWords(words)));
      setChosen(null);
      onCopy(kept.sha256);
    });
  return (
    <div class="source-copy">
      {copy === null ? (
        <FileField
          id={id}
          label={say("desk.a-copy-of-it-if")}
          hint={say("desk.a-pdf-a-picture-a")}
          accept={ACCEPT}
          start={MAX_CHOSEN_BYTES + 1}
          onFile={look}
        />
      ) : (
        <>
          <p class="small">
            <Says
              words={say.rich("desk.copy-is-kept", {
                copy,
                code: (words) => (
                  <code>
                    <Says words={words} />
                  </code>
                ),
              })}
            />
          </p>
          <CompareCopy key={copy} copy={copy} url={url} />
          <Actions>
            <Button kind="quiet" onPress={() => onCopy(null)}>
              {say("desk.take-out-the-copy")}
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
          {say("desk.taken-out", { removed: removed.join(" ") })}
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
        {foundWords(advice)}
      </Notice>
    );
  }
  return (
    <div class={findings.length > 0 ? "notice warning" : "notice good"} role="status">
      {findings.length === 0 ? (
        <p>{say("desk.nothing-was-found-in-this")}</p>
      ) : (
        <>
          <p>
            <strong>{say("desk.this-file-would-give-away")}</strong>
          </p>
          <ul>
            {findings.map(({ words }) => (
              <li key={words}>{foundWords(words)}</li>
            ))}
          </ul>
        </>
      )}
      <p>{say("desk.what-it-shows-to-the")}</p>
      <Actions>
        <Button kind="primary" busy={busy} onPress={onKeep}>
          {findings.length > 0 ? say("desk.clean-it-and-keep-it") : say("desk.keep-it")}
        </Button>
      </Actions>
    </div>
  );
}

function tooLarge(): string {
  return say("desk.file-too-large");
}
