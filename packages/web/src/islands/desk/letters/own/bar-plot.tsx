/** Bars by day. Whoever cannot see it has the same numbers in the table below it. */
import { say } from "../../../say.ts";
import { barsOf, type DayCount } from "./bars.ts";

const WIDTH = 600;
const HEIGHT = 160;

export function BarPlot({ days }: { readonly days: readonly DayCount[] }) {
  const { bars, top } = barsOf(days, WIDTH, HEIGHT);
  const first = days[0]?.day ?? "";
  const last = days.at(-1)?.day ?? "";
  // What is written stands beside the drawing, so that it is as large as all else in a narrow window too.
  return (
    <figure class="plot">
      <p class="hint" aria-hidden="true">
        {say.number(top)}
      </p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={say("desk-letters.plot", { first: say.day(first), last: say.day(last) })}
      >
        <line class="axis" x1="0" x2={WIDTH} y1="0.5" y2="0.5" />
        <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {bars.map(({ day, x, width, mailbox, vouched }) => (
          <g key={day}>
            <rect class="mailbox" x={x} y={HEIGHT - mailbox} width={width} height={mailbox} />
            <rect class="vouched" x={x} y={HEIGHT - mailbox - vouched} width={width} height={vouched} />
          </g>
        ))}
      </svg>
      <p class="hint" aria-hidden="true">
        <span>{say.day(first).text}</span>
        {last !== first && <span>{say.day(last).text}</span>}
      </p>
      {days.some(({ vouched }) => vouched > 0) && (
        <figcaption class="hint">{say("desk-letters.filled-proved-by-a-mailbox")}</figcaption>
      )}
    </figure>
  );
}
