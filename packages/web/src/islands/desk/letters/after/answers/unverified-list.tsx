/** Mails that came and do not count: for organisers alone, without who sent them. */
import { longDay } from "../../../../../shared/words/days.ts";
import { Lines } from "../shown-source.tsx";
import type { Unverified } from "../words.ts";
import { reasonWords } from "./reasons.ts";

export function UnverifiedList({ unverified }: { readonly unverified: readonly Unverified[] }) {
  if (unverified.length === 0) return <p>No such mail.</p>;
  return (
    <>
      <p>
        Nobody but organisers sees these, and nothing shows that the addressee wrote them. Do not pass them on
        as an answer. If one is real, ask the addressee to send it again, with the mark in the subject.
      </p>
      <ul class="plain">
        {unverified.map(({ id, day, reason, claimsAddressee, subject, text }) => (
          <li class="card" key={id}>
            <p>
              <strong>Not verified</strong>, came on <time datetime={day}>{longDay(day)}</time>.{" "}
              {claimsAddressee
                ? "It says that it comes from the addressee's mailbox. Anybody can write that."
                : "It does not even say that it comes from the addressee's mailbox."}
            </p>
            <p>{reasonWords(reason)}</p>
            {subject !== null && subject !== "" && (
              <p class="hint">
                Subject: <bdi>{subject}</bdi>
              </p>
            )}
            {text !== null && (
              <details>
                <summary>
                  What it says<span class="visually-hidden"> (not verified, {longDay(day)})</span>
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
