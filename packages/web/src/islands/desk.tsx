/**
 * The organisers' desk: mounts on its page. The session's key and all that is typed are in memory; what is not saved yet is
 * besides kept on the device, sealed. Every script stands in the page with its hash, those of parts too (load-part.ts).
 */
import { dayOf } from "@undersigned/core";
import { render } from "preact";
import { SpeechProvider } from "../shared/speech-context.ts";
import { App, type Surroundings } from "./desk/app.tsx";
import { openDoor } from "./desk/open-door.ts";
import { Parts } from "./desk/parts.ts";
import { titleOfPage } from "./desk/shell/pages.ts";
import { type Entrance, hashOf, readEntrance, readRoute } from "./desk/shell/route.ts";
import { Sessions } from "./desk/shell/session.ts";
import { loadPart, type PartPage } from "./load-part.ts";
import { readPageData } from "./page-data.ts";
import { saveFile } from "./save-file.ts";
import { say } from "./say.ts";

const TITLE = document.title;
const LOOK_MS = 10_000;

/** Of the module map: see load-part.ts. */
const page: PartPage = {
  document,
  fetch: (input, init) => fetch(input, init),
  import: (path) => import(/* @vite-ignore */ path),
};

const around: Surroundings = {
  origin: location.origin,
  host: location.hostname,
  today: () => dayOf(Date.now()),
  timers: {
    after(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
  },
  storage: () => localStorage,
  copy: (text) => navigator.clipboard.writeText(text),
  save: saveFile,
  goTo: (hash) => {
    location.hash = hash;
  },
  onNetwork(call) {
    addEventListener("online", call);
    return () => removeEventListener("online", call);
  },
};

function start(place: HTMLElement): void {
  const data = readPageData();
  let entrance: Entrance | null = null;
  let route = readRoute("");
  /** A secret that came in the link stays in memory, and no longer in the address and its history than it takes to read it. */
  const readAddress = () => {
    const came = readEntrance(location.hash);
    if (came !== null) {
      entrance = came;
      history.replaceState(null, "", hashOf("home"));
    }
    route = readRoute(location.hash);
  };
  readAddress();

  const parts = new Parts((name) => loadPart(data.parts[name] ?? "", page));
  const sessions = new Sessions(() => Date.now());
  const door = openDoor(location.origin, (input, init) => fetch(input, init));
  place.replaceChildren();
  const draw = () => {
    document.title = `${titleOfPage(route.page)} · ${TITLE}`;
    render(
      <SpeechProvider value={say}>
        <App
          door={door}
          sessions={sessions}
          parts={parts}
          route={route}
          entrance={entrance}
          onEntered={() => {
            entrance = null;
            draw();
          }}
          around={around}
        />
      </SpeechProvider>,
      place,
    );
  };
  draw();

  addEventListener("hashchange", () => {
    // A jump within the page, such as that past its head, is no other page of the desk.
    if (location.hash === "#main") {
      history.replaceState(null, "", hashOf(route.page, route.id, route.section));
      return;
    }
    readAddress();
    draw();
  });
  for (const used of ["pointerdown", "keydown", "input"]) addEventListener(used, () => sessions.touch());
  setInterval(() => sessions.checkIdle(), LOOK_MS);
  document.addEventListener("visibilitychange", () => sessions.checkIdle());
  // A page that a browser has kept for Back would still hold what was typed.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

const place = document.getElementById("island");
if (place !== null) start(place);
