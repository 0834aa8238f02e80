/** What became of a letter once it was closed: handed over, answered word for word, its demands judged. */
import type { Day, Source } from "@undersigned/core";
import { answerPath, documentPath, recordPath } from "@undersigned/verify";
import { copyPage, publicFile, registerPage } from "../../../shared/addresses.ts";
import { SourceEntry } from "../../../shared/letter/supplement.tsx";
import { DayTime, Paragraphs, Says } from "../../../shared/says.tsx";
import { counted } from "../../../shared/words/numbers.ts";
import type { Afterwards, Answer, DemandStanding, Judged } from "../../load-afterwards.ts";
import type { LetterData } from "../../load-letter.ts";
import {
  answerDay,
  judgedWords,
  standingTone,
  standingWords,
  wayWords,
  withheldWords,
} from "../../words/afterwards.ts";

/** Nothing where nothing has become of it yet. */
export function AfterwardsSections({ data }: { readonly data: LetterData }) {
  const { afterwards, workforce, letter, today } = data;
  const { deliveries, answers, demands, register } = afterwards;
  const judged = demands.some(({ judgements }) => judgements.length > 0);
  return (
    <>
      {deliveries.length > 0 && <Delivered workforce={workforce} deliveries={deliveries} />}
      {answers.length > 0 && <Answers data={data} answers={answers} />}
      {judged && <Demands data={data} demands={demands} today={today} />}
      {register !== null && (
        <section aria-labelledby="dealings">
          <h2 id="dealings">Register of dealings</h2>
          <p>
            What the company supplies, {counted(register.rows, "entry", "entries")} with what is known of
            each: <a href={registerPage(workforce, letter)}>the register</a>. It was changed{" "}
            {counted(register.changes, "time", "times")}, last on <DayTime day={register.last} />; each change
            stands in the log.
          </p>
        </section>
      )}
    </>
  );
}

function Delivered({
  workforce,
  deliveries,
}: {
  readonly workforce: string;
  readonly deliveries: Afterwards["deliveries"];
}) {
  return (
    <section aria-labelledby="delivered">
      <h2 id="delivered">Delivered</h2>
      <ul>
        {deliveries.map(({ how, delivered, document, bundle }) => (
          <li key={`${how} ${delivered} ${document}`}>
            On <DayTime day={delivered} />, {wayWords(how)}:{" "}
            <a href={publicFile(workforce, documentPath(document))}>the document</a> (PDF)
            {bundle === null ? "" : " and the files with which the number can be counted again"}.
          </li>
        ))}
      </ul>
      <p class="small">
        The log holds the hash of what was handed over. The same document can be made again from the log at
        any time.
      </p>
    </section>
  );
}

function Answers({ data, answers }: { readonly data: LetterData; readonly answers: readonly Answer[] }) {
  const heading = answers.length === 1 ? "The answer" : "Answers";
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{heading}</h2>
      {answers.map((answer) => (
        <AnswerEntry key={answer.hash} data={data} answer={answer} />
      ))}
    </section>
  );
}

function AnswerEntry({ data, answer }: { readonly data: LetterData; readonly answer: Answer }) {
  const { workforce } = data;
  if (answer.kind === "withheld") {
    return (
      <p class="notice" id={`answer-${answer.hash}`}>
        <Says words={withheldWords(answer)} />
      </p>
    );
  }
  return (
    <article class="answer" id={`answer-${answer.hash}`}>
      <h3>
        {answer.kind === "mail" ? "By mail" : "Statement"}, <DayTime day={answerDay(answer)} />
      </h3>
      {answer.kind === "mail" && answer.record.subject !== "" && (
        <p>
          Subject: <bdi>{answer.record.subject}</bdi>
        </p>
      )}
      <blockquote class="answer-text" dir="auto">
        <Paragraphs text={answer.record.text} />
      </blockquote>
      {answer.kind === "mail" ? (
        <p class="small">
          Word for word as it was sent from <bdi>{answer.record.mailbox}</bdi>, the mailbox that the letter
          names: the signature of its mail domain (DKIM) covers this text.{" "}
          {answer.record.evidence === null ? (
            "The mail itself is not published, because it shows other people."
          ) : (
            <a href={publicFile(workforce, answerPath(answer.record.evidence))}>
              The mail, to check it again
            </a>
          )}
        </p>
      ) : (
        <>
          <p class="small">Not sent to the organisers: they have entered it from the source below.</p>
          <Sources of={data} sources={[answer.record.source]} />
        </>
      )}
      <p class="small">
        <a href={publicFile(workforce, recordPath(answer.hash))}>The record in the log</a>, of{" "}
        <DayTime day={answer.day} />
      </p>
    </article>
  );
}

export function Sources({
  of: { workforce, letter },
  sources,
}: {
  readonly of: Pick<LetterData, "workforce" | "letter">;
  readonly sources: readonly Source[];
}) {
  const copyAt = (sha256: string) => copyPage(workforce, letter, sha256);
  return (
    <ul class="sources">
      {sources.map((source) => (
        <SourceEntry key={source.url} source={source} copyAt={copyAt} />
      ))}
    </ul>
  );
}

function Demands({
  data,
  demands,
  today,
}: {
  readonly data: LetterData;
  readonly demands: readonly DemandStanding[];
  readonly today: Day;
}) {
  const { manifest } = data;
  return (
    <section aria-labelledby="judged">
      <h2 id="judged">How the demands stand</h2>
      <p class="small">Each judgement is signed by at least two organisers. Earlier ones stay.</p>
      <ol class="standings">
        {demands.map((demand) => (
          <li key={demand.id}>
            <h3>
              <a href={`#demand-${demand.id}`}>
                <bdi lang={manifest?.language ?? "en"}>{demand.title}</bdi>
              </a>
            </h3>
            <p>
              <strong class={`standing ${standingTone(demand, today)}`}>
                <Says words={standingWords(demand, today)} />
              </strong>
            </p>
            {demand.judgements.slice(0, 1).map((judged) => (
              <Reason key={judged.day} data={data} judged={judged} />
            ))}
            {demand.judgements.length > 1 && (
              <details>
                <summary>Judged before: {counted(demand.judgements.length - 1, "time", "times")}</summary>
                {demand.judgements.slice(1).map((judged) => (
                  <div key={`${judged.day} ${judged.record.salt}`}>
                    <p>
                      <strong>
                        <Says words={judgedWords(judged, today)} />
                      </strong>
                    </p>
                    <Reason data={data} judged={judged} />
                  </div>
                ))}
              </details>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reason({ data, judged }: { readonly data: LetterData; readonly judged: Judged }) {
  const { record, day, by } = judged;
  return (
    <>
      <div dir="auto">
        <Paragraphs text={record.reason} />
      </div>
      {record.source !== null && <Sources of={data} sources={[record.source]} />}
      <p class="small">
        Judged on <DayTime day={day} /> by {counted(by, "organiser", "organisers")}.
      </p>
    </>
  );
}
