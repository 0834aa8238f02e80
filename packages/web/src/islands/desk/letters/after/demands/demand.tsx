/** One demand: its present judgement, what is proposed, and those before. */

import type { JudgementRecord } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import type { FurtherView } from "@undersigned/verify";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { useMay } from "../../../shell/desk.ts";
import type { OfLetter } from "../new-record.ts";
import { Opening } from "../opening.tsx";
import { Lines, ShownSource } from "../shown-source.tsx";
import { judgementWords } from "../words.ts";
import type { DemandStanding } from "./judgement-draft.ts";
import { Proposal } from "./proposal.tsx";
import { Propose } from "./propose.tsx";

export interface DemandProps {
  readonly of: OfLetter;
  readonly demand: DemandStanding;
  /** The board's. */
  readonly day: string;
  readonly onDone: () => void;
}

export function Demand(props: DemandProps) {
  const { demand, day, onDone } = props;
  const { title, text, met, judgements, proposed } = demand;
  const may = useMay();
  const [now, ...before] = judgements;
  return (
    <section class="card" aria-labelledby={`demand-${demand.id}`}>
      <h3 id={`demand-${demand.id}`}>
        <bdi>{title}</bdi>
      </h3>
      <details>
        <summary>
          {say("desk-after.what-is-demanded")}
          <span class="visually-hidden">: {title}</span>
        </summary>
        <Lines text={text} />
        <p>
          <Says words={say.rich("desk-after.met-when", { met: foreign(met) })} />
        </p>
      </details>
      {now === undefined ? (
        <p>{say("desk-after.not-judged-yet")}</p>
      ) : (
        <Judgement judgement={now} day={day} />
      )}
      {proposed !== null && <Proposal {...props} proposed={proposed} />}
      {may("judgement-propose") && (
        <Opening
          button={
            proposed !== null
              ? say("desk-after.propose-something-else")
              : say("desk-after.propose-a-judgement")
          }
          about={title}
        >
          {(close) => (
            <Propose
              {...props}
              onDone={() => {
                close();
                onDone();
              }}
              onStop={close}
            />
          )}
        </Opening>
      )}
      {before.length > 0 && (
        <details>
          <summary>
            <Says
              words={say.rich("desk-after.earlier-judgements", {
                count: before.length,
                title: foreign(title),
                aside: (words) => (
                  <span class="visually-hidden">
                    <Says words={words} />
                  </span>
                ),
              })}
            />
          </summary>
          {before.map((judgement) => (
            <Judgement key={judgement.leaf.record} judgement={judgement} day={day} />
          ))}
        </details>
      )}
    </section>
  );
}

interface JudgementProps {
  readonly judgement: FurtherView["judgements"][number];
  readonly day: string;
}

function Judgement({ judgement: { leaf, record }, day }: JudgementProps) {
  return (
    <>
      <p>
        <Says
          words={say.rich("desk-after.said-on", {
            judgement: judgementWords(record, day),
            day: say.day(leaf.day),
            count: leaf.by.length,
            strong: (words) => (
              <strong>
                <Says words={words} />
              </strong>
            ),
          })}
        />
      </p>
      <Reasons record={record} />
    </>
  );
}

export function Reasons({ record }: { readonly record: JudgementRecord }) {
  return (
    <>
      <Lines text={record.reason} />
      {record.source !== null && <ShownSource source={record.source} />}
    </>
  );
}
