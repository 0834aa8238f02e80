/** The recount: mounts on the recounting pages. All of it runs on this device; the board is asked for its public files alone. */
import { render } from "preact";
import { readPageData } from "./page-data.ts";
import { App } from "./recount/app.tsx";
import { KnownCheckpoints } from "./recount/known-checkpoint.ts";
import { createCounters } from "./recount/start-counter.ts";
import { workforceOfPage } from "./recount/workforce-id.ts";

const place = document.getElementById("island");
if (place !== null) {
  const { workforce, letter } = readPageData();
  const app = (
    <App
      page={workforceOfPage(location.hash, workforce)}
      letter={letter === "" ? null : letter}
      board={workforce === "" ? null : `${location.origin}/w/${workforce}`}
      known={new KnownCheckpoints(() => localStorage)}
      start={createCounters()}
    />
  );
  place.replaceChildren();
  render(app, place);
  // Another fragment is another question: nothing of the answer to this one may stay.
  addEventListener("hashchange", () => location.reload());
}
