/**
 * The signatory's path: mounts on the signing page.
 *
 * It runs in Tor Browser at its standard level and in Firefox 115: so no WebAssembly, IndexedDB, SharedArrayBuffer,
 * CompressionStream, service worker, `AbortSignal.any` or dialog element; local storage and the clipboard, which may be
 * refused, only where somebody asks for them. Every script stands in the page with its hash, those of parts too that are loaded
 * later (load-part.ts). The one script beside them is that of the thread which does a registrar's proof of work, and which is
 * handed nothing but a challenge.
 */

import { dayOf } from "@undersigned/core";
import { render } from "preact";
import { inLanguage, LEFT } from "../shared/addresses.ts";
import { loadPart, type PartPage } from "./load-part.ts";
import { readPageData } from "./page-data.ts";
import { readLink, withoutSecrets } from "./page-link.ts";
import { saveFile } from "./save-file.ts";
import { say } from "./say.ts";
import { App } from "./signatory/app.tsx";
import { followHistory } from "./signatory/history.ts";
import { followLeaving } from "./signatory/leaving.ts";
import { Parts } from "./signatory/parts.ts";
import { ignoreSecondTaps } from "./signatory/second-tap.ts";
import { createStore } from "./signatory/store.ts";
import { solveInThread } from "./signatory/work/solve-in-thread.ts";

const today = () => dayOf(Date.now());

/** Of the module map: see load-part.ts. */
const page: PartPage = {
  document,
  fetch: (input, init) => fetch(input, init),
  import: (path) => import(/* @vite-ignore */ path),
};

function start(place: HTMLElement): void {
  const data = readPageData();
  const link = readLink(location.hash, data);
  // An invitation and the key of an unlisted letter are secrets: they stay in memory, and no longer in the address and its history than it takes to read it.
  const address = withoutSecrets(location.href);
  if (address !== location.href) history.replaceState(null, "", address);
  const parts = new Parts((name) => loadPart(data.parts[name] ?? "", page));
  const store = createStore(link, {
    origin: location.origin,
    fetch: (input, init) => fetch(input, init),
    today,
    solveWork: solveInThread,
    parts,
    copy: (text) => navigator.clipboard.writeText(text),
    store: () => localStorage,
    save: (name, bytes) => saveFile(name, bytes, "application/json"),
    goAway: () => location.replace(inLanguage(say.language, LEFT)),
  });
  const { back, popped } = followHistory(store, history, address);
  window.addEventListener("popstate", ({ state }) => {
    // Another link was opened over this one: it is another page, and begins as one.
    const opened = state === null ? readLink(location.hash, data) : null;
    const other = opened?.mark === "other" || opened?.invitation != null || opened?.linkKey != null;
    if (other) location.reload();
    else popped(state);
  });
  ignoreSecondTaps(store, window);
  followLeaving(store, window, document.querySelector("a.leave"));
  // The letter's name is shown again, as the log has it.
  document.querySelector(".frame-head p")?.remove();
  place.replaceChildren();
  const draw = () =>
    render(<App state={store.state} parts={parts} send={store.send} today={today} back={back} />, place);
  store.listen(draw);
  draw();
  store.send({ type: "started" });
}

const place = document.getElementById("island");
if (place !== null) start(place);
