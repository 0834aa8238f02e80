/** `/w/…/letters/…/register/<row>`: a row of the register with all that it ever was. */
import type { Day, Dealing } from "@undersigned/core";
import type { Register } from "@undersigned/dealings";
import type { PublicFile } from "@undersigned/service";
import { registerPage as registerAddress } from "../../../shared/addresses.ts";
import { DayTime } from "../../../shared/says.tsx";
import { longDay } from "../../../shared/words/days.ts";
import { amountWords, STATUS_WORDS, VALUE_KINDS } from "../../../shared/words/dealings.ts";
import type { ClientBuild } from "../../client-build.ts";
import { htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { Sources } from "./afterwards.tsx";

/** Null where there is no such row. */
export function dealingHistoryPage(
  build: ClientBuild,
  data: LetterData,
  register: Register,
  id: string,
): PublicFile | null {
  const history = register.history.get(id);
  const last = history?.at(-1);
  if (history === undefined || last === undefined) return null;
  const { workforce, letter } = data;
  const shown = history.findLast(({ entry }) => entry !== null)?.entry ?? null;
  return htmlPage(build, {
    title: `${shown?.what ?? id}: register of dealings`,
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged: data.clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={registerAddress(workforce, letter)}>Register of dealings</a>
        </p>
        <h1>
          <bdi>{shown?.what ?? id}</bdi>
        </h1>
        {last.entry === null ? (
          <p class="notice">
            Taken out of the register on <DayTime day={last.day} />. What it said stands below.
          </p>
        ) : (
          <Entry data={data} entry={last.entry} />
        )}
        <h2>History</h2>
        <ol class="history" reversed>
          {[...history].reverse().map(({ day, entry }, i) => (
            <li key={`${day} ${history.length - i}`}>
              <h3>
                <DayTime day={day} />
              </h3>
              <Change before={history[history.length - 2 - i]?.entry ?? null} after={entry} />
            </li>
          ))}
        </ol>
        <p class="small">
          Row <code>{id}</code>
        </p>
      </div>
    ),
  });
}

function Entry({ data, entry }: { readonly data: LetterData; readonly entry: Dealing }) {
  return (
    <>
      <dl class="facts">
        {FIELDS.map(({ name, of }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{of(entry)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h2>Sources</h2>
      <Sources of={data} sources={entry.sources} />
    </>
  );
}

const FIELDS: readonly { readonly name: string; of(entry: Dealing): string }[] = [
  { name: "What", of: ({ what }) => what },
  { name: "Supplied by", of: ({ supplier }) => supplier },
  { name: "To", of: ({ recipient, office }) => (office === null ? recipient : `${recipient}, ${office}`) },
  { name: "Agreed", of: ({ agreed }) => dayOrNot(agreed) },
  { name: "From", of: ({ from }) => dayOrNot(from) },
  { name: "Until", of: ({ until }) => dayOrNot(until) },
  {
    name: "Value",
    of: ({ value }) => (value === null ? "Not known" : `${amountWords(value)} (${VALUE_KINDS[value.kind]})`),
  },
  {
    name: "Status",
    of: ({ status, since }) =>
      since === null ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}, since ${longDay(since)}`,
  },
  {
    name: "Sources",
    of: ({ sources }) => sources.map(({ title, publisher }) => `${title} (${publisher})`).join("; "),
  },
];

function dayOrNot(day: Day | null): string {
  return day === null ? "Not known" : longDay(day);
}

function Change({ before, after }: { readonly before: Dealing | null; readonly after: Dealing | null }) {
  if (after === null) return <p>Taken out of the register.</p>;
  const fields = FIELDS.filter(({ of }) => before === null || of(before) !== of(after));
  return (
    <>
      <p>
        {before === null ? "Entered:" : fields.length === 0 ? "Details of its sources changed." : "Changed:"}
      </p>
      <dl class="facts">
        {fields.map(({ name, of }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {before !== null && (
                <>
                  <del>
                    <span class="visually-hidden">Before: </span>
                    <bdi>{of(before)}</bdi>
                  </del>{" "}
                  <span class="visually-hidden">Now: </span>
                </>
              )}
              <bdi>{of(after)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
