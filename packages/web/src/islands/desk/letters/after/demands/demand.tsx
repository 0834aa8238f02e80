/** One demand: its present judgement, what is proposed, and those before. */
import type { JudgementRecord } from "@undersigned/core";
import type { FurtherView } from "@undersigned/verify";
import { longDay } from "../../../../../shared/words/days.ts";
import { counted } from "../../../../../shared/words/numbers.ts";
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
          What is demanded<span class="visually-hidden">: {title}</span>
        </summary>
        <Lines text={text} />
        <p>
          Met when: <bdi>{met}</bdi>
        </p>
      </details>
      {now === undefined ? <p>Not judged yet.</p> : <Judgement judgement={now} day={day} />}
      {proposed !== null && <Proposal {...props} proposed={proposed} />}
      {may("judgement-propose") && (
        <Opening
          button={proposed !== null ? "Propose something else …" : "Propose a judgement …"}
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
            {counted(before.length, "earlier judgement", "earlier judgements")}
            <span class="visually-hidden"> of {title}</span>
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
        <strong>{judgementWords(record, day)}</strong>, said on{" "}
        <time datetime={leaf.day}>{longDay(leaf.day)}</time> by {counted(leaf.by.length, "owner", "owners")}
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
