/** Who is shown on one page of signatories, and how many are not. */
import { anonymousWords, hiddenWords, totalsWords, type Words } from "@undersigned/messages";
import type { ComponentChildren } from "preact";
import { namesPart, signatoriesPage } from "../../../shared/addresses.ts";
import { Says } from "../../../shared/says.tsx";
import { useAddress, useSay } from "../../../shared/speech.ts";
import type { LetterData } from "../../load-letter.ts";
import type { ShownByName, ShownByRole, ShownPage } from "../../load-signatories.ts";
import { nobodyShownWords } from "../../words/state.ts";

export interface SignatoriesProps {
  readonly data: LetterData;
  readonly shown: ShownPage;
}

/** The section on the letter's page: the first page of the list. */
export function Signatories({ data, shown }: SignatoriesProps) {
  const say = useSay();
  const at = useAddress();
  const { totals, pages, workforce, letter } = data;
  return (
    <section aria-labelledby="signatories">
      <h2 id="signatories">{say("public.signatories")}</h2>
      {totals === null ? (
        <p>{nobodyShownWords(say, data.state, data.unlisted)}</p>
      ) : (
        <>
          <p>{totalsWords(say, totals)}</p>
          <ShownLists data={data} shown={shown} headings="h3" />
          {pages > 1 && (
            <p>
              <a href={at(signatoriesPage(workforce, letter, 2))}>
                {say("public.signatories.more", { pages })}
              </a>
            </p>
          )}
          <p class="small">{anonymousWords(say, totals.anonymous)}</p>
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
  const say = useSay();
  const { named, byRole, hidden } = shown;
  return (
    <>
      {named.length === 0 && byRole.length === 0 && <p>{say("public.signatories.nobody-here")}</p>}
      {named.length > 0 && (
        <>
          <Heading>{say("public.signatories.by-name")}</Heading>
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
          <Heading>{say("public.signatories.by-role")}</Heading>
          <ul class="people">
            {byRole.map((group) => (
              <Role group={group} />
            ))}
          </ul>
        </>
      )}
      {hidden.length > 0 && (
        <>
          <Heading>{say("public.signatories.hidden")}</Heading>
          <ul>
            {hidden.map((texts) => (
              <li key={`${texts.day} ${texts.reason}`}>
                <Says words={hiddenWords(say, texts)} />
              </li>
            ))}
          </ul>
          <p class="small">{say("words.hidden.counted")}</p>
        </>
      )}
    </>
  );
}

function Legend({ data: { workforce, letter, manifest } }: { readonly data: LetterData }) {
  const say = useSay();
  const at = useAddress();
  const mark = (confirmed: boolean) => (inner: Words) => (
    <Mark confirmed={confirmed}>
      <Says words={inner} />
    </Mark>
  );
  return (
    <p class="small">
      <Says
        words={
          manifest?.names === "confirmed"
            ? say.rich("public.names.legend-confirmed", { confirmed: mark(true) })
            : say.rich("public.names.legend", { confirmed: mark(true), given: mark(false) })
        }
      />{" "}
      <a href={at(namesPart(workforce, letter))}>{say("public.names.how")}</a>
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
  const say = useSay();
  /** Read out, and not shown. */
  const aside = (inner: Words) => (
    <span class="visually-hidden">
      <Says words={inner} />
    </span>
  );
  return (
    <li class="person">
      <bdi class="name">{name}</bdi>{" "}
      <Mark confirmed={confirmed}>
        <Says words={say.rich(confirmed ? "public.names.confirmed" : "public.names.given", { aside })} />
      </Mark>
      {(role !== null || place !== null) && (
        <span class="where">
          {role !== null && <bdi>{role}</bdi>}
          {role !== null && place !== null && say("public.names.comma")}
          {place !== null && <bdi>{place}</bdi>}
        </span>
      )}
    </li>
  );
}

function Role({ group: { role, place, count } }: { readonly group: ShownByRole }) {
  const say = useSay();
  return (
    <li class="person">
      <span>
        <bdi>{role}</bdi>
        {count > 1 && <span class="times"> × {say.number(count)}</span>}
      </span>
      {place !== null && <bdi class="where">{place}</bdi>}
    </li>
  );
}
