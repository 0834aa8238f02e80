/** A board's documents in memory, with a network that loses what a test wants lost, and timers that a test lets run. */
import { ClientError } from "@undersigned/client";
import { type ActAnswer, type ActBody, encodeBase64url } from "@undersigned/core";
import type { Timers } from "../../src/islands/desk/outbox/open-document.ts";
import { OpenDocument } from "../../src/islands/desk/outbox/open-document.ts";
import { SealedStore, type Storing } from "../../src/islands/desk/outbox/sealed-store.ts";
import type { DeskIn } from "../../src/islands/desk/shell/door.ts";

export const DOCUMENT = encodeBase64url(new Uint8Array(16).fill(7));
export const STORE_KEY = encodeBase64url(new Uint8Array(32).fill(9));
const DAY = "2026-03-10";
type Field = ActAnswer<"document-read">["fields"][number];

export type Loss = "none" | "request" | "answer";

/** The rules of the act `document-save`: all or nothing, by each field's version; the same again is answered as saved. */
export class Board {
  readonly fields = new Map<string, Field>();
  state: "draft" | "frozen" = "draft";
  /** Every text that a field ever had, in order. */
  readonly history: { readonly name: string; readonly value: string; readonly by: string }[] = [];

  read(): ActAnswer<"document-read"> {
    return {
      summary: { id: DOCUMENT, kind: "letter", state: this.state, title: "", day: DAY, published: null },
      workforce: null,
      replaces: null,
      board: null,
      owners: [],
      fields: [...this.fields.values()],
    };
  }

  save(by: string, { changes }: ActBody<"document-save">): ActAnswer<"document-save"> {
    const fits = ({ name, base, value }: (typeof changes)[number]) => {
      const now = this.fields.get(name);
      return (now?.version ?? 0) === base || (now?.version === base + 1 && now.value === value);
    };
    const conflicts = changes
      .filter((change) => !fits(change))
      .flatMap(({ name }) => this.fields.get(name) ?? []);
    if (conflicts.length > 0) return { saved: [], conflicts };
    const saved = changes.map(({ name, base, value }) => {
      const now = this.fields.get(name);
      if (now?.version !== base + 1) {
        this.fields.set(name, { name, version: base + 1, value, by, day: DAY });
        this.history.push({ name, value, by });
      }
      return { name, version: base + 1 };
    });
    return { saved, conflicts: [] };
  }

  /** As one organiser reaches it. `losses` are used up call by call. */
  callOf(by: string, losses: Loss[] = []): DeskIn["call"] {
    const call = async (act: string, body: unknown) => {
      const loss = losses.shift() ?? "none";
      const lost = () => new ClientError("no-answer", "");
      if (loss === "request") throw lost();
      const answer = act === "document-read" ? this.read() : this.save(by, body as ActBody<"document-save">);
      if (loss === "answer") throw lost();
      return answer;
    };
    return call as DeskIn["call"];
  }
}

/** Tells when all that was begun has ended: WebCrypto's answers come from other threads. */
class CountingStore extends SealedStore {
  running = 0;

  override async update(...of: Parameters<SealedStore["update"]>): Promise<boolean> {
    this.running++;
    return await super.update(...of).finally(() => this.running--);
  }
}

export class HandTimers implements Timers {
  /** Whether something is going on that takes no time of these timers. */
  isBusy: () => boolean = () => false;
  #due: { readonly at: number; readonly call: () => void }[] = [];
  #now = 0;

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((one) => one !== entry);
    };
  }

  /** Lets so many milliseconds pass, and everything that follows of it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      do await settled();
      while (this.isBusy());
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((one) => one !== next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

export function memoryStorage(): Storing & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

export interface Tab {
  readonly document: OpenDocument;
  readonly timers: HandTimers;
}

export async function openTab(board: Board, by: string, storage: Storing, losses: Loss[] = []): Promise<Tab> {
  const timers = new HandTimers();
  const store = new CountingStore(STORE_KEY, () => storage);
  const document = await OpenDocument.open({
    id: DOCUMENT,
    call: board.callOf(by, losses),
    store,
    timers,
    me: () => ({ by, day: DAY }),
  });
  timers.isBusy = () => store.running > 0 || document.saving === "saving";
  return { document, timers };
}
