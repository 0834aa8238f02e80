/** All that is wrong, by what it means; of a damaged log, which repeats itself, only the first of it. */

import type { Failure } from "@undersigned/verify";
import { Says } from "../../shared/says.tsx";
import { say } from "../say.ts";
import { firstOf, groupFailures } from "./failure-groups.ts";

const MOST_SHOWN = 100;

const codeWord = (code: string) => ({ made: <code>{code}</code> });
/** As package verify says it. */
const detailWord = (message: string) => ({
  made: (
    <span lang="en" dir="ltr">
      {message}
    </span>
  ),
});

export function Failures({ failures }: { readonly failures: readonly Failure[] }) {
  const groups = firstOf(groupFailures(failures), MOST_SHOWN);
  const more = failures.length - MOST_SHOWN;
  return (
    <>
      <h3>{say("recount.failures.what-is-wrong")}</h3>
      {groups.map(({ name, wrong, failures: shown }) => (
        <section key={name}>
          <h4>{wrong}</h4>
          <ul>
            {shown.map(({ code, leaf, letter, message }, i) => (
              <li key={`${code} ${leaf} ${letter} ${i}`}>
                <Says
                  words={
                    leaf === null
                      ? say.rich("recount.failure", { code: codeWord(code), detail: detailWord(message) })
                      : say.rich("recount.failure-at", {
                          code: codeWord(code),
                          leaf,
                          detail: detailWord(message),
                        })
                  }
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {more > 0 && <p>{say("recount.failures.more", { more })}</p>}
    </>
  );
}
