/** Mails that came and do not count: for organisers alone, without who sent them. */
import { foreign } from "@undersigned/messages";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Lines } from "../shown-source.tsx";
import type { Unverified } from "../words.ts";
import { reasonWords } from "./reasons.ts";

export function UnverifiedList({ unverified }: { readonly unverified: readonly Unverified[] }) {
  if (unverified.length === 0) return <p>{say("desk-after.no-such-mail")}</p>;
  return (
    <>
      <p>{say("desk-after.nobody-but-organisers-sees-these")}</p>
      <ul class="plain">
        {unverified.map(({ id, day, reason, claimsAddressee, subject, text }) => (
          <li class="card" key={id}>
            <p>
              <Says
                words={say.rich("desk-after.came-on", {
                  day: say.day(day),
                  strong: (words) => (
                    <strong>
                      <Says words={words} />
                    </strong>
                  ),
                })}
              />{" "}
              {claimsAddressee
                ? say("desk-after.it-says-that-it-comes")
                : say("desk-after.it-does-not-even-say")}
            </p>
            <p>{reasonWords(reason)}</p>
            {subject !== null && subject !== "" && (
              <p class="hint">
                <Says words={say.rich("desk-after.subject", { subject: foreign(subject) })} />
              </p>
            )}
            {text !== null && (
              <details>
                <summary>
                  {say("desk-after.what-it-says")}
                  <span class="visually-hidden">
                    {say("desk-after.which-not-verified", { day: say.day(day) })}
                  </span>
                </summary>
                <blockquote dir="auto">
                  <Lines text={text} />
                </blockquote>
              </details>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
