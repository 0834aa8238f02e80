/** `/w/…/letters/…/timeline` and `/timeline`: everything that happened, in order; the letter's with the plot. */
import type { Source } from "@undersigned/core";
import type { PublicFile } from "@undersigned/service";
import { letterPage as letterAddress, timelinePage as timelineAddress } from "../../../shared/addresses.ts";
import { DayTime, Paragraphs, Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import type { FollowedLetterData } from "../../followed/load-followed.ts";
import type { TimelineEvent } from "../../followed/timeline.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { headWords, notesOf, sourceOf, toldText } from "../../words/timeline.ts";
import { Sources } from "./afterwards.tsx";
import { titleOf } from "./letter-page.tsx";
import { PlotSection } from "./plot.tsx";

export function timelinePage(frame: Frame, data: LetterData, of: FollowedLetterData): PublicFile {
  const { say } = frame;
  const title = titleOf(say, data);
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title: `${say("followed.title")}: ${title}`,
    leave: true,
    noindex: data.unlisted,
    clientLogged: data.clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <LetterLink of={of} />
        </p>
        <h1>{say("followed.title")}</h1>
        <p>{say("followed.lead")}</p>
        <PlotSection of={of} />
        <Events events={of.timeline} of={of} />
      </div>
    ),
  });
}

/** Of all letters: what happened last comes first. */
export function boardTimelinePage(frame: Frame, letters: readonly FollowedLetterData[]): PublicFile {
  const { say } = frame;
  const all = letters
    .flatMap((of) => of.timeline.map((event, i) => ({ of, event, i })))
    .sort((a, b) => (a.event.day < b.event.day ? 1 : a.event.day > b.event.day ? -1 : b.i - a.i));
  return htmlPage(frame, {
    title: say("followed.title"),
    children: (
      <div class="column">
        <h1>{say("followed.title")}</h1>
        <p>{say("followed.board-lead")}</p>
        {all.length === 0 && <p>{say("followed.nothing-yet")}</p>}
        <ol class="timeline">
          {all.map(({ of, event }) => (
            <li key={`${of.letter} ${event.id}`}>
              <Event event={event} of={of} />
              <p class="small">
                <LetterLink of={of} event={event.id} />
              </p>
            </li>
          ))}
        </ol>
      </div>
    ),
  });
}

function LetterLink({ of, event }: { readonly of: FollowedLetterData; readonly event?: string }) {
  const say = useSay();
  const at = useAddress();
  const { workforce, letter, title, language } = of;
  const address =
    event === undefined ? letterAddress(workforce, letter) : `${timelineAddress(workforce, letter)}#${event}`;
  return (
    <a href={at(address)}>
      {title === null ? (
        say("followed.back")
      ) : (
        <bdi lang={language} dir={directionOf(language)}>
          {title}
        </bdi>
      )}
    </a>
  );
}

function Events({
  events,
  of,
}: {
  readonly events: readonly TimelineEvent[];
  readonly of: FollowedLetterData;
}) {
  const say = useSay();
  if (events.length === 0) return <p>{say("followed.nothing-yet")}</p>;
  return (
    <ol class="timeline numbered">
      {events.map((event) => (
        <li key={event.id} id={event.id}>
          <Event event={event} of={of} />
        </li>
      ))}
    </ol>
  );
}

function Event({ event, of }: { readonly event: TimelineEvent; readonly of: FollowedLetterData }) {
  const say = useSay();
  const { day, what } = event;
  const text = toldText(what);
  const source: Source | null = sourceOf(what);
  const over = what.kind === "told" && what.entry.replaced !== null;
  return (
    <>
      <p>
        <DayTime day={day} />
        <br />
        <strong>
          <Says words={headWords(say, what, day)} />
        </strong>
      </p>
      {text !== null && (
        <blockquote class={over ? "answer-text over-now" : "answer-text"} dir="auto">
          <Paragraphs text={text} />
        </blockquote>
      )}
      {source !== null && <Sources of={of} sources={[source]} />}
      {notesOf(say, event).map((words) => (
        <p class="small">
          <Says words={words} />
        </p>
      ))}
    </>
  );
}
