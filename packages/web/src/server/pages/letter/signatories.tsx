/** Who is shown on one page of signatories, and how many are not. */
import {
  anonymousWords,
  HIDDEN_COUNT,
  hiddenWords,
  legendOf,
  markWords,
  totalsWords,
} from "@undersigned/core/words";
import type { ComponentChildren } from "preact";
import { namesPart, signatoriesPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { number } from "../../../shared/words/numbers.ts";
import type { LetterData } from "../../load-letter.ts";
import type { ShownByName, ShownByRole, ShownPage } from "../../load-signatories.ts";
import { nobodyShownWords } from "../../words/state.ts";

export interface SignatoriesProps {
  readonly data: LetterData;
  readonly shown: ShownPage;
}

/** The section on the letter's page: the first page of the list. */
export function Signatories({ data, shown }: SignatoriesProps) {
  const { totals, pages, workforce, letter } = data;
  return (
    <section aria-labelledby="signatories">
      <h2 id="signatories">Signatories</h2>
      {totals === null ? (
        <p>{nobodyShownWords(data.state, data.unlisted)}</p>
      ) : (
        <>
          <p>{totalsWords(totals)}</p>
          <ShownLists data={data} shown={shown} headings="h3" />
          {pages > 1 && (
            <p>
              <a href={signatoriesPage(workforce, letter, 2)}>More signatories: page 2 of {number(pages)}</a>
            </p>
          )}
          <p class="small">{anonymousWords(totals.anonymous)}</p>
        </>
      )}
    </section>
  );
}

/** Both lists. `headings` is one level below the heading that they stand under. */
export function ShownLists({
  data,
  shown,
  headings: Heading,
}: SignatoriesProps & { readonly headings: "h2" | "h3" }) {
  const { named, byRole, hidden } = shown;
  return (
    <>
      {named.length === 0 && byRole.length === 0 && <p>Nobody on this page is shown.</p>}
      {named.length > 0 && (
        <>
          <Heading>By name</Heading>
          <Legend data={data} />
          <ul class="people">
            {named.map((person) => (
              <Named person={person} />
            ))}
          </ul>
        </>
      )}
      {byRole.length > 0 && (
        <>
          <Heading>By role</Heading>
          <ul class="people">
            {byRole.map((group) => (
              <Role group={group} />
            ))}
          </ul>
        </>
      )}
      {hidden.length > 0 && (
        <>
          <Heading>Hidden</Heading>
          <ul>
            {hidden.map((texts) => (
              <li key={`${texts.day} ${texts.reason}`}>
                <Says words={hiddenWords(texts)} />
              </li>
            ))}
          </ul>
          <p class="small">{HIDDEN_COUNT}</p>
        </>
      )}
    </>
  );
}

function Legend({ data: { workforce, letter, manifest } }: { readonly data: LetterData }) {
  const names = manifest?.names ?? "any";
  return (
    <p class="small">
      {names === "confirmed" ? "This letter takes confirmed names only: each is " : "Each name is "}
      {legendOf(names).map(({ confirmed, mark, means }) => (
        <>
          <Mark confirmed={confirmed}>{mark}</Mark>
          {means}
        </>
      ))}{" "}
      <a href={namesPart(workforce, letter)}>How names are confirmed</a>
    </p>
  );
}

function Mark({
  confirmed,
  children,
}: {
  readonly confirmed: boolean;
  readonly children: ComponentChildren;
}) {
  return <span class={confirmed ? "mark confirmed" : "mark"}>{children}</span>;
}

/** Every name has its mark, so that none can bring along one of its own making. */
function Named({ person: { name, confirmed, role, place } }: { readonly person: ShownByName }) {
  const { before, shown, after } = markWords(confirmed);
  return (
    <li class="person">
      <bdi class="name">{name}</bdi>{" "}
      <Mark confirmed={confirmed}>
        {before !== "" && <span class="visually-hidden">{before}</span>}
        {shown}
        <span class="visually-hidden">{after}</span>
      </Mark>
      {(role !== null || place !== null) && (
        <span class="where">
          {role !== null && <bdi>{role}</bdi>}
          {role !== null && place !== null && ", "}
          {place !== null && <bdi>{place}</bdi>}
        </span>
      )}
    </li>
  );
}

function Role({ group: { role, place, count } }: { readonly group: ShownByRole }) {
  return (
    <li class="person">
      <span>
        <bdi>{role}</bdi>
        {count > 1 && <span class="times"> × {number(count)}</span>}
      </span>
      {place !== null && <bdi class="where">{place}</bdi>}
    </li>
  );
}
