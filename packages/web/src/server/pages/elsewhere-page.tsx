/** `/elsewhere`: letters of this board and of others, with numbers that were recounted here. Filtered by address, without script. */
import { type FollowProblem, isCounted } from "@undersigned/core";
import { foreign, headcountWords, type Say, type Words } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { ELSEWHERE } from "../../shared/addresses.ts";
import { Says } from "../../shared/says.tsx";
import { useAddress, useSay } from "../../shared/speech.ts";
import { linkTo, TAGS } from "../../shared/tags.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { type Frame, htmlPage } from "../html.tsx";
import { hostOf } from "../ways/absolute.ts";
import type { Elsewhere, ListedLetter } from "../ways/elsewhere.ts";
import {
  type ElsewhereView,
  elsewhereQuery,
  filterLetters,
  LETTERS_ON_PAGE,
  STATES,
} from "../ways/elsewhere-view.ts";

export function elsewherePage(frame: Frame, of: Elsewhere, view: ElsewhereView): PublicFile {
  const { say } = frame;
  const found = filterLetters(of.letters, view);
  const pages = Math.max(1, Math.ceil(found.length / LETTERS_ON_PAGE));
  const page = Math.min(view.page, pages);
  const shown = found.slice((page - 1) * LETTERS_ON_PAGE, page * LETTERS_ON_PAGE);
  return htmlPage(frame, {
    title: say("ways.elsewhere"),
    forms: true,
    children: (
      <div class="column">
        <h1>{say("ways.elsewhere")}</h1>
        <p class="lead">{say("ways.elsewhere-lead")}</p>
        <Sum of={of} />
        {of.letters.length === 0 ? (
          <p>{say("ways.nothing")}</p>
        ) : (
          <>
            <Filters of={of} view={view} />
            <p role="status">{foundWords(say, found.length, of.letters.length, page, pages)}</p>
            {shown.length === 0 && <p>{say("ways.none-found")}</p>}
            {shown.length > 0 && (
              <ul class="letters">
                {shown.map((letter) => (
                  <Letter key={letter.letter} of={letter} />
                ))}
              </ul>
            )}
            <Pages view={view} page={page} pages={pages} />
          </>
        )}
        <Unverified of={of.unverified} />
        <p class="small">
          <Says words={say.rich("ways.machine", { link: linkTo("/following.json") })} />
        </p>
      </div>
    ),
  });
}

/** A sum of one letter says nothing that the letter does not. */
function Sum({ of: { sum, ofOneDay } }: { readonly of: Elsewhere }) {
  const say = useSay();
  const { signatories, companies, letters, atLeast, since } = sum;
  if (since === null || letters < 2) return null;
  return (
    <section class="tally">
      <p class="sentence">
        <strong>
          <Says
            words={say.rich(ofOneDay ? "ways.sum" : "ways.sum-since", {
              count: signatories,
              companies,
              day: say.day(since),
            })}
          />
        </strong>
      </p>
      <p>{say("ways.sum-twice", { letters, least: atLeast })}</p>
    </section>
  );
}

function foundWords(say: Say, found: number, all: number, page: number, pages: number): string {
  if (pages > 1) return say("ways.found-page", { found, page, pages });
  return found === all ? say("ways.found-all", { all }) : say("ways.found", { found, all });
}

function Filters({ of: { letters }, view }: { readonly of: Elsewhere; readonly view: ElsewhereView }) {
  const say = useSay();
  const at = useAddress();
  const alike = (texts: readonly string[]) =>
    [...new Set(texts)].sort((a, b) => a.localeCompare(b, say.language)).map((text) => [text, text] as const);
  return (
    <search>
      <form class="filters" method="get" action={at(ELSEWHERE)}>
        <Choice
          name="company"
          label={say("ways.company-label")}
          chosen={view.company}
          options={alike(letters.map(({ employer }) => employer))}
        />
        <Choice
          name="topic"
          label={say("ways.topic-label")}
          chosen={view.topic}
          options={alike(letters.flatMap(({ topics }) => topics))}
        />
        <Choice
          name="state"
          label={say("ways.state-label")}
          chosen={view.state ?? ""}
          options={STATES.map((state) => [state, say(`ways.state-${state}`)] as const)}
        />
        <p class="actions">
          <button class="button primary" type="submit">
            {say("ways.show")}
          </button>
          <a class="button" href={at(ELSEWHERE)}>
            {say("ways.all-letters")}
          </a>
        </p>
      </form>
    </search>
  );
}

function Choice({
  name,
  label,
  chosen,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, text: string])[];
}) {
  const say = useSay();
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        <option value="">{say("ways.all")}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Letter({ of }: { readonly of: ListedLetter }) {
  const say = useSay();
  const at = useAddress();
  const { title, address, followed, organisation, employer, headcount, delivered, answered, topics } = of;
  const language = of.language ?? "und";
  const name = (
    <bdi lang={language} dir={directionOf(language)}>
      {title}
    </bdi>
  );
  return (
    <li class="card">
      <h2>
        {followed === null ? (
          <a href={at(address)}>{name}</a>
        ) : (
          <a href={address} rel="noreferrer noopener">
            {name}
          </a>
        )}
      </h2>
      <p>
        <span class="state">{say(`ways.state-${of.state}`)}</span> <Says words={numberWords(say, of)} />
      </p>
      {organisation !== null && (
        <p class="small">
          <Says words={say.rich("ways.addressee", { organisation: foreign(organisation) })} />
        </p>
      )}
      {headcount !== null && isCounted(of) && (
        <p class="small">
          <Says words={headcountWords(say, { employer, headcount })} />
        </p>
      )}
      {delivered !== null && (
        <p class="small">
          <Says
            words={say.rich("ways.delivered", {
              day: say.day(delivered),
              answered: answered ? "yes" : "no",
            })}
          />
        </p>
      )}
      {topics.length > 0 && (
        <p class="small">
          <Says words={say.rich("ways.topics", { topics: topicList(topics) })} />
        </p>
      )}
      <p class="small">
        {followed === null ? (
          say("ways.here")
        ) : (
          <Says
            words={say.rich("ways.recounted", {
              host: foreign(hostOf(followed.url)),
              day: say.day(followed.recounted),
            })}
          />
        )}
      </p>
      {followed !== null && followed.problem !== null && (
        <p class="notice bad">
          <Says
            words={say.rich("ways.problem", {
              day: say.day(followed.problem.day),
              problem: problemWords(say, followed.problem),
              verified: say.day(followed.recounted),
            })}
          />
        </p>
      )}
    </li>
  );
}

function topicList(topics: readonly string[]): Words {
  return topics.flatMap((topic, i) => [...(i === 0 ? [] : [" · "]), foreign(topic)]);
}

function numberWords(say: Say, letter: ListedLetter): Words {
  const employer = foreign(letter.employer);
  if (letter.state === "too-few") return say.rich("ways.destroyed", { employer });
  if (!isCounted(letter)) return say.rich("ways.uncounted", { employer });
  return say.rich("ways.counted", { count: letter.counted.mailbox, employer, number: TAGS.strong });
}

function Pages({
  view,
  page,
  pages,
}: {
  readonly view: ElsewhereView;
  readonly page: number;
  readonly pages: number;
}) {
  const say = useSay();
  const to = `${useAddress()(ELSEWHERE)}`;
  if (pages === 1) return null;
  return (
    <nav class="pages" aria-label={say("ways.pages")}>
      {page > 1 && (
        <a class="button" rel="prev" href={`${to}${elsewhereQuery(view, page - 1)}`}>
          {say("ways.previous")}
        </a>
      )}
      {page < pages && (
        <a class="button" rel="next" href={`${to}${elsewhereQuery(view, page + 1)}`}>
          {say("ways.next")}
        </a>
      )}
    </nav>
  );
}

function Unverified({ of }: { readonly of: Elsewhere["unverified"] }) {
  const say = useSay();
  if (of.length === 0) return null;
  return (
    <section>
      <h2>{say("ways.unverified")}</h2>
      <p>{say("ways.unverified-lead")}</p>
      <ul>
        {of.map(({ url, problem }) => {
          const host = foreign(hostOf(url));
          return (
            <li key={url}>
              <Says
                words={
                  problem === null
                    ? say.rich("ways.untried", { host })
                    : say.rich("ways.tried", {
                        host,
                        day: say.day(problem.day),
                        problem: problemWords(say, problem),
                      })
                }
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A sentence for each code that following has of its own; those of recounts are named as they are. */
function problemWords(say: Say, { code }: FollowProblem): string {
  return say.known(`ways.problem.${code}`) ?? say("ways.problem-other", { code });
}
