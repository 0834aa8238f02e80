/** *Timeline*: what organisers tell of a letter's public life. Entered by one, or proposed by one and signed by another. */
import type { LetterManifest } from "@undersigned/core";
import { say } from "../../../../say.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { Progress } from "../../../../ui/progress.tsx";
import type { PageProps } from "../../../parts.ts";
import { useMay } from "../../../shell/desk.ts";
import { ProblemNotice } from "../../../shell/problem-notice.tsx";
import { hashOf } from "../../../shell/route.ts";
import { useAnswer } from "../../../shell/use-call.ts";
import { type AfterProps, AfterScreen } from "../after-screen.tsx";
import type { OfLetter } from "../new-record.ts";
import { Opening } from "../opening.tsx";
import type { Entry } from "./entries.ts";
import { Proposal } from "./proposed-entry.tsx";
import { Told } from "./told.tsx";
import { useEntryDraft, WriteEntry } from "./write-entry.tsx";

export function TimelinePage({ route }: PageProps) {
  return <AfterScreen route={route}>{(props) => <Timeline {...props} />}</AfterScreen>;
}

function Timeline({ after, reload }: AfterProps) {
  const { letter, manifest, further } = after;
  const of = { workforce: letter.workforce, letter: letter.letter };
  const proposals = useAnswer("chronicle", of);
  const dashboard = useAnswer("dashboard", of);
  const changed = () => {
    reload();
    proposals.reload();
  };
  if (!letter.listed || manifest === null) {
    return (
      <Notice tone="warning">
        {say("desk-timeline.the-letter-is-unlisted")}{" "}
        <a href={hashOf("letter", letter.letter)}>{say("desk-timeline.to-the-letter")}</a>
      </Notice>
    );
  }
  const { chronicle } = further;
  const today = dashboard.answer?.day ?? null;
  const proposed = proposals.answer?.proposed ?? [];
  return (
    <>
      <p>{say("desk-timeline.lead")}</p>
      <ProblemNotice
        problem={proposals.problem ?? dashboard.problem}
        again={() => {
          proposals.reload();
          dashboard.reload();
        }}
      />
      {(proposals.answer === null || today === null) &&
        proposals.problem === null &&
        dashboard.problem === null && <Progress label={say("desk-timeline.the-board-is-being-asked")} />}
      {today !== null && (
        <Enter of={of} manifest={manifest} chronicle={chronicle} today={today} onDone={changed} />
      )}
      {proposed.length > 0 && (
        <>
          <h3>{say("desk-timeline.wait-for-a-second")}</h3>
          <ul class="plain">
            {proposed.map((one) => (
              <Proposal
                key={one.record.salt}
                of={of}
                manifest={manifest}
                chronicle={chronicle}
                proposed={one}
                onDone={changed}
              />
            ))}
          </ul>
        </>
      )}
      <h3>{say("desk-timeline.in-the-log")}</h3>
      {chronicle.length === 0 && <p>{say("desk-timeline.nothing-yet")}</p>}
      {today !== null && chronicle.length > 0 && (
        <ul class="plain">
          {chronicle.toReversed().map((entry) => (
            <Told
              key={entry.leaf.record}
              of={of}
              manifest={manifest}
              chronicle={chronicle}
              entry={entry}
              today={today}
              onDone={changed}
            />
          ))}
        </ul>
      )}
    </>
  );
}

interface EnterProps {
  readonly of: OfLetter;
  readonly manifest: LetterManifest;
  readonly chronicle: readonly Entry[];
  readonly today: string;
  readonly onDone: () => void;
}

function Enter(props: EnterProps) {
  const may = useMay();
  const { begun } = useEntryDraft(props.of, null);
  if (!may("chronicle-add")) return null;
  return (
    <Opening button={say("desk-timeline.enter-something")} about="" kind="primary" begun={begun}>
      {(close) => <WriteEntry {...props} replaces={null} onStop={close} />}
    </Opening>
  );
}
