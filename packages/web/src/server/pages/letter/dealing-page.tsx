/** `/w/…/letters/…/register/<row>`: a row of the register with all that it ever was. */
import type { Day, Dealing } from "@undersigned/core";
import type { Register } from "@undersigned/dealings";
import { foreign, type Say } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { inLanguage, registerPage as registerAddress } from "../../../shared/addresses.ts";
import { DayTime, Says } from "../../../shared/says.tsx";
import { useSay } from "../../../shared/speech.ts";
import { TAGS } from "../../../shared/tags.tsx";
import { amountIn, statusWord, valueKindWord } from "../../../shared/words/dealings.ts";
import { type Frame, htmlPage } from "../../html.tsx";
import type { LetterData } from "../../load-letter.ts";
import { Sources } from "./afterwards.tsx";

/** Null where there is no such row. */
export function dealingHistoryPage(
  frame: Frame,
  data: LetterData,
  register: Register,
  id: string,
): PublicFile | null {
  const history = register.history.get(id);
  const last = history?.at(-1);
  if (history === undefined || last === undefined) return null;
  const { workforce, letter } = data;
  const { say } = frame;
  const shown = history.findLast(({ entry }) => entry !== null)?.entry ?? null;
  return htmlPage(frame, {
    title: say("public.dealing.title", { what: shown?.what ?? id }),
    leave: true,
    rehearsal: data.rehearsal,
    clientLogged: data.clientLogged,
    children: (
      <div class="column">
        <p class="over">
          <a href={inLanguage(say.language, registerAddress(workforce, letter))}>{say("public.register")}</a>
        </p>
        <h1>
          <bdi>{shown?.what ?? id}</bdi>
        </h1>
        {last.entry === null ? (
          <p class="notice">
            <Says words={say.rich("public.dealing.taken-out", { day: say.day(last.day) })} />
          </p>
        ) : (
          <Entry data={data} entry={last.entry} />
        )}
        <h2>{say("public.dealing.history")}</h2>
        <ol class="history" reversed>
          {[...history].reverse().map(({ day, entry }, i) => (
            <li key={`${day} ${history.length - i}`}>
              <h3>
                <DayTime day={day} />
              </h3>
              <Change before={history[history.length - 2 - i]?.entry ?? null} after={entry} />
            </li>
          ))}
        </ol>
        <p class="small">
          <Says words={say.rich("public.dealing.row", { ...TAGS, id })} />
        </p>
      </div>
    ),
  });
}

function Entry({ data, entry }: { readonly data: LetterData; readonly entry: Dealing }) {
  const say = useSay();
  return (
    <>
      <dl class="facts">
        {FIELDS.map(({ name, of }) => (
          <div key={name}>
            <dt>{say("public.dealing.field", { name })}</dt>
            <dd>
              <bdi>{of(entry, say)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h2>{say("shared.sources")}</h2>
      <Sources of={data} sources={entry.sources} />
    </>
  );
}

const FIELDS: readonly { readonly name: string; of(entry: Dealing, say: Say): string }[] = [
  { name: "what", of: ({ what }) => what },
  { name: "supplier", of: ({ supplier }) => supplier },
  {
    name: "recipient",
    of: ({ recipient, office }, say) =>
      office === null ? recipient : `${recipient}${say("public.names.comma")}${office}`,
  },
  { name: "agreed", of: ({ agreed }, say) => dayOrNot(say, agreed) },
  { name: "from", of: ({ from }, say) => dayOrNot(say, from) },
  { name: "until", of: ({ until }, say) => dayOrNot(say, until) },
  {
    name: "value",
    of: ({ value }, say) =>
      value === null
        ? say("public.not-known")
        : say("public.dealing.value", { amount: amountIn(say, value), kind: valueKindWord(say, value.kind) }),
  },
  {
    name: "status",
    of: ({ status, since }, say) =>
      since === null
        ? statusWord(say, status)
        : say("public.dealing.since", { status: statusWord(say, status), day: say.day(since) }),
  },
  {
    name: "sources",
    of: ({ sources }, say) =>
      sources
        .map(({ title, publisher }) =>
          say("public.dealing.source", { title: foreign(title), publisher: foreign(publisher) }),
        )
        .join(say("public.dealing.between-sources")),
  },
];

function dayOrNot(say: Say, day: Day | null): string {
  return day === null ? say("public.not-known") : say.day(day).text;
}

function Change({ before, after }: { readonly before: Dealing | null; readonly after: Dealing | null }) {
  const say = useSay();
  if (after === null) return <p>{say("public.dealing.gone")}</p>;
  const fields = FIELDS.filter(({ of }) => before === null || of(before, say) !== of(after, say));
  return (
    <>
      <p>
        {say("public.dealing.change", {
          is: before === null ? "entered" : fields.length === 0 ? "sources" : "changed",
        })}
      </p>
      <dl class="facts">
        {fields.map(({ name, of }) => (
          <div key={name}>
            <dt>{say("public.dealing.field", { name })}</dt>
            <dd>
              {before !== null && (
                <>
                  <del>
                    <span class="visually-hidden">{say("public.dealing.before")} </span>
                    <bdi>{of(before, say)}</bdi>
                  </del>{" "}
                  <span class="visually-hidden">{say("public.dealing.now")} </span>
                </>
              )}
              <bdi>{of(after, say)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
