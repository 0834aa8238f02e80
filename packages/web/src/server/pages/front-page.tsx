/** The board's front page: its letters, or what comes next where there are none. */
import { hasNumber, unit } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { DESK, letterPage } from "../../shared/addresses.ts";
import { Says } from "../../shared/says.tsx";
import { useAddress, useSay } from "../../shared/speech.ts";
import { linkTo } from "../../shared/tags.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { type Frame, htmlPage, type Ways } from "../html.tsx";
import type { FrontLetter, FrontWorkforce } from "../load-front.ts";
import { stateName } from "../words/state.ts";
import { BoardLinks, FollowBoard } from "./follow-board.tsx";
import { NextSteps } from "./next-steps.tsx";

/** `ways`: null where there is nothing to follow. `elsewhere`: whether there are letters of other boards. */
export function frontPage(
  frame: Frame,
  workforces: readonly FrontWorkforce[],
  { ways, elsewhere }: { readonly ways: Ways | null; readonly elsewhere: boolean },
): PublicFile {
  const { say } = frame;
  return htmlPage(frame, {
    ...(ways !== null && { ways }),
    title: say("public.front.title"),
    children: (
      <div class="column">
        <h1>{say("public.front")}</h1>
        <p class="lead">{say("public.front.lead")}</p>
        {workforces.length === 0 ? (
          <NoWorkforce />
        ) : (
          workforces.map((workforce) => <Workforce key={workforce.workforce} of={workforce} />)
        )}
        <BoardLinks timeline={ways !== null} elsewhere={elsewhere} />
        {ways !== null && <FollowBoard />}
      </div>
    ),
  });
}

/** A board that was just started: what it is, and where its organisers go on. */
function NoWorkforce() {
  const say = useSay();
  const at = useAddress();
  return (
    <>
      <p>{say("public.front.nothing-yet")}</p>
      <p>
        <Says words={say.rich("public.front.desk", { link: linkTo(at(DESK)) })} />
      </p>
      <details>
        <summary>{say("public.front.by-command")}</summary>
        <NextSteps stage="no-workforce" />
      </details>
    </>
  );
}

/** Where no board has been set up yet. */
export function firstPage(frame: Frame, folder: string): PublicFile {
  const { say } = frame;
  return htmlPage(frame, {
    title: say("public.first.title"),
    children: (
      <div class="column">
        <h1>{say("public.first")}</h1>
        <p class="lead">{say("public.first.lead")}</p>
        <NextSteps stage="no-keys" folder={folder} />
      </div>
    ),
  });
}

function Workforce({ of: { workforce, employer, opened } }: { readonly of: FrontWorkforce }) {
  const say = useSay();
  return (
    <section>
      <h2>
        <bdi>{employer}</bdi>
      </h2>
      {opened === null && <p class="notice bad">{say("public.front.broken")}</p>}
      {opened !== null && opened.letters.length > 0 && (
        <ul class="letters">
          {opened.letters.map((letter) => (
            <Letter key={letter.letter} workforce={workforce} of={letter} />
          ))}
        </ul>
      )}
      {opened !== null && opened.letters.length === 0 && (
        <NextSteps
          stage={opened.hasEpoch ? "no-letter" : "no-epoch"}
          workforce={workforce}
          board={opened.board}
        />
      )}
    </section>
  );
}

function Letter({ workforce, of }: { readonly workforce: string; readonly of: FrontLetter }) {
  const { letter, title, language, tally, delivered } = of;
  const say = useSay();
  const at = useAddress();
  const shown = hasNumber(tally);
  return (
    <li class="card">
      <h3>
        <a href={at(letterPage(workforce, letter))}>
          {title === null ? (
            say("public.front.no-text")
          ) : (
            <bdi lang={language} dir={directionOf(language)}>
              {title}
            </bdi>
          )}
        </a>
      </h3>
      <p>
        <span class="state">{stateName(say, tally.state)}</span>{" "}
        {shown ? (
          <>
            <strong>{say.number(tally.counted.mailbox)}</strong> {unit(say, tally)}
          </>
        ) : tally.state.kind === "too-few" ? (
          ""
        ) : (
          say("words.no-number-yet", { first: tally.first })
        )}
      </p>
      {delivered !== null && (
        <p class="small">
          <Says
            words={say.rich(delivered.answered ? "public.front.answered" : "public.front.delivered", {
              day: say.day(delivered.day),
            })}
          />
        </p>
      )}
    </li>
  );
}
