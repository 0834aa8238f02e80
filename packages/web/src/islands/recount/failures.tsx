/** All that is wrong, by what it means; of a damaged log, which repeats itself, only the first of it. */
import type { Failure } from "@undersigned/verify";
import { firstOf, groupFailures } from "./failure-groups.ts";
import { number } from "./plain-words.ts";

const MOST_SHOWN = 100;

export function Failures({ failures }: { readonly failures: readonly Failure[] }) {
  const groups = firstOf(groupFailures(failures), MOST_SHOWN);
  const more = failures.length - MOST_SHOWN;
  return (
    <>
      <h3>What is wrong</h3>
      {groups.map(({ name, wrong, failures: shown }) => (
        <section key={name}>
          <h4>{wrong}</h4>
          <ul>
            {shown.map(({ code, leaf, letter, message }, i) => (
              <li key={`${code} ${leaf} ${letter} ${i}`}>
                <code>{code}</code>
                {leaf === null ? "" : `, entry ${number(leaf)}`}: {message}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {more > 0 && <p>And {number(more)} more: save the report for all of them.</p>}
    </>
  );
}
