/** The number by day and by kind, as a plot and, for everybody, as a table. */
import { longDay } from "../../../../shared/words/days.ts";
import { counted, number } from "../../../../shared/words/numbers.ts";
import { Table } from "../../../ui/table.tsx";
import type { Dashboard } from "../words.ts";
import { BarPlot } from "./bar-plot.tsx";

export function Numbers({ dashboard }: { readonly dashboard: Dashboard }) {
  const { counted: count, withdrawn, days, shown, headcount, issued, first } = dashboard;
  const registrars = issued.map((one) => ({
    head: one.registrar,
    cells: [
      one.day === null ? "nothing stated yet" : <time datetime={one.day}>{longDay(one.day)}</time>,
      number(one.mailbox),
      number(one.vouched),
    ],
  }));
  return (
    <>
      <h3>The number</h3>
      {first.reached ? (
        <p class="figure">
          <strong>{number(count.mailbox)}</strong> proved a work mailbox
        </p>
      ) : (
        <p>
          Nothing is shown before {number(first.needed)} have signed, and how many have is not told to you
          either: so nobody can be pressed to say it.
        </p>
      )}
      {count.vouched > 0 && (
        <p>{counted(count.vouched, "person was", "people were")} vouched for by colleagues, counted apart.</p>
      )}
      {withdrawn.mailbox + withdrawn.vouched > 0 && (
        <p>
          {counted(withdrawn.mailbox + withdrawn.vouched, "person has", "people have")} withdrawn, and are not
          counted.
        </p>
      )}
      <p>
        {headcount === null ? (
          "How many people work there is not stated."
        ) : (
          <>
            Of about {number(headcount.number)} people (<bdi>{headcount.source}</bdi>,{" "}
            <time datetime={headcount.day}>{longDay(headcount.day)}</time>
            ): {shareWords(count.mailbox, headcount.number)}.
          </>
        )}
      </p>
      {days.length > 0 && (
        <>
          <BarPlot days={days} />
          <Table
            columns={["Came out on", "By a mailbox", "Vouched for"]}
            rows={days.map(({ day, mailbox, vouched }) => ({
              head: longDay(day),
              cells: [number(mailbox), number(vouched)],
            }))}
          />
          <h4>How they appear</h4>
          <ul>
            <li>
              By name: {number(shown.named)}, of which {number(shown.confirmed)} with a confirmed name
            </li>
            <li>By role: {number(shown.role)}</li>
            <li>Anonymous: {number(shown.anonymous)}</li>
            {shown.hidden > 0 && <li>Hidden or waiting for a look, and counted: {number(shown.hidden)}</li>}
          </ul>
        </>
      )}
      {registrars.length > 0 && (
        <>
          <h4>How many have enrolled</h4>
          <p>
            As the registrars have stated it in the log, rounded down. Not everybody who enrols signs this
            letter.
          </p>
          <Table columns={["Registrar", "Stated on", "By a mailbox", "Vouched for"]} rows={registrars} />
        </>
      )}
    </>
  );
}

/** Never a percentage that says more than the headcount, which is rounded itself. */
export function shareWords(count: number, headcount: number): string {
  if (count === 0) return "nobody yet";
  const share = (100 * count) / headcount;
  if (share < 1) return "fewer than one in a hundred";
  return `about ${number(Math.round(share))} in a hundred`;
}
