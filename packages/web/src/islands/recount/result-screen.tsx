/** What the recount has found: the verdict first, then the numbers, then on what they rest. */

import type { Report } from "@undersigned/verify";
import { useState } from "preact/hooks";
import { Says } from "../../shared/says.tsx";
import { saveFile } from "../save-file.ts";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Screen } from "../ui/screen.tsx";
import type { Job } from "./app.tsx";
import { Failures } from "./failures.tsx";
import type { KnownCheckpoints } from "./known-checkpoint.ts";
import { LetterResult } from "./letter-result.tsx";
import { notCheckedWords } from "./not-checked-words.ts";
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
        <Notice tone="warning">{say("recount.result-screen.the-letter-of-this-page")}</Notice>
      )}
      {!report.ok && <Failures failures={report.failures} />}
      {held.length > 0 && (
        <>
          <h3>
            {report.ok
              ? say("recount.result-screen.what-was-checked")
              : say("recount.result-screen.where-nothing-wrong-was-found")}
          </h3>
          <ul>
            {held.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{say("recount.result-screen.what-this-does-not-show")}</h3>
      <ul>
        {report.notChecked.map((item) => (
          <li key={item.message}>
            <Says words={notCheckedWords(item)} />
          </li>
        ))}
      </ul>
      {report.ok && report.issuance.length > 0 && (
        <>
          <h3>{say("recount.result-screen.what-the-registrars-state")}</h3>
          <ul>
            {report.issuance.map((row) => (
              <li key={`${row.registrar} ${row.epoch} ${row.class}`}>{issuanceInWords(row)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{say("recount.result-screen.to-keep")}</h3>
      <p>{say("recount.result-screen.the-report-has-all-numbers")}</p>
      {report.checkpoint !== null && (
        <details>
          <summary>{say("recount.result-screen.the-checkpoint-that-this-was")}</summary>
          <p>{say("recount.result-screen.others-who-recount-this-log")}</p>
          <pre>{report.checkpoint}</pre>
        </details>
      )}
      <Actions>
        <Button onPress={saveReport}>{say("recount.result-screen.save-the-report")}</Button>
        {note !== null && (
          <Button onPress={() => saveNote(report.ok ? String(size) : "new", note)}>
            {say("recount.result-screen.save-the-checkpoint")}
          </Button>
        )}
      </Actions>
      <Keeping {...props} />
      <Actions>
        <Button kind="primary" onPress={onAgain}>
          {say("recount.act.recount-again")}
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
    return <Notice tone="warning">{say("recount.result-screen.the-file-holds-nothing-of")}</Notice>;
  }
  if (by !== "file" && by !== "address") return null;
  return (
    <div class="notice warning">
      <p>{say(by === "file" ? "recount.named-by.file" : "recount.named-by.address")}</p>
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
        ? say("recount.shared.the-checkpoint-is-forgotten-nothing")
        : say("recount.result-screen.this-browser-did-not-let"),
    );
  };
  const remember = () => {
    const kept = note !== null && known.remember(workforce, note, compared);
    setSaid(
      kept
        ? say("recount.result-screen.this-device-remembers-the-checkpoint")
        : say("recount.result-screen.this-browser-lets-the-page"),
    );
  };
  return (
    <>
      {remembered.kind === "known" && (
        <>
          <p>{say("recount.result-screen.this-device-remembers-a-checkpoint")}</p>
          <Actions>
            <Button onPress={forget}>{say("recount.act.forget-the-remembered-checkpoint")}</Button>
          </Actions>
        </>
      )}
      {remembered.kind === "nothing" && report.ok && note !== null && (
        <RememberCheck remember={false} onRemember={remember} />
      )}
      {remembered.kind === "refused" && report.ok && (
        <Notice tone="warning">{say("recount.result-screen.this-browser-lets-the-page-2")}</Notice>
      )}
      <p class="hint" role="status">
        {said}
      </p>
    </>
  );
}
