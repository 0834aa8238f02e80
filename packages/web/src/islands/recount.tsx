/** The recount: mounts on the recounting pages. All of it runs on this device; the board is asked for its public files alone. */
import { parseLinkKey } from "@undersigned/core";
import { render } from "preact";
import { readPageData } from "./page-data.ts";
import { readLink, withoutSecrets } from "./page-link.ts";
import { App } from "./recount/app.tsx";
import { KnownCheckpoints } from "./recount/known-checkpoint.ts";
import { createCounters } from "./recount/start-counter.ts";
import { workforceOfPage } from "./recount/workforce-id.ts";

const place = document.getElementById("island");
if (place !== null) {
  const { workforce, letter } = readPageData();
  const page = workforceOfPage(location.hash, workforce);
  const linkKey = parseLinkKey(readLink(location.hash, { workforce, letter })?.linkKey ?? "");
  // The key of an unlisted letter is a secret: it stays in memory, and no longer in the address and its history.
  const address = withoutSecrets(location.href);
  if (address !== location.href) history.replaceState(null, "", address);
  const app = (
    <App
      page={page}
      linkKey={linkKey}
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
