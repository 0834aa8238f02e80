/* biome-ignore-all lint/a11y/noRedundantRoles: on small screens rows are blocks, and blocks lose what tables mean. */
/** `/w/…/letters/…/register`: what the company supplies, to sort and to filter without script. */
import type { Dealing } from "@undersigned/core";
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
import type { PublicFile } from "@undersigned/service";
import {
  copyPage,
  dealingPage,
  letterPage as letterAddress,
  registerPage as registerAddress,
  registerFile,
} from "../../../shared/addresses.ts";
import { DayTime } from "../../../shared/says.tsx";
import { amountWords, STATUS_WORDS, VALUE_KINDS } from "../../../shared/words/dealings.ts";
import { directionOf } from "../../../shared/words/direction.ts";
import { counted, number } from "../../../shared/words/numbers.ts";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { downFirst, type RegisterView, ROWS_ON_PAGE, registerQuery, sortName } from "../../register-view.ts";
import { titleOf } from "./letter-page.tsx";

const COLUMNS: readonly { readonly order: SortKey; readonly name: string }[] = [
  { order: "what", name: "What" },
  { order: "recipient", name: "To whom" },
  { order: "agreed", name: "When" },
  { order: "value", name: "Value" },
  { order: "status", name: "Status" },
];

/** What a form offers; column headings offer each order both ways. */
const SORTS: readonly (Pick<RegisterView, "order" | "down"> & { readonly name: string })[] = [
  { order: "agreed", down: true, name: "Newest first" },
  { order: "agreed", down: false, name: "Oldest first" },
  { order: "value", down: true, name: "Largest value first" },
  { order: "value", down: false, name: "Smallest value first" },
  { order: "what", down: false, name: "What, A to Z" },
  { order: "recipient", down: false, name: "To whom, A to Z" },
  { order: "status", down: false, name: "Status" },
];

export function registerPage(
  build: ClientBuild,
  data: LetterData,
  register: Register,
  view: RegisterView,
): PublicFile {
  const { workforce, letter } = data;
  const all = dealingRows(register.rows);
  const found = sortDealings(
    filterDealings(all, { ...view, year: view.year === "" ? null : Number(view.year) }),
    view.order,
    view.down,
  );
  const pages = Math.max(1, Math.ceil(found.length / ROWS_ON_PAGE));
  const page = Math.min(view.page, pages);
  const rows = found.slice((page - 1) * ROWS_ON_PAGE, page * ROWS_ON_PAGE);
  return htmlPage(build, {
    title: `Register of dealings: ${titleOf(data)}`,
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged: data.clientLogged,
    forms: true,
    children: (
      <div class="column wide">
        <Over data={data} />
        <h1>Register of dealings</h1>
        <p>
          What <bdi>{data.rules.employer}</bdi> supplies, as organisers of the letter have entered it from the
          sources named. Each change is signed and stands in the log.
        </p>
        <Filters workforce={workforce} letter={letter} view={view} all={all} />
        <p role="status">
          {found.length === all.length
            ? counted(all.length, "row", "rows")
            : `${number(found.length)} of ${counted(all.length, "row", "rows")}`}
          {pages > 1 && `, page ${number(page)} of ${number(pages)}`}
        </p>
        {rows.length > 0 && (
          <div class="table">
            <table class="register" role="table">
              <thead role="rowgroup">
                <tr role="row">
                  {COLUMNS.map((column) => (
                    <Heading
                      key={column.order}
                      workforce={workforce}
                      letter={letter}
                      view={view}
                      column={column}
                    />
                  ))}
                  <th scope="col" role="columnheader">
                    Sources
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
        {rows.length === 0 && <p>Nothing fits: loosen the filter.</p>}
        {pages > 1 && (
          <nav class="pages" aria-label="Pages of the register">
            {page > 1 && (
              <a class="button" rel="prev" href={registerQuery(view, { page: page - 1 })}>
                Previous page
              </a>
            )}
            {page < pages && (
              <a class="button" rel="next" href={registerQuery(view, { page: page + 1 })}>
                Next page
              </a>
            )}
          </nav>
        )}
        <p>
          The whole register: <a href={registerFile(workforce, letter, "csv")}>CSV</a> for spreadsheets,{" "}
          <a href={registerFile(workforce, letter, "json")}>JSON</a> for programs. In the CSV a cell that a
          spreadsheet would take for a formula begins with an apostrophe. What a row said before stands on its
          own page.
        </p>
      </div>
    ),
  });
}

function Over({ data }: { readonly data: LetterData }) {
  const language = data.manifest?.language ?? "en";
  return (
    <p class="over">
      <a href={letterAddress(data.workforce, data.letter)}>
        <bdi lang={language} dir={directionOf(language)}>
          {titleOf(data)}
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
  return (
    <search>
      <form class="filters" method="get" action={registerAddress(workforce, letter)}>
        <div class="field">
          <label for="text">Words</label>
          <input id="text" type="search" name="text" value={view.text} maxLength={200} />
        </div>
        <Choice
          name="agency"
          label="To whom"
          chosen={view.agency}
          options={agenciesOf(all).map((name) => [name, name])}
          all
        />
        <Choice
          name="status"
          label="Status"
          chosen={view.status ?? ""}
          options={Object.entries(STATUS_WORDS)}
          all
        />
        <Choice
          name="year"
          label="Year"
          chosen={view.year}
          options={yearsOf(all)
            .reverse()
            .map((year) => [String(year), String(year)])}
          all
        />
        <Choice
          name="sort"
          label="Order"
          chosen={sortName(view)}
          options={SORTS.map((sort) => [sortName(sort), sort.name])}
        />
        <p class="actions">
          <button class="button primary" type="submit">
            Show
          </button>
          <a class="button" href={registerAddress(workforce, letter)}>
            All rows
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
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {all && <option value="">All</option>}
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
  column: { order, name },
}: {
  readonly workforce: string;
  readonly letter: string;
  readonly view: RegisterView;
  readonly column: (typeof COLUMNS)[number];
}) {
  const here = view.order === order;
  const down = here ? !view.down : downFirst(order);
  const address = `${registerAddress(workforce, letter)}${registerQuery(view, { order, down })}`;
  return (
    <th
      scope="col"
      role="columnheader"
      {...(here && { "aria-sort": view.down ? "descending" : "ascending" })}
    >
      <a href={address}>
        {name}
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
  return (
    <tr id={id} role="row">
      <th scope="row" role="rowheader">
        <a href={dealingPage(workforce, letter, id)}>
          <bdi>{entry.what}</bdi>
        </a>
        <span class="where">
          <bdi>{entry.supplier}</bdi>
        </span>
      </th>
      <td role="cell" data-label="To whom">
        <bdi>{entry.recipient}</bdi>
        {entry.office !== null && (
          <span class="where">
            <bdi>{entry.office}</bdi>
          </span>
        )}
      </td>
      <td role="cell" data-label="When">
        <When entry={entry} />
      </td>
      <td role="cell" data-label="Value" class="amount">
        <Value entry={entry} />
      </td>
      <td role="cell" data-label="Status">
        {STATUS_WORDS[entry.status]}
      </td>
      <td role="cell" data-label="Sources">
        <a href={dealingPage(workforce, letter, id)}>
          {counted(entry.sources.length, "source", "sources")}
          <span class="visually-hidden"> for this row</span>
        </a>
        {entry.sources.map(
          ({ copy }) =>
            copy !== null && (
              <span key={copy} class="where">
                <a href={copyPage(workforce, letter, copy)}>kept copy</a>
              </span>
            ),
        )}
      </td>
    </tr>
  );
}

function When({ entry: { agreed, from, until } }: { readonly entry: Dealing }) {
  return (
    <>
      {agreed !== null && <DayTime day={agreed} />}
      {agreed === null && from === null && until === null && "Not known"}
      {(from !== null || until !== null) && (
        <span class={agreed === null ? undefined : "where"}>
          {from !== null && (
            <>
              from <DayTime day={from} />{" "}
            </>
          )}
          {until !== null && (
            <>
              until <DayTime day={until} />
            </>
          )}
        </span>
      )}
    </>
  );
}

function Value({ entry: { value } }: { readonly entry: Dealing }) {
  if (value === null) return <>Not known</>;
  return (
    <>
      {amountWords(value)}
      <span class="where">{VALUE_KINDS[value.kind]}</span>
    </>
  );
}
