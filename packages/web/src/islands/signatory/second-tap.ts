/**
 * People who are used to slow pages tap twice. The first tap has changed the screen; the second would meet whatever stands at
 * that place now, so it does nothing: it neither presses nor takes the focus away.
 */
import type { Store } from "./store.ts";

/** The longest that systems take two clicks for a double one is about half a second. */
const SECOND_TAP_MS = 600;

export function ignoreSecondTaps(
  store: Pick<Store, "listen">,
  page: Pick<EventTarget, "addEventListener">,
  now: () => number = () => performance.now(),
): void {
  let changed = Number.NEGATIVE_INFINITY;
  store.listen((state, before) => {
    if (state.screen !== before.screen) changed = now();
  });
  const ignore = (event: Event) => {
    const { detail } = event as UIEvent;
    if (detail < 2 || now() - changed > SECOND_TAP_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ["mousedown", "click"]) page.addEventListener(type, ignore, { capture: true });
}
