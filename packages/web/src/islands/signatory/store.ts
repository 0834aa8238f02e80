/** Holds the one state: takes events, keeps what the machine makes of them, and has its effects done. */

import type { PageLink } from "../page-link.ts";
import type { Event } from "./machine/event.ts";
import { initialState, type State } from "./machine/state.ts";
import { step } from "./machine/step.ts";
import { type Platform, startWork } from "./work/work.ts";

export interface Store {
  readonly state: State;
  send(event: Event): void;
  /** Called after every event. */
  listen(listener: (state: State, before: State) => void): void;
}

export function createStore(link: PageLink | null, platform: Platform): Store {
  const listeners: ((state: State, before: State) => void)[] = [];
  let state = initialState(link);
  const store: Store = {
    get state() {
      return state;
    },
    send(event) {
      const before = state;
      const [next, effects] = step(before, event);
      state = next;
      for (const listener of listeners) listener(next, before);
      for (const effect of effects) work(effect);
    },
    listen: (listener) => {
      listeners.push(listener);
    },
  };
  const work = startWork(platform, (event) => store.send(event));
  return store;
}
