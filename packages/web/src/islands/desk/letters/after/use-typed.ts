/**
 * What somebody types into a form of these pages, kept in this tab's memory while the desk is locked or another page is shown, and
 * for its writer alone. It is nowhere else: whoever closes the tab loses it.
 */
import { useRef, useState } from "preact/hooks";
import { useDesk } from "../../shell/desk.ts";

const kept = new Map<string, unknown>();

export interface Typed<T> {
  readonly value: T;
  readonly change: (part: Partial<T>) => void;
  /** Back to `empty`: it was done, or given up. */
  readonly clear: () => void;
}

/** `form`: a name of its own for each form of each letter. */
export function useTyped<T extends object>(form: string, empty: T): Typed<T> {
  const { session } = useDesk();
  const key = `${session.me.id} ${form}`;
  const value = useRef<T>((kept.get(key) as T | undefined) ?? empty);
  const [, draw] = useState(0);
  const set = (next: T | null) => {
    value.current = next ?? empty;
    if (next === null) kept.delete(key);
    else kept.set(key, next);
    draw((n) => n + 1);
  };
  return {
    value: value.current,
    change: (part) => set({ ...value.current, ...part }),
    clear: () => set(null),
  };
}
