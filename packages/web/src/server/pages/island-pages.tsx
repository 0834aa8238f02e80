/** The frames of what is done with script: signing, recounting, organising. Without script they say what to do instead. */
import type { PublicFile } from "@undersigned/service";
import type { ComponentChildren } from "preact";
import { letterPage, SAVING_MAIL } from "../../shared/addresses.ts";
import { directionOf } from "../../shared/words/direction.ts";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";
import type { LetterData } from "../load-letter.ts";
import { Commands } from "./command.tsx";
import { titleOf } from "./letter/letter-page.tsx";

export function signFrame(build: ClientBuild, data: LetterData): PublicFile {
  const { workforce, letter, board, registrarOrigins, clientLogged, rules } = data;
  return htmlPage(build, {
    rehearsal: data.rehearsal,
    title: `Sign: ${titleOf(data)}`,
    noindex: true,
    leave: true,
    clientLogged,
    island: {
      name: "sign",
      data: { workforce, letter },
      connect: registrarOrigins,
      starting: "One moment: the signing page is being loaded and nothing has been sent.",
    },
    children: (
      <>
        <FrameHead data={data}>Sign the letter</FrameHead>
        <noscript>
          <p>
            Signing on this page needs script. Without it, the command <code>undersigned</code> does the same;
            the number counts both alike.
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
              If you prove your mailbox by a mail that you already have:{" "}
              <a href={SAVING_MAIL}>how to save a mail as a file</a>.
            </p>
          )}
        </noscript>
      </>
    ),
  });
}

export function recountFrame(build: ClientBuild, data: LetterData): PublicFile {
  const { workforce, letter, board, clientLogged } = data;
  return htmlPage(build, {
    rehearsal: data.rehearsal,
    title: `Count again: ${titleOf(data)}`,
    clientLogged,
    island: { name: "recount", data: { workforce, letter }, connect: [], starting: LOADING_RECOUNT },
    children: (
      <>
        <FrameHead data={data}>Count again</FrameHead>
        <WithoutScript
          command={`npx undersigned verify ${board} --workforce ${workforce} --letter ${letter}`}
        />
      </>
    ),
  });
}

/** Of no workforce: counts what a file holds. */
export function recountFileFrame(build: ClientBuild): PublicFile {
  return htmlPage(build, {
    title: "Recount from a file",
    island: {
      name: "recount",
      data: { workforce: "", letter: "" },
      connect: [],
      starting: LOADING_RECOUNT,
    },
    children: (
      <>
        <div class="frame-head">
          <h1>Recount from a file</h1>
        </div>
        <WithoutScript command="npx undersigned verify FILE.zip --workforce ID" />
      </>
    ),
  });
}

/** Of no workforce, and for organisers alone: nothing leads here from pages for readers. */
export function deskFrame(build: ClientBuild): PublicFile {
  return htmlPage(build, {
    title: "The organisers’ desk",
    noindex: true,
    leave: true,
    island: {
      name: "desk",
      data: { workforce: "", letter: "" },
      connect: [],
      starting: "One moment: the organisers’ desk is being loaded and nothing has been sent.",
    },
    children: (
      <>
        <div class="frame-head">
          <h1>The organisers’ desk</h1>
        </div>
        <noscript>
          <p>
            The desk needs script: your key is made on your own device, and what it signs too. Allow script
            for this address, or let the operator use the command <code>undersigned</code>.
          </p>
        </noscript>
      </>
    ),
  });
}

const LOADING_RECOUNT = "One moment: the recount is being loaded. It runs on this device.";

function FrameHead({ data, children }: { readonly data: LetterData; readonly children: ComponentChildren }) {
  const language = data.manifest?.language ?? "en";
  return (
    <div class="frame-head">
      <h1>{children}</h1>
      <p>
        <a href={letterPage(data.workforce, data.letter)}>
          <bdi lang={language} dir={directionOf(language)}>
            {titleOf(data)}
          </bdi>
        </a>
      </p>
    </div>
  );
}

function WithoutScript({ command }: { readonly command: string }) {
  return (
    <noscript>
      <p>
        Recounting on this page needs script. Without it, the command <code>undersigned</code> does the same
        on your own machine:
      </p>
      <Commands lines={[command]} />
    </noscript>
  );
}
