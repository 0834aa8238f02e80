/** Signatures by day, drawn, and the same as a table. Events have the numbers that they have in the timeline. */
import { plotRows, plotSignatures, type Signatures } from "@undersigned/share";
import { timelinePage } from "../../../shared/addresses.ts";
import { DayTime } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import type { FollowedLetterData } from "../../followed/load-followed.ts";
import { languageShortDay } from "../../words/short-day.ts";

/** Nothing where there is no number. `leads`: whether it leads on to the timeline. */
export function PlotSection({
  of,
  leads = false,
}: {
  readonly of: FollowedLetterData;
  readonly leads?: boolean;
}) {
  const say = useSay();
  const at = useAddress();
  const { signatures, workforce, letter } = of;
  const last = signatures.counts.at(-1);
  if (last === undefined) return null;
  const words = {
    title: say("followed.plot"),
    description: say("followed.plot-words", { count: last.count, day: say.day(last.day) }),
    closes: say("followed.plot-closes"),
    number: say.number,
    day: (day: string) => languageShortDay(say, day),
  };
  // It escapes whatever it is given.
  const svg = plotSignatures(signatures, words, { id: "plot", direction: say.direction });
  return (
    <section aria-labelledby="by-day">
      <h2 id="by-day">{say("followed.plot")}</h2>
      <div class="plot-frame" dangerouslySetInnerHTML={{ __html: svg }} />
      <details>
        <summary>{say("followed.plot-table")}</summary>
        <PlotTable of={signatures} />
      </details>
      {leads && (
        <p>
          <a href={at(timelinePage(workforce, letter))}>{say("followed.link")}</a>
        </p>
      )}
    </section>
  );
}

function PlotTable({ of }: { readonly of: Signatures }) {
  const say = useSay();
  const signed = new Intl.NumberFormat(say.locale, { signDisplay: "exceptZero" });
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">{say("followed.day")}</th>
            <th scope="col">{say("followed.plot-number")}</th>
            <th scope="col">{say("followed.plot-change")}</th>
            <th scope="col">{say("followed.plot-events")}</th>
          </tr>
        </thead>
        <tbody>
          {plotRows(of).map(({ day, count, change, events }) => (
            <tr key={day}>
              <th scope="row">
                <DayTime day={day} />
              </th>
              <td>{say.number(count)}</td>
              <td>{signed.format(change)}</td>
              <td>{events.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
