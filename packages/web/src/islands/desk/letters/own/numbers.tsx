/** The number by day and by kind, as a plot and, for everybody, as a table. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../../shared/says.tsx";
import { say } from "../../../say.ts";
import { Table } from "../../../ui/table.tsx";
import type { Dashboard } from "../words.ts";
import { BarPlot } from "./bar-plot.tsx";

export function Numbers({ dashboard }: { readonly dashboard: Dashboard }) {
  const { counted: count, withdrawn, days, shown, headcount, issued, first } = dashboard;
  const registrars = issued.map((one) => ({
    head: one.registrar,
    cells: [
      one.day === null ? (
        say("desk-letters.nothing-stated")
      ) : (
        <time datetime={one.day}>{say.day(one.day).text}</time>
      ),
      say.number(one.mailbox),
      say.number(one.vouched),
    ],
  }));
  return (
    <>
      <h3>{say("desk-letters.the-number")}</h3>
      {first.reached ? (
        <p class="figure">
          <Says
            words={say.rich("desk-letters.proved", {
              count: count.mailbox,
              strong: (words) => (
                <strong>
                  <Says words={words} />
                </strong>
              ),
            })}
          />
        </p>
      ) : (
        <p>{say("desk-letters.nothing-before", { needed: first.needed })}</p>
      )}
      {count.vouched > 0 && <p>{say("desk-letters.vouched", { count: count.vouched })}</p>}
      {withdrawn.mailbox + withdrawn.vouched > 0 && (
        <p>{say("desk-letters.withdrawn", { count: withdrawn.mailbox + withdrawn.vouched })}</p>
      )}
      <p>
        {headcount === null ? (
          say("desk-letters.how-many-people-work-there")
        ) : (
          <Says
            words={say.rich("desk-letters.of-about", {
              all: headcount.number,
              source: foreign(headcount.source),
              day: say.day(headcount.day),
              share: shareWords(count.mailbox, headcount.number),
            })}
          />
        )}
      </p>
      {days.length > 0 && (
        <>
          <BarPlot days={days} />
          <Table
            columns={[
              say("desk-letters.came-out-on"),
              say("desk-letters.by-a-mailbox"),
              say("desk-letters.vouched-for"),
            ]}
            rows={days.map(({ day, mailbox, vouched }) => ({
              head: say.day(day).text,
              cells: [say.number(mailbox), say.number(vouched)],
            }))}
          />
          <h4>{say("desk-letters.how-they-appear")}</h4>
          <ul>
            <li>{say("desk-letters.by-name", { named: shown.named, confirmed: shown.confirmed })}</li>
            <li>{say("desk-letters.by-role", { count: shown.role })}</li>
            <li>{say("desk-letters.anonymous", { count: shown.anonymous })}</li>
            {shown.hidden > 0 && <li>{say("desk-letters.hidden", { count: shown.hidden })}</li>}
          </ul>
        </>
      )}
      {registrars.length > 0 && (
        <>
          <h4>{say("desk-letters.how-many-have-enrolled")}</h4>
          <p>{say("desk-letters.as-the-registrars-have-stated")}</p>
          <Table
            columns={[
              say("desk-letters.registrar"),
              say("desk-letters.stated-on"),
              say("desk-letters.by-a-mailbox"),
              say("desk-letters.vouched-for"),
            ]}
            rows={registrars}
          />
        </>
      )}
    </>
  );
}

/** Never a percentage that says more than the headcount, which is rounded itself. */
export function shareWords(count: number, headcount: number): string {
  if (count === 0) return say("desk-letters.nobody-yet");
  const share = (100 * count) / headcount;
  if (share < 1) return say("desk-letters.fewer-than-one");
  return say("desk-letters.about-in-a-hundred", { share: Math.round(share) });
}
