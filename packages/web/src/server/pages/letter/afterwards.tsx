/** What became of a letter once it was closed: handed over, answered word for word, its demands judged. */
import type { Day, Source } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { answerPath, documentPath, recordPath } from "@undersigned/verify";
import { copyPage, publicFile, registerPage } from "../../../shared/addresses.ts";
import { SourceEntry } from "../../../shared/letter/supplement.tsx";
import { Paragraphs, Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { linkTo } from "../../../shared/tags.tsx";
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
  const say = useSay();
  const at = useAddress();
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
          <h2 id="dealings">{say("public.register")}</h2>
          <p>
            <Says
              words={say.rich("public.register.about", {
                rows: register.rows,
                link: linkTo(at(registerPage(workforce, letter))),
                changes: register.changes,
                day: say.day(register.last),
              })}
            />
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
  const say = useSay();
  return (
    <section aria-labelledby="delivered">
      <h2 id="delivered">{say("public.delivered")}</h2>
      <ul>
        {deliveries.map(({ how, delivered, document, bundle }) => (
          <li key={`${how} ${delivered} ${document}`}>
            <Says
              words={say.rich("public.delivered.what", {
                day: say.day(delivered),
                how: wayWords(say, how),
                link: linkTo(publicFile(workforce, documentPath(document))),
                bundle: bundle === null ? "no" : "yes",
              })}
            />
          </li>
        ))}
      </ul>
      <p class="small">{say("public.delivered.hash")}</p>
    </section>
  );
}

function Answers({ data, answers }: { readonly data: LetterData; readonly answers: readonly Answer[] }) {
  const say = useSay();
  const heading = say("public.answers", { count: answers.length });
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
  const say = useSay();
  const { workforce } = data;
  if (answer.kind === "withheld") {
    return (
      <p class="notice" id={`answer-${answer.hash}`}>
        <Says words={withheldWords(say, answer)} />
      </p>
    );
  }
  return (
    <article class="answer" id={`answer-${answer.hash}`}>
      <h3>
        <Says words={say.rich("public.answer", { kind: answer.kind, day: say.day(answerDay(answer)) })} />
      </h3>
      {answer.kind === "mail" && answer.record.subject !== "" && (
        <p>
          <Says words={say.rich("public.answer.subject", { subject: foreign(answer.record.subject) })} />
        </p>
      )}
      <blockquote class="answer-text" dir="auto">
        <Paragraphs text={answer.record.text} />
      </blockquote>
      {answer.kind === "mail" ? (
        <p class="small">
          <Says
            words={say.rich("public.answer.word-for-word", { mailbox: foreign(answer.record.mailbox) })}
          />{" "}
          {answer.record.evidence === null ? (
            say("public.answer.no-mail")
          ) : (
            <a href={publicFile(workforce, answerPath(answer.record.evidence))}>
              {say("public.answer.mail")}
            </a>
          )}
        </p>
      ) : (
        <>
          <p class="small">{say("public.answer.entered")}</p>
          <Sources of={data} sources={[answer.record.source]} />
        </>
      )}
      <p class="small">
        <Says
          words={say.rich("public.answer.record", {
            link: linkTo(publicFile(workforce, recordPath(answer.hash))),
            day: say.day(answer.day),
          })}
        />
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
  const at = useAddress();
  const copyAt = (sha256: string) => at(copyPage(workforce, letter, sha256));
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
  const say = useSay();
  const { manifest } = data;
  return (
    <section aria-labelledby="judged">
      <h2 id="judged">{say("public.judged.heading")}</h2>
      <p class="small">{say("public.judged.signed")}</p>
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
                <Says words={standingWords(say, demand, today)} />
              </strong>
            </p>
            {demand.judgements.slice(0, 1).map((judged) => (
              <Reason key={judged.day} data={data} judged={judged} />
            ))}
            {demand.judgements.length > 1 && (
              <details>
                <summary>{say("public.judged.before", { count: demand.judgements.length - 1 })}</summary>
                {demand.judgements.slice(1).map((judged) => (
                  <div key={`${judged.day} ${judged.record.salt}`}>
                    <p>
                      <strong>
                        <Says words={judgedWords(say, judged, today)} />
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
  const say = useSay();
  const { record, day, by } = judged;
  return (
    <>
      <div dir="auto">
        <Paragraphs text={record.reason} />
      </div>
      {record.source !== null && <Sources of={data} sources={[record.source]} />}
      <p class="small">
        <Says words={say.rich("public.judged.by", { day: say.day(day), count: by })} />
      </p>
    </>
  );
}
