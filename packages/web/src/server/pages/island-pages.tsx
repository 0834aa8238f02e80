/** The frames of what is done with script: signing, recounting, organising. Without script they say what to do instead. */
import type { PublicFile } from "@undersigned/service";
import type { ComponentChildren } from "preact";
import { inLanguage, letterPage, SAVING_MAIL } from "../../shared/addresses.ts";
import { Says } from "../../shared/says.tsx";
import { useAddress, useSay } from "../../shared/speech.ts";
import { linkTo, TAGS } from "../../shared/tags.tsx";
import { directionOf } from "../../shared/words/direction.ts";
import { type Frame, htmlPage } from "../html.tsx";
import type { LetterData } from "../load-letter.ts";
import { Commands } from "./command.tsx";
import { titleOf } from "./letter/letter-page.tsx";

export function signFrame(frame: Frame, data: LetterData): PublicFile {
  const { workforce, letter, board, registrarOrigins, clientLogged, rules } = data;
  const { say } = frame;
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title: say("public.sign.title", { letter: titleOf(say, data) }),
    noindex: true,
    leave: true,
    clientLogged,
    island: {
      name: "sign",
      data: { workforce, letter },
      connect: registrarOrigins,
      starting: say("public.sign.starting"),
    },
    children: (
      <>
        <FrameHead data={data}>{say("public.sign")}</FrameHead>
        <noscript>
          <p>
            <Says words={say.rich("public.sign.no-script", TAGS)} />
          </p>
          <Commands
            lines={[
              "npx undersigned phrase",
              `npx undersigned enrol --board ${board} --workforce ${workforce} --out enrolment.age`,
              `npx undersigned sign --board ${board} --workforce ${workforce} --letter ${letter} --enrolment enrolment.age`,
            ]}
          />
          {rules.existingMail !== null && (
            <p>
              <Says
                words={say.rich("public.sign.saving-mail", {
                  link: linkTo(inLanguage(say.language, SAVING_MAIL)),
                })}
              />
            </p>
          )}
        </noscript>
      </>
    ),
  });
}

export function recountFrame(frame: Frame, data: LetterData): PublicFile {
  const { workforce, letter, board, clientLogged } = data;
  const { say } = frame;
  return htmlPage(frame, {
    rehearsal: data.rehearsal,
    title: say("public.recount.title", { letter: titleOf(say, data) }),
    clientLogged,
    island: {
      name: "recount",
      data: { workforce, letter },
      connect: [],
      starting: say("public.recount.starting"),
    },
    children: (
      <>
        <FrameHead data={data}>{say("public.count-again")}</FrameHead>
        <WithoutScript
          command={`npx undersigned verify ${board} --workforce ${workforce} --letter ${letter}`}
        />
      </>
    ),
  });
}

/** Of no workforce: counts what a file holds. */
export function recountFileFrame(frame: Frame): PublicFile {
  const { say } = frame;
  return htmlPage(frame, {
    title: say("public.recount-file"),
    island: {
      name: "recount",
      data: { workforce: "", letter: "" },
      connect: [],
      starting: say("public.recount.starting"),
    },
    children: (
      <>
        <div class="frame-head">
          <h1>{say("public.recount-file")}</h1>
        </div>
        <WithoutScript command="npx undersigned verify FILE.zip --workforce ID" />
      </>
    ),
  });
}

/** Of no workforce, and for organisers alone: nothing leads here from pages for readers. */
export function deskFrame(frame: Frame): PublicFile {
  const { say } = frame;
  return htmlPage(frame, {
    title: say("public.desk"),
    noindex: true,
    leave: true,
    island: {
      name: "desk",
      data: { workforce: "", letter: "" },
      connect: [],
      starting: say("public.desk.starting"),
    },
    children: (
      <>
        <div class="frame-head">
          <h1>{say("public.desk")}</h1>
        </div>
        <noscript>
          <p>
            <Says words={say.rich("public.desk.no-script", TAGS)} />
          </p>
        </noscript>
      </>
    ),
  });
}

function FrameHead({ data, children }: { readonly data: LetterData; readonly children: ComponentChildren }) {
  const say = useSay();
  const at = useAddress();
  const language = data.manifest?.language ?? "en";
  return (
    <div class="frame-head">
      <h1>{children}</h1>
      <p>
        <a href={at(letterPage(data.workforce, data.letter))}>
          <bdi lang={language} dir={directionOf(language)}>
            {titleOf(say, data)}
          </bdi>
        </a>
      </p>
    </div>
  );
}

function WithoutScript({ command }: { readonly command: string }) {
  const say = useSay();
  return (
    <noscript>
      <p>
        <Says words={say.rich("public.recount.no-script", TAGS)} />
      </p>
      <Commands lines={[command]} />
    </noscript>
  );
}
