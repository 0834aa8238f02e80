/**
 * Checks signatories' leaves on every core, whatever a platform's threads are: Node's worker_threads (pool-node.ts) and a
 * page's Web Workers. Threads take a moment to start; until one is ready this thread does the work itself, so that a log of a
 * thousand leaves is not slower for having a pool, and one whose threads cannot start is only slower.
 */
import { SignatoryLeafCheck } from "./check-signatory-leaf.ts";
import type { CheckedLeaf, Checker, CheckUnit, LetterContext } from "./checker.ts";
import { VerifyError } from "./errors.ts";

/** Messages arrive in order, so a letter is known before its leaves. */
export type ToThread = { readonly letter: LetterContext } | { readonly id: number; readonly unit: CheckUnit };

export type FromThread =
  | { readonly ready: true }
  /** `checked` is null when checking broke, which no input may bring about. */
  | { readonly id: number; readonly checked: CheckedLeaf[] | null };

/** What a platform has to offer of one thread. */
export interface PoolThread {
  /** `moved` are buffers that are the other side's from now on. */
  post(message: ToThread, moved: ArrayBuffer[]): void;
  /** Ends it, whatever it is doing. */
  end(): Promise<void>;
}

/** Starts a thread that runs answerPool(). `onEnd` is called once it can answer no more, as often as one likes. */
export type StartThread = (onMessage: (message: FromThread) => void, onEnd: () => void) => PoolThread;

/** Enough that a thread never waits for this one; few enough that little memory is held. */
const UNITS_PER_THREAD = 3;

interface Waiting {
  resolve(checked: CheckedLeaf[]): void;
  reject(error: VerifyError): void;
}

class Member {
  state: "starting" | "ready" | "ended" = "starting";
  readonly waiting = new Map<number, Waiting>();
  readonly #thread: PoolThread;

  constructor(start: StartThread, onBroken: () => void) {
    this.#thread = start(
      (message) => this.#onMessage(message),
      () => {
        // One that was never ready was given no work: nothing is lost with it.
        if (this.state === "ready") onBroken();
        this.state = "ended";
        for (const { reject } of this.waiting.values()) reject(broken());
        this.waiting.clear();
      },
    );
  }

  #onMessage(message: FromThread): void {
    if ("ready" in message) {
      if (this.state === "starting") this.state = "ready";
      return;
    }
    const one = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.checked === null) one?.reject(broken());
    else one?.resolve(message.checked);
  }

  addLetter(letter: LetterContext): void {
    if (this.state !== "ended") this.#thread.post({ letter }, []);
  }

  check(id: number, unit: CheckUnit): Promise<CheckedLeaf[]> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.#thread.post({ id, unit }, [unit.bytes.buffer as ArrayBuffer]);
    });
  }

  end(): Promise<void> {
    return this.#thread.end();
  }
}

class Pool implements Checker {
  readonly unitsAtOnce: number;
  readonly #here = new SignatoryLeafCheck();
  readonly #members: readonly Member[];
  #nextId = 0;
  #broken = false;

  constructor(start: StartThread, size: number) {
    this.unitsAtOnce = Math.max(1, size * UNITS_PER_THREAD);
    const onBroken = () => {
      this.#broken = true;
    };
    this.#members = Array.from({ length: size }, () => new Member(start, onBroken));
  }

  addLetter(letter: LetterContext): void {
    this.#here.addLetter(letter);
    for (const member of this.#members) member.addLetter(letter);
  }

  async check(unit: CheckUnit): Promise<CheckedLeaf[]> {
    if (this.#ready().length === 0 && this.#members.some(({ state }) => state === "starting")) {
      // Files in memory and signatures may keep this thread from ever hearing that another is ready.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (this.#broken) throw broken();
    const ready = this.#ready();
    if (ready.length === 0) return this.#here.check(unit);
    const least = ready.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    return least.check(this.#nextId++, unit);
  }

  #ready(): readonly Member[] {
    return this.#members.filter(({ state }) => state === "ready");
  }

  async close(): Promise<void> {
    this.#broken = true;
    await Promise.all(this.#members.map((member) => member.end()));
  }
}

function broken(): VerifyError {
  return new VerifyError(
    "checker-failed",
    "A thread that checks signatures ended early: run the recount again.",
  );
}

/** A checker of `size` threads. What `start` throws is thrown. */
export function createPool(start: StartThread, size: number): Checker {
  return new Pool(start, size);
}

/** A thread's side: says that it is ready, and returns what is to be called with each message. */
export function answerPool(post: (message: FromThread) => void): (message: ToThread) => void {
  const work = new SignatoryLeafCheck();
  post({ ready: true });
  return (message) => {
    if ("letter" in message) {
      work.addLetter(message.letter);
      return;
    }
    const { id, unit } = message;
    work.check(unit).then(
      (checked) => post({ id, checked }),
      () => post({ id, checked: null }),
    );
  };
}
