/**
 * The signatory's path: mounts on the signing page.
 *
 * It runs in Tor Browser at its standard level and in Firefox 115: so no WebAssembly, IndexedDB, SharedArrayBuffer,
 * CompressionStream, Clipboard, service worker, `AbortSignal.any` or dialog element; and local storage, which may be refused,
 * only where somebody asks for it. No chunk is loaded later: every script of the page stands in it with its hash. The one
 * script beside it is that of the thread which does a registrar's proof of work, and which is handed nothing but a challenge.
 */
import { dayOf } from "@undersigned/core";
import { render } from "preact";
import { LEFT } from "../shared/addresses.ts";
import { readPageData } from "./page-data.ts";
import { saveFile } from "./save-file.ts";
import { App } from "./signatory/app.tsx";
import { followHistory } from "./signatory/history.ts";
import { followLeaving } from "./signatory/leaving.ts";
import { readLink } from "./signatory/machine/link.ts";
import { ignoreSecondTaps } from "./signatory/second-tap.ts";
import { createStore } from "./signatory/store.ts";
import { solveInThread } from "./signatory/work/solve-in-thread.ts";

const today = () => dayOf(Date.now());

function start(place: HTMLElement): void {
  const store = createStore(readLink(location.hash, readPageData()), {
    origin: location.origin,
    fetch: (input, init) => fetch(input, init),
    today,
    solveWork: solveInThread,
    store: () => localStorage,
    save: (name, bytes) => saveFile(name, bytes, "application/json"),
    goAway: () => location.replace(LEFT),
  });
  const { back, popped } = followHistory(store, history, location.href);
  window.addEventListener("popstate", ({ state }) => {
    // Another link was opened over this one: it is another page, and begins as one.
    if (state === null && readLink(location.hash, readPageData())?.mark === "other") location.reload();
    else popped(state);
  });
  ignoreSecondTaps(store, window);
  followLeaving(store, window, document.querySelector("a.leave"));
  // The letter's name is shown again, as the log has it.
  document.querySelector(".frame-head p")?.remove();
  place.replaceChildren();
  const draw = () => render(<App state={store.state} send={store.send} today={today} back={back} />, place);
  store.listen(draw);
  draw();
  store.send({ type: "started" });
}

const place = document.getElementById("island");
if (place !== null) start(place);
