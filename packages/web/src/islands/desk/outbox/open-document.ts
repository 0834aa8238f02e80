/**
 * A document as one organiser has it open (decision 22): what the board has of each field, what was typed over it, and what of
 * that has not been saved. Nothing typed is ever lost: it is sealed on the device before it is sent, stays there until the board
 * has answered, and where somebody else has written in the same field both texts are kept until one is chosen.
 *
 * No drawing and no timers' real time in here, so that tests can go through every order of events.
 */
import { type ActAnswer, type ActBody, fieldText } from "@undersigned/core";
import { codeOf, isLost } from "../shell/code-of.ts";
import type { DeskIn } from "../shell/door.ts";
import type { Kept, KeptField, SealedStore } from "./sealed-store.ts";

export type SavedField = ActAnswer<"document-read">["fields"][number];
export type DocumentAbout = Omit<ActAnswer<"document-read">, "fields">;

function aboutOf({ fields: _, ...about }: ActAnswer<"document-read">): DocumentAbout {
  return about;
}

export interface Conflict {
  readonly name: string;
  /** JSON text. */
  readonly mine: string;
  readonly theirs: SavedField;
}

/**
 * `unsaved`: typed, and about to be sent. `offline`: the board did not answer, and is tried again. `choose`: somebody else has
 * written in the same field. `refused`: the board does not take it; `problem` says why.
 */
export type Saving = "saved" | "unsaved" | "saving" | "offline" | "choose" | "refused";

export interface Timers {
  /** Calls it once after so many milliseconds, unless what it returns is called before. */
  after(ms: number, call: () => void): () => void;
}

/** Long enough that a word is typed to its end, short enough that nobody waits. */
const SAVE_AFTER_MS = 1500;
const SEAL_AFTER_MS = 250;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 30_000;
const MOST_CHANGES = 500;

export interface OpenDocumentOptions {
  readonly id: string;
  readonly call: DeskIn["call"];
  readonly store: SealedStore;
  readonly timers: Timers;
  /** How the organiser is called, and the day: what the board will say of a field that was saved here. */
  readonly me: () => { readonly by: string; readonly day: string };
}

export class OpenDocument {
  readonly id: string;
  readonly #call: DeskIn["call"];
  readonly #store: SealedStore;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  readonly #saved = new Map<string, SavedField>();
  readonly #me: OpenDocumentOptions["me"];
  readonly #typed = new Map<string, KeptField>();
  /** Fields of which this tab decides what is kept on the device. */
  readonly #touched = new Set<string>();
  readonly #conflicts = new Map<string, SavedField>();
  #about: DocumentAbout;
  #saving: Promise<void> | null = null;
  #sealing: Promise<unknown> = Promise.resolve();
  #stopSave = () => {};
  #stopSeal = () => {};
  #failures = 0;
  #problem: string | null = null;
  #keeps = true;
  #closed = false;

  private constructor(options: OpenDocumentOptions, came: ActAnswer<"document-read">) {
    this.id = options.id;
    this.#call = options.call;
    this.#store = options.store;
    this.#timers = options.timers;
    this.#me = options.me;
    this.#about = aboutOf(came);
    for (const field of came.fields) this.#saved.set(field.name, field);
  }

  /** Reads it from the board, and puts on it what was kept on this device. Rejects as `document-read` does. */
  static async open(options: OpenDocumentOptions): Promise<OpenDocument> {
    const came = await options.call("document-read", { id: options.id });
    const document = new OpenDocument(options, came);
    document.#restore(await options.store.read(options.id));
    return document;
  }

  /** What the board tells of it besides its fields: see the act `document-read`. */
  get about(): DocumentAbout {
    return this.#about;
  }

  get summary(): DocumentAbout["summary"] {
    return this.#about.summary;
  }

  /** Whether it can be written in. */
  get open(): boolean {
    return this.summary.state === "draft";
  }

  get names(): readonly string[] {
    return [...new Set([...this.#saved.keys(), ...this.#typed.keys()])].sort();
  }

  /** As somebody here sees it: what was typed, else what is saved. Undefined where there is nothing. */
  value(name: string): unknown {
    const text = this.text(name);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  /** The same as JSON text. */
  text(name: string): string | undefined {
    const typed = this.open ? this.#typed.get(name)?.value : undefined;
    return typed ?? this.#saved.get(name)?.value;
  }

  /** JSON text of every field, as `letterOf` and `workforceOf` take them. */
  texts(): ReadonlyMap<string, string> {
    return new Map(this.names.map((name) => [name, this.text(name) ?? "null"]));
  }

  /** Who has saved this field last, and when; null where nobody has. */
  saved(name: string): SavedField | null {
    return this.#saved.get(name) ?? null;
  }

  get conflicts(): readonly Conflict[] {
    return [...this.#conflicts].map(([name, theirs]) => ({
      name,
      mine: this.#typed.get(name)?.value ?? theirs.value,
      theirs,
    }));
  }

  get saving(): Saving {
    if (this.#saving !== null) return "saving";
    if (this.#problem === "no-answer") return "offline";
    if (this.#problem !== null) return "refused";
    if (this.#conflicts.size > 0) return "choose";
    return this.#typed.size > 0 ? "unsaved" : "saved";
  }

  /** Why the board does not take it: a code. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Whether this browser keeps what is typed. Where it does not, only what is saved outlives the tab. */
  get keeps(): boolean {
    return this.#keeps;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Somebody types. `null` takes the field away. The value is kept at once, and saved a little later. */
  set(name: string, value: unknown): void {
    const text = fieldText(value);
    const saved = this.#saved.get(name);
    const before = this.#typed.get(name);
    if (text === (before?.value ?? saved?.value)) return;
    this.#touched.add(name);
    // What was sent may have arrived: then the field has to be saved once more to be what it was.
    const isAsBefore = text === saved?.value && (before?.base ?? 0) === saved.version;
    if (isAsBefore && before?.sent.length === 0) this.#typed.delete(name);
    else {
      const base = before?.base ?? saved?.version ?? 0;
      this.#typed.set(name, { value: text, base, sent: before?.sent ?? [] });
    }
    if (this.#problem !== "no-answer") this.#problem = null;
    this.#sealSoon();
    this.#saveSoon(this.#problem === null ? SAVE_AFTER_MS : this.#pause());
    this.#tell();
  }

  /** Of two texts in one field: `mine` is saved over theirs, `theirs` lets mine go. */
  choose(name: string, which: "mine" | "theirs"): void {
    const theirs = this.#conflicts.get(name);
    if (theirs === undefined) return;
    this.#conflicts.delete(name);
    const typed = this.#typed.get(name);
    if (which === "theirs" || typed === undefined) this.#typed.delete(name);
    else this.#typed.set(name, { value: typed.value, base: theirs.version, sent: [] });
    this.#sealSoon();
    this.#saveSoon(0);
    this.#tell();
  }

  /** Saves what is unsaved, now. Resolves when that was tried; `saving` says how it stands. */
  save(): Promise<void> {
    this.#stopSave();
    this.#saving ??= this.#send().finally(() => {
      this.#saving = null;
      if (this.#hasMore()) this.#saveSoon(this.#problem === null ? 0 : this.#pause());
      this.#tell();
    });
    this.#tell();
    return this.#saving;
  }

  /** The network is there again: what waits is tried at once. */
  wake(): void {
    if (this.saving === "offline") void this.save();
  }

  /** Brings in what others have saved meanwhile. What is typed here stays; where both have written, both are kept. */
  async refresh(): Promise<void> {
    if (this.#saving !== null) return;
    const came = await this.#call("document-read", { id: this.id });
    this.#about = aboutOf(came);
    for (const field of came.fields) this.#meet(field);
    this.#sealSoon();
    this.#tell();
  }

  /** Resolves when all that is typed is sealed on the device. The document is of no more use then. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopSave();
    this.#stopSeal();
    this.#listeners.clear();
    await this.#seal();
  }

  async #send(): Promise<void> {
    const sent = [...this.#typed].filter(([name]) => !this.#conflicts.has(name)).slice(0, MOST_CHANGES);
    if (sent.length === 0 || !this.open) return;
    const changes: ActBody<"document-save">["changes"] = sent
      .map(([name, { value, base }]) => ({ name, base, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const [name, field] of sent)
      this.#typed.set(name, { ...field, sent: [...new Set([...field.sent, field.value])] });
    await this.#seal();
    try {
      const { saved, conflicts } = await this.#call("document-save", { id: this.id, changes });
      this.#failures = 0;
      this.#problem = null;
      const values = new Map(sent);
      for (const { name, version } of saved) {
        const value = values.get(name)?.value;
        if (value !== undefined) this.#meet({ name, version, value, ...this.#me() });
      }
      for (const field of conflicts) this.#meet(field);
      await this.#seal();
    } catch (error) {
      this.#failures++;
      this.#problem = isLost(error) ? "no-answer" : codeOf(error);
    }
  }

  /** What the board has of a field now. */
  #meet(field: SavedField): void {
    const { name, version, value } = field;
    if (version < (this.#saved.get(name)?.version ?? 0)) return;
    this.#saved.set(name, field);
    const typed = this.#typed.get(name);
    if (typed === undefined) return;
    if (typed.value === value) {
      this.#typed.delete(name);
      this.#conflicts.delete(name);
    } else if (version > typed.base) {
      // What stands there was sent from here, and more was typed since.
      if (typed.sent.includes(value)) this.#typed.set(name, { value: typed.value, base: version, sent: [] });
      else this.#conflicts.set(name, field);
    }
  }

  #restore(kept: Kept): void {
    for (const [name, field] of Object.entries(kept)) {
      this.#touched.add(name);
      this.#typed.set(name, field);
      const saved = this.#saved.get(name);
      if (saved !== undefined) this.#meet(saved);
      // It was frozen meanwhile: what was typed can be read and copied, and then let go.
      if (!this.open && this.#typed.has(name)) {
        this.#conflicts.set(name, saved ?? { name, version: 1, value: "null", ...this.#me() });
      }
    }
    if (this.open && this.#typed.size > 0) this.#saveSoon(0);
  }

  #hasMore(): boolean {
    if (!this.open || (this.#problem !== null && this.#problem !== "no-answer")) return false;
    return [...this.#typed.keys()].some((name) => !this.#conflicts.has(name));
  }

  #pause(): number {
    return Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - 1), LONGEST_PAUSE_MS);
  }

  #saveSoon(ms: number): void {
    this.#stopSave();
    if (!this.#closed) this.#stopSave = this.#timers.after(ms, () => void this.save());
  }

  #sealSoon(): void {
    this.#stopSeal();
    if (!this.#closed) this.#stopSeal = this.#timers.after(SEAL_AFTER_MS, () => void this.#seal());
  }

  /** One after the other, each with what is typed by then. */
  #seal(): Promise<unknown> {
    this.#stopSeal();
    this.#sealing = this.#sealing.then(async () => {
      this.#keeps = await this.#store.update(this.id, (kept) => ({
        ...Object.fromEntries(Object.entries(kept).filter(([name]) => !this.#touched.has(name))),
        ...Object.fromEntries(this.#typed),
      }));
    });
    return this.#sealing;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
