/** What the recount has found: the verdict first, then the numbers, then on what they rest. */
import type { Report } from "@undersigned/verify";
import { useState } from "preact/hooks";
import { saveFile } from "../save-file.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Screen } from "../ui/screen.tsx";
import type { Job } from "./app.tsx";
import { Failures } from "./failures.tsx";
import type { KnownCheckpoints } from "./known-checkpoint.ts";
import { LetterResult } from "./letter-result.tsx";
import {
  heldChecks,
  isOfAnother,
  issuanceInWords,
  lettersInWords,
  type Shout,
  shoutOf,
  verdictOf,
} from "./plain-words.ts";
import { RememberCheck } from "./ready-screen.tsx";
import { ShoutNotice } from "./shout-notice.tsx";

export interface ResultScreenProps {
  readonly job: Job;
  readonly report: Report;
  readonly note: Uint8Array | null;
  /** The page's. */
  readonly letter: string | null;
  readonly known: KnownCheckpoints;
  readonly onAgain: () => void;
  readonly onWithoutKnown: () => void;
}

export function ResultScreen(props: ResultScreenProps) {
  const { job, report, note, letter, onAgain, onWithoutKnown } = props;
  const { compared, from } = job;
  const verdict = verdictOf(report);
  const shout = compared === null ? null : shoutOf(report);
  const letters = lettersInWords(report, letter);
  const held = heldChecks(report, compared !== null);
  const size = report.size ?? 0;
  const saveReport = () =>
    saveFile(`undersigned-report-${size}.json`, `${JSON.stringify(report, null, 2)}\n`, "application/json");
  const saveNote = (name: string, bytes: Uint8Array) =>
    saveFile(`undersigned-checkpoint-${name}.txt`, bytes, "text/plain");
  return (
    <Screen name="result" title={verdict.title}>
      <div class={verdict.good ? "notice good" : "notice bad"} role={verdict.good ? undefined : "alert"}>
        <p>{verdict.text}</p>
      </div>
      {shout !== null && compared !== null && (
        <ShoutNotice
          shout={shout}
          onSaveKnown={() => saveNote("known", compared)}
          onSaveSeen={note === null ? null : () => saveNote("new", note)}
          onWithoutKnown={isOlderCopy(shout, from.kind) ? onWithoutKnown : null}
        />
      )}
      <WhoNamed job={job} report={report} />
      {letters.map((words) => (
        <LetterResult key={words.letter} words={words} />
      ))}
      {report.ok && letter !== null && !letters.some((words) => words.letter === letter) && (
        <Notice tone="warning">
          The letter of this page is not in the file: it may have been made before the letter was opened.
        </Notice>
      )}
      {!report.ok && <Failures failures={report.failures} />}
      {held.length > 0 && (
        <>
          <h3>{report.ok ? "What was checked" : "Where nothing wrong was found"}</h3>
          <ul>
            {held.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <h3>What this does not show</h3>
      <ul>
        {report.notChecked.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {report.ok && report.issuance.length > 0 && (
        <>
          <h3>What the registrars state</h3>
          <ul>
            {report.issuance.map((row) => (
              <li key={`${row.registrar} ${row.epoch} ${row.class}`}>{issuanceInWords(row)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>To keep</h3>
      <p>
        The report has all numbers and all that was found. The checkpoint is signed: with it, the next recount
        shows whether the log has only grown.
      </p>
      {report.checkpoint !== null && (
        <details>
          <summary>The checkpoint that this was counted from</summary>
          <p>Others who recount this log at the same size must see the same three lines.</p>
          <pre>{report.checkpoint}</pre>
        </details>
      )}
      <Actions>
        <Button onPress={saveReport}>Save the report</Button>
        {note !== null && (
          <Button onPress={() => saveNote(report.ok ? String(size) : "new", note)}>
            Save the checkpoint
          </Button>
        )}
      </Actions>
      <Keeping {...props} />
      <Actions>
        <Button kind="primary" onPress={onAgain}>
          Recount again
        </Button>
      </Actions>
    </Screen>
  );
}

/** Only a file can be an old copy and still honest; a board has what it has. */
function isOlderCopy(shout: Shout, from: "board" | "bundle"): boolean {
  return shout === "shorter" && from === "bundle";
}

/** On whose word the workforce id is, where it is not the link's. */
function WhoNamed({ job, report }: { readonly job: Job; readonly report: Report }) {
  const { by, workforce, from } = job;
  if (from.kind === "bundle" && isOfAnother(report)) {
    return (
      <Notice tone="warning">
        The file holds nothing of the workforce that was asked for. Perhaps it is another letter's, or the
        workforce id is wrong.
      </Notice>
    );
  }
  if (by !== "file" && by !== "address") return null;
  return (
    <div class="notice warning">
      <p>
        {by === "file"
          ? "The file itself named the workforce, so it vouches for itself: anybody can make such a file."
          : "The address named the workforce, not a link with a # in it: whoever gave you the address vouches for it."}{" "}
        Before you rely on this, compare this id with the link of the letter:
      </p>
      <p>
        <code>{workforce}</code>
      </p>
    </div>
  );
}

/** Whether this device remembers the checkpoint, and how to change that. Nothing is remembered of what does not hold. */
function Keeping({ job, report, note, known }: ResultScreenProps) {
  const { workforce, compared } = job;
  const [said, setSaid] = useState("");
  const remembered = known.read(workforce);
  const forget = () => {
    setSaid(
      known.forget(workforce)
        ? "The checkpoint is forgotten: nothing of it stays on this device."
        : "This browser did not let the page forget it: clear the data of this site in its settings.",
    );
  };
  const remember = () => {
    const kept = note !== null && known.remember(workforce, note, compared);
    setSaid(
      kept
        ? "This device remembers the checkpoint."
        : "This browser lets the page remember nothing: save the checkpoint as a file instead.",
    );
  };
  return (
    <>
      {remembered.kind === "known" && (
        <>
          <p>This device remembers a checkpoint of this log.</p>
          <Actions>
            <Button onPress={forget}>Forget the remembered checkpoint</Button>
          </Actions>
        </>
      )}
      {remembered.kind === "nothing" && report.ok && note !== null && (
        <RememberCheck remember={false} onRemember={remember} />
      )}
      {remembered.kind === "refused" && report.ok && (
        <Notice tone="warning">
          This browser lets the page remember nothing: save the checkpoint as a file, and compare with it next
          time.
        </Notice>
      )}
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}
