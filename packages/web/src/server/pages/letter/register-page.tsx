/* biome-ignore-all lint/a11y/noRedundantRoles: on small screens rows are blocks, and blocks lose what tables mean. */
/** `/w/…/letters/…/register`: what the company supplies, to sort and to filter without script. */
import type { Day, Dealing } from "@undersigned/core";
import {
  agenciesOf,
  type DealingRow,
  dealingRows,
  filterDealings,
  type Register,
  type SortKey,
  sortDealings,
  yearsOf,
} from "@undersigned/dealings";
import { foreign, type Say, type Tag, type Words } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import {
  copyPage,
  dealingPage,
  letterPage as letterAddress,
  registerPage as registerAddress,
  registerFile,
} from "../../../shared/addresses.ts";
import { DayTime, Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import { linkTo } from "../../../shared/tags.tsx";
import { amountIn, STATUSES, statusWord, valueKindWord } from "../../../shared/words/dealings.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { selector } from "../../../shared/words/selector.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { downFirst, type RegisterView, ROWS_ON_PAGE, registerQuery, sortName } from "../../register-view.ts";
import { titleOf } from "./letter-page.tsx";

const COLUMNS: readonly SortKey[] = ["what", "recipient", "agreed", "value", "status"];

/** What a form offers; column headings offer each order both ways. */
const SORTS: readonly Pick<RegisterView, "order" | "down">[] = [
  { order: "agreed", down: true },
  { order: "agreed", down: false },
  { order: "value", down: true },
  { order: "value", down: false },
  { order: "what", down: false },
  { order: "recipient", down: false },
  { order: "status", down: false },
];

export function registerPage(
  frame: Frame,
  data: LetterData,
  register: Register,
  view: RegisterView,
): PublicFile {
  const { workforce, letter } = data;
  const { say } = frame;
  const all = dealingRows(register.rows);
  const found = sortDealings(
    filterDealings(all, { ...view, year: view.year === "" ? null : Number(view.year) }),
    view.order,
    view.down,
  );
  const pages = Math.max(1, Math.ceil(found.length / ROWS_ON_PAGE));
  const page = Math.min(view.page, pages);
  const rows = found.slice((page - 1) * ROWS_ON_PAGE, page * ROWS_ON_PAGE);
  return htmlPage(frame, {
    title: say("public.register.title", { letter: titleOf(say, data) }),
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged: data.clientLogged,
    forms: true,
    children: (
      <div class="column wide">
        <Over data={data} />
        <h1>{say("public.register")}</h1>
        <p>
          <Says words={say.rich("public.register.what", { employer: foreign(data.rules.employer) })} />
        </p>
        <Filters workforce={workforce} letter={letter} view={view} all={all} />
        <p role="status">
          {say(pages > 1 ? "public.register.found-page" : "public.register.found", {
            found: found.length,
            all: all.length,
            some: found.length === all.length ? "no" : "yes",
            page,
            pages,
          })}
        </p>
        {rows.length > 0 && (
          <div class="table">
            <table class="register" role="table">
              <thead role="rowgroup">
                <tr role="row">
                  {COLUMNS.map((order) => (
                    <Heading key={order} workforce={workforce} letter={letter} view={view} order={order} />
                  ))}
                  <th scope="col" role="columnheader">
                    {say("shared.sources")}
                  </th>
                </tr>
              </thead>
              <tbody role="rowgroup">
                {rows.map((row) => (
                  <Row key={row.id} workforce={workforce} letter={letter} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        )}
        {rows.length === 0 && <p>{say("public.register.nothing")}</p>}
        {pages > 1 && (
          <nav class="pages" aria-label={say("public.register.pages")}>
            {page > 1 && (
              <a class="button" rel="prev" href={registerQuery(view, { page: page - 1 })}>
                {say("public.previous")}
              </a>
            )}
            {page < pages && (
              <a class="button" rel="next" href={registerQuery(view, { page: page + 1 })}>
                {say("public.next")}
              </a>
            )}
          </nav>
        )}
        <p>
          <Says
            words={say.rich("public.register.whole", {
              csv: linkTo(registerFile(workforce, letter, "csv")),
              json: linkTo(registerFile(workforce, letter, "json")),
            })}
          />
        </p>
      </div>
    ),
  });
}

function Over({ data }: { readonly data: LetterData }) {
  const say = useSay();
  const at = useAddress();
  const language = data.manifest?.language ?? "en";
  return (
    <p class="over">
      <a href={at(letterAddress(data.workforce, data.letter))}>
        <bdi lang={language} dir={directionOf(language)}>
          {titleOf(say, data)}
        </bdi>
      </a>
    </p>
  );
}

function Filters({
  workforce,
  letter,
  view,
  all,
}: {
  readonly workforce: string;
  readonly letter: string;
  readonly view: RegisterView;
  readonly all: readonly DealingRow[];
}) {
  const say = useSay();
  const at = useAddress();
  return (
    <search>
      <form class="filters" method="get" action={at(registerAddress(workforce, letter))}>
        <div class="field">
          <label for="text">{say("public.register.words")}</label>
          <input id="text" type="search" name="text" value={view.text} maxLength={200} />
        </div>
        <Choice
          name="agency"
          label={columnName(say, "recipient")}
          chosen={view.agency}
          options={agenciesOf(all).map((name) => [name, name])}
          all
        />
        <Choice
          name="status"
          label={columnName(say, "status")}
          chosen={view.status ?? ""}
          options={STATUSES.map((status) => [status, statusWord(say, status)])}
          all
        />
        <Choice
          name="year"
          label={say("public.register.year")}
          chosen={view.year}
          options={yearsOf(all)
            .reverse()
            .map((year) => [String(year), String(year)])}
          all
        />
        <Choice
          name="sort"
          label={say("public.register.order")}
          chosen={sortName(view)}
          options={SORTS.map((sort) => [
            sortName(sort),
            say("public.register.sort", { sort: selector(sortName(sort)) }),
          ])}
        />
        <p class="actions">
          <button class="button primary" type="submit">
            {say("public.register.show")}
          </button>
          <a class="button" href={at(registerAddress(workforce, letter))}>
            {say("public.register.all-rows")}
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
  all = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly all?: boolean;
}) {
  const say = useSay();
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {all && <option value="">{say("public.register.all")}</option>}
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

function Heading({
  workforce,
  letter,
  view,
  order,
}: {
  readonly workforce: string;
  readonly letter: string;
  readonly view: RegisterView;
  readonly order: SortKey;
}) {
  const say = useSay();
  const at = useAddress();
  const here = view.order === order;
  const down = here ? !view.down : downFirst(order);
  const address = `${at(registerAddress(workforce, letter))}${registerQuery(view, { order, down })}`;
  return (
    <th
      scope="col"
      role="columnheader"
      {...(here && { "aria-sort": view.down ? "descending" : "ascending" })}
    >
      <a href={address}>
        {columnName(say, order)}
        {here && <span aria-hidden="true">{view.down ? " ↓" : " ↑"}</span>}
      </a>
    </th>
  );
}

function Row({
  workforce,
  letter,
  row: { id, entry },
}: {
  readonly workforce: string;
  readonly letter: string;
  readonly row: DealingRow;
}) {
  const say = useSay();
  const at = useAddress();
  return (
    <tr id={id} role="row">
      <th scope="row" role="rowheader">
        <a href={at(dealingPage(workforce, letter, id))}>
          <bdi>{entry.what}</bdi>
        </a>
        <span class="where">
          <bdi>{entry.supplier}</bdi>
        </span>
      </th>
      <td role="cell" data-label={columnName(say, "recipient")}>
        <bdi>{entry.recipient}</bdi>
        {entry.office !== null && (
          <span class="where">
            <bdi>{entry.office}</bdi>
          </span>
        )}
      </td>
      <td role="cell" data-label={columnName(say, "agreed")}>
        <When entry={entry} />
      </td>
      <td role="cell" data-label={columnName(say, "value")} class="amount">
        <Value entry={entry} />
      </td>
      <td role="cell" data-label={columnName(say, "status")}>
        {statusWord(say, entry.status)}
      </td>
      <td role="cell" data-label={say("shared.sources")}>
        <a href={at(dealingPage(workforce, letter, id))}>
          <Says words={say.rich("public.register.sources", { count: entry.sources.length, aside })} />
        </a>
        {entry.sources.map(
          ({ copy }) =>
            copy !== null && (
              <span key={copy} class="where">
                <a href={at(copyPage(workforce, letter, copy))}>{say("public.register.kept-copy")}</a>
              </span>
            ),
        )}
      </td>
    </tr>
  );
}

/** Read out, and not shown. */
const aside: Tag = (inner) => (
  <span class="visually-hidden">
    <Says words={inner} />
  </span>
);

function columnName(say: Say, column: SortKey): string {
  return say("public.register.column", { column });
}

function When({ entry: { agreed, from, until } }: { readonly entry: Dealing }) {
  const say = useSay();
  return (
    <>
      {agreed !== null && <DayTime day={agreed} />}
      {agreed === null && from === null && until === null && say("public.not-known")}
      {(from !== null || until !== null) && (
        <span class={agreed === null ? undefined : "where"}>
          <Says words={spanWords(say, from, until)} />
        </span>
      )}
    </>
  );
}

function spanWords(say: Say, from: Day | null, until: Day | null): Words {
  if (from === null)
    return until === null ? [] : say.rich("public.register.until", { until: say.day(until) });
  if (until === null) return say.rich("public.register.from", { from: say.day(from) });
  return say.rich("public.register.from-until", { from: say.day(from), until: say.day(until) });
}

function Value({ entry: { value } }: { readonly entry: Dealing }) {
  const say = useSay();
  if (value === null) return <>{say("public.not-known")}</>;
  return (
    <>
      <bdi>{amountIn(say, value)}</bdi>
      <span class="where">{valueKindWord(say, value.kind)}</span>
    </>
  );
}
