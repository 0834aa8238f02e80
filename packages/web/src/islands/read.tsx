/**
 * Reads an unlisted letter: mounts on its page alone. The key comes with the link's fragment, opens the sealed file on this
 * device, and is told to nobody; what opens is shown only if its hash is the letter's id.
 */
import { render } from "preact";
import { SpeechProvider } from "../shared/speech-context.ts";
import { readPageData } from "./page-data.ts";
import { readLink, withoutSecrets } from "./page-link.ts";
import { App } from "./read/app.tsx";
import { dressPage } from "./read/dress-page.ts";
import { type Outcome, readLetter } from "./read/read-letter.ts";
import { say } from "./say.ts";

async function start(place: HTMLElement): Promise<void> {
  const data = readPageData();
  const link = readLink(location.hash, data);
  const { href } = location;
  // The key is a secret: it stays in memory, and no longer in the address and its history than it takes to read it.
  const address = withoutSecrets(href);
  if (address !== href) history.replaceState(null, "", address);
  place.replaceChildren();
  const draw = (outcome: Outcome | null) =>
    render(
      <SpeechProvider value={say}>
        <App outcome={outcome} address={href} />
      </SpeechProvider>,
      place,
    );
  draw(null);
  const outcome = await readLetter(link, {
    origin: location.origin,
    path: location.pathname,
    fetch: (input, init) => fetch(input, init),
  });
  if (outcome.is === "read" && link !== null) dressPage(document, outcome.manifest, link);
  draw(outcome);
}

const place = document.getElementById("island");
if (place !== null) {
  void start(place);
  // Another link was opened over this one. A jump within the page, such as that past its head, is none.
  addEventListener("hashchange", () => {
    if (/^#[A-Za-z0-9_-]{43}/.test(location.hash)) void start(place);
  });
  // Whoever has left the letter does not come back to its text without the link.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
