/** A page without a page: the machine and the work together, with a network, storage and downloads that a test can look at. */
import type { Event } from "../../src/islands/signatory/machine/event.ts";
import type { State } from "../../src/islands/signatory/machine/state.ts";
import { step } from "../../src/islands/signatory/machine/step.ts";
import { Parts } from "../../src/islands/signatory/parts.ts";
import { type Platform, startWork } from "../../src/islands/signatory/work/work.ts";
import type { PartName } from "../../src/shared/parts.ts";

/** As the page gets them, but from the sources. */
const PARTS: Readonly<Record<PartName, () => Promise<unknown>>> = {
  signing: () => import("../../src/islands/signatory/parts/signing.ts"),
  evidence: () => import("../../src/islands/signatory/parts/evidence.ts"),
  "existing-mail": () => import("../../src/islands/signatory/parts/existing-mail.ts"),
  names: () => import("../../src/islands/signatory/parts/names.ts"),
  invite: () => import("../../src/islands/signatory/parts/invite.ts"),
};

export function memoryStore() {
  const items = new Map<string, string>();
  const storage = {
    get length() {
      return items.size;
    },
    key: (i: number) => [...items.keys()][i] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  return { items, store: () => storage };
}

export function startPage(
  of: Pick<Platform, "fetch"> & Partial<Pick<Platform, "origin" | "today">>,
  from: State,
) {
  const files = new Map<string, Uint8Array>();
  const { items, store } = memoryStore();
  let state = from;
  let wake = () => {};
  const platform: Platform = {
    origin: "https://board.example.com",
    today: () => "2026-05-10",
    solveWork: () => Promise.reject(new Error("No registrar is under attack here.")),
    ...of,
    store,
    parts: new Parts((name) => PARTS[name]()),
    copy: async (text) => void files.set("copied", new TextEncoder().encode(text)),
    save: (name, bytes) => void files.set(name, bytes),
    goAway: () => void files.set("gone", new Uint8Array()),
  };
  const send = (event: Event) => {
    const [next, effects] = step(state, event);
    state = next;
    for (const effect of effects) work(effect);
    wake();
  };
  const work = startWork(platform, send);
  const when = async (is: (state: State) => boolean): Promise<State> => {
    while (!is(state)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return state;
  };
  return {
    files,
    items,
    store,
    send,
    when,
    until: (screen: State["screen"]) => when((now) => now.screen === screen),
    get state() {
      return state;
    },
  };
}
