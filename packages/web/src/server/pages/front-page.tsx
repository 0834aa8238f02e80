/** The board's front page: its letters, or what comes next where there are none. */
import { hasNumber, unit } from "@undersigned/core/words";
import type { PublicFile } from "@undersigned/service";
import { DESK, letterPage } from "../../shared/addresses.ts";
import { DayTime } from "../../shared/says.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { number } from "../../shared/words/numbers.ts";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";
import type { FrontLetter, FrontWorkforce } from "../load-front.ts";
import { stateName } from "../words/state.ts";
import { NextSteps } from "./next-steps.tsx";

export function frontPage(build: ClientBuild, workforces: readonly FrontWorkforce[]): PublicFile {
  return htmlPage(build, {
    title: "Undersigned: open letters from inside a company",
    children: (
      <div class="column">
        <h1>Open letters from inside a company</h1>
        <p class="lead">Everyone can count the signatories, nobody can unmask them.</p>
        {workforces.length === 0 ? (
          <NoWorkforce />
        ) : (
          workforces.map((workforce) => <Workforce key={workforce.workforce} of={workforce} />)
        )}
      </div>
    ),
  });
}

/** A board that was just started: what it is, and where its organisers go on. */
function NoWorkforce() {
  return (
    <>
      <p>
        This board runs and serves no workforce yet. Letters will stand here, each with its text, its number
        and what anyone needs to count again.
      </p>
      <p>
        Organisers go on at <a href={DESK}>their desk</a>. The first one needs the link that was printed when
        the board was started; it is good once.
      </p>
      <details>
        <summary>All of it by command instead</summary>
        <NextSteps stage="no-workforce" />
      </details>
    </>
  );
}

/** Where no board has been set up yet. */
export function firstPage(build: ClientBuild, folder: string): PublicFile {
  return htmlPage(build, {
    title: "Undersigned: what to do next",
    children: (
      <div class="column">
        <h1>Undersigned runs. Nothing is set up yet.</h1>
        <p class="lead">This page is shown to this machine only.</p>
        <NextSteps stage="no-keys" folder={folder} />
      </div>
    ),
  });
}

function Workforce({ of: { workforce, employer, opened } }: { readonly of: FrontWorkforce }) {
  return (
    <section>
      <h2>
        <bdi>{employer}</bdi>
      </h2>
      {opened === null && (
        <p class="notice bad">
          The log of this workforce does not check out here. Recount it from a mirror or a bundle.
        </p>
      )}
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
  const shown = hasNumber(tally);
  return (
    <li class="card">
      <h3>
        <a href={letterPage(workforce, letter)}>
          {title === null ? (
            "A letter whose text is not public"
          ) : (
            <bdi lang={language} dir={directionOf(language)}>
              {title}
            </bdi>
          )}
        </a>
      </h3>
      <p>
        <span class="state">{stateName(tally.state)}</span>{" "}
        {shown ? (
          <>
            <strong>{number(tally.counted.mailbox)}</strong> {unit(tally)}
          </>
        ) : tally.state.kind === "too-few" ? (
          ""
        ) : (
          `A number appears when ${number(tally.first)} have signed.`
        )}
      </p>
      {delivered !== null && (
        <p class="small">
          Delivered on <DayTime day={delivered.day} />
          {delivered.answered ? ", and answered." : ". There is no answer yet."}
        </p>
      )}
    </li>
  );
}
