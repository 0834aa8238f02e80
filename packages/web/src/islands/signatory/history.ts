/**
 * The browser's Back. Each screen is an entry of the history that holds a number and nothing else; coming back to an entry asks
 * the machine, which decides whether there is a way back. Forward leads nowhere: nothing is done again by it.
 */
import type { Store } from "./store.ts";

export interface HistoryLike {
  readonly state: unknown;
  pushState(data: number, unused: ""): void;
  replaceState(data: number, unused: "", address?: string): void;
  back(): void;
}

/**
 * Returns what the page's own Back does, and what is to be called on `popstate` with the entry's state. `address` is the
 * page's, to which a jump within it (such as that past its head) is set back: its fragment must stay what it was.
 */
export function followHistory(
  store: Store,
  history: HistoryLike,
  address: string,
): { readonly back: () => void; readonly popped: (entry: unknown) => void } {
  let at = 0;
  history.replaceState(0, "");
  store.listen((state, before) => {
    if (state.trail.length <= before.trail.length) return;
    at++;
    history.pushState(at, "");
  });
  return {
    back: () => (at > 0 ? history.back() : store.send({ type: "act", act: "back" })),
    popped: (entry) => {
      if (typeof entry !== "number") {
        history.replaceState(at, "", address);
        return;
      }
      const backwards = entry < at;
      at = entry;
      if (backwards) store.send({ type: "act", act: "back" });
    },
  };
}
