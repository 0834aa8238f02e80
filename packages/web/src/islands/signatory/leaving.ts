/** The ways out: the button, Escape pressed twice, and the browser's question where closing would lose something. */
import { say } from "../say.ts";
import { wouldLose } from "./machine/would-lose.ts";
import type { Store } from "./store.ts";

const TWICE_WITHIN_MS = 1000;

/** `link` is the page's own way out, which works without script; the button in its place also forgets. */
export function followLeaving(store: Store, page: Window, link: Element | null): void {
  const button = page.document.createElement("button");
  button.type = "button";
  button.className = "leave";
  button.textContent = say("sign.act.leave");
  button.addEventListener("click", () => store.send({ type: "act", act: "leave" }));
  if (link === null) page.document.body.prepend(button);
  else link.replaceWith(button);

  let before = Number.NEGATIVE_INFINITY;
  page.addEventListener("keydown", ({ key, timeStamp, repeat }) => {
    if (key !== "Escape" || repeat) return;
    if (timeStamp - before < TWICE_WITHIN_MS) store.send({ type: "act", act: "leave" });
    before = timeStamp;
  });
  page.addEventListener("beforeunload", (event) => {
    if (wouldLose(store.state)) event.preventDefault();
  });
  // A page that a browser has kept for Back would still hold what was typed.
  page.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) page.location.reload();
  });
}
