/** What the recounting page is at: asking for files, counting, showing what came out. */
import type { Report } from "@undersigned/verify";
import { useEffect, useRef, useState } from "preact/hooks";
import { useDroppedFile } from "../ui/use-dropped-file.ts";
import { CountingScreen } from "./counting-screen.tsx";
import { FailedScreen, type FailedScreenProps } from "./failed-screen.tsx";
import type { KnownCheckpoints } from "./known-checkpoint.ts";
import type { FilesFrom, NamedByFile } from "./messages.ts";
import { NamingScreen } from "./naming-screen.tsx";
import type { Progress } from "./pace.ts";
import { type KnownFile, ReadyScreen } from "./ready-screen.tsx";
import { ResultScreen } from "./result-screen.tsx";
import type { Counter, StartCounter } from "./start-counter.ts";
import type { NamedBy, PageWorkforce } from "./workforce-id.ts";

export interface AppProps {
  readonly page: PageWorkforce;
  readonly letter: string | null;
  /** The link's, where the letter is unlisted. */
  readonly linkKey?: Uint8Array | null;
  /** Address of the log's prefix on this board; null on a page of no workforce. */
  readonly board: string | null;
  readonly known: KnownCheckpoints;
  readonly start: StartCounter;
}

export interface Job {
  readonly from: FilesFrom;
  readonly workforce: string;
  readonly by: NamedBy;
  /** The signed note that the log must have grown out of. */
  readonly compared: Uint8Array | null;
}

type View =
  | { readonly screen: "ready" }
  | { readonly screen: "naming"; readonly file: Blob; readonly named: NamedByFile | null }
  | { readonly screen: "counting"; readonly progress: Progress }
  | {
      readonly screen: "result";
      readonly job: Job;
      readonly report: Report;
      readonly note: Uint8Array | null;
    }
  | { readonly screen: "failed"; readonly failed: FailedScreenProps["failed"]; readonly again: boolean };

function firstView(page: PageWorkforce): View {
  if (page.kind === "differs") return { screen: "failed", failed: { why: "differs" }, again: false };
  if (page.kind === "malformed") return { screen: "failed", failed: { why: "malformed" }, again: false };
  return { screen: "ready" };
}

export function App({ page, letter, linkKey = null, board, known, start }: AppProps) {
  const named = page.kind === "named" ? page : null;
  const remembered = named === null ? null : known.read(named.workforce);
  const [view, setView] = useState<View>(() => firstView(page));
  const [acted, setActed] = useState(false);
  const [remember, setRemember] = useState(remembered?.kind === "known");
  const [knownFile, setKnownFile] = useState<KnownFile | null>(null);
  const counter = useRef<Counter | null>(null);

  const show = (next: View) => {
    setActed(true);
    setView(next);
  };
  const stop = () => {
    counter.current?.stop();
    counter.current = null;
  };
  useEffect(() => stop, []);

  const count = (job: Job) => {
    stop();
    show({ screen: "counting", progress: { leaves: 0, size: 0 } });
    const { from, workforce, compared } = job;
    // A bundle may be older than the letter: which letters it has is said with what came out.
    const only = from.kind === "board" ? letter : null;
    counter.current = start(
      { do: "count", from, workforce, letter: only, linkKey, known: compared },
      (answer) => {
        if (answer.said === "progress") setView({ screen: "counting", progress: answer });
        if (answer.said === "failed") show({ screen: "failed", failed: answer.failed, again: true });
        if (answer.said === "report") {
          const { report, note } = answer;
          if (report.ok && note !== null && remember) known.remember(workforce, note, compared);
          show({ screen: "result", job, report, note });
        }
      },
    );
  };

  const begin = (from: FilesFrom, workforce: string, by: NamedBy) => {
    count({ from, workforce, by, compared: knownFile?.bytes ?? known.bytes(workforce) });
  };

  const takeBundle = (file: Blob) => {
    if (named !== null) return begin({ kind: "bundle", file }, named.workforce, named.by);
    stop();
    counter.current = start({ do: "name", file }, (answer) => {
      if (answer.said === "named") show({ screen: "naming", file, named: answer.named });
      if (answer.said === "failed") show({ screen: "failed", failed: answer.failed, again: true });
    });
  };
  useDroppedFile(view.screen === "ready" || view.screen === "naming" ? takeBundle : null);

  const back = () => {
    stop();
    show({ screen: "ready" });
  };

  switch (view.screen) {
    case "ready":
      return (
        <ReadyScreen
          acted={acted}
          onBoard={
            board === null || named === null
              ? null
              : () => begin({ kind: "board", prefix: board }, named.workforce, named.by)
          }
          onBundle={takeBundle}
          remembered={remembered}
          remember={remember}
          onRemember={setRemember}
          onForget={() => {
            if (named !== null) known.forget(named.workforce);
            setRemember(false);
            setView({ screen: "ready" });
          }}
          knownFile={knownFile}
          onKnownFile={setKnownFile}
        />
      );
    case "naming":
      return (
        <NamingScreen
          named={view.named}
          onWorkforce={(workforce, by) => begin({ kind: "bundle", file: view.file }, workforce, by)}
          onBack={back}
        />
      );
    case "counting":
      return <CountingScreen progress={view.progress} onStop={back} />;
    case "failed":
      return <FailedScreen failed={view.failed} onAgain={view.again ? back : null} />;
    case "result":
      return (
        <ResultScreen
          job={view.job}
          report={view.report}
          note={view.note}
          letter={letter}
          known={known}
          onAgain={back}
          onWithoutKnown={() => count({ ...view.job, compared: null })}
        />
      );
  }
}
