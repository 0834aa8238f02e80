/**
 * One run of the client's `enrol`, which asks for codes while it goes on: the question becomes an event, and its promise waits
 * until the person has answered. A run that was stopped is heard no more, and its requests are aborted.
 */
import { enrol, type Fetch } from "@undersigned/client";
import { type EnrolmentTokens, Secrets } from "@undersigned/core";
import type { Effect } from "../machine/effect.ts";
import type { ResultEvent } from "../machine/event.ts";
import { problemOf } from "./problem-of.ts";

type Ask = Extract<Effect, { type: "enrol" }>;

export class EnrolmentRun {
  #answer: ((code: string | null) => void) | null = null;
  #stopped = false;
  readonly #abort = new AbortController();

  /** Never throws: whatever happens comes as an event. */
  async run(of: Ask, fetch: Fetch, emit: (event: ResultEvent) => void): Promise<void> {
    const say = (event: ResultEvent) => {
      if (!this.#stopped) emit(event);
    };
    try {
      say(await this.#enrol(of, fetch, say));
    } catch (error) {
      say({ type: "failed", problem: problemOf(error) });
    }
  }

  async #enrol(of: Ask, fetch: Fetch, say: (event: ResultEvent) => void): Promise<ResultEvent> {
    const { view } = of.log;
    const { epoch } = view.letters.get(of.letter)?.leaf ?? { epoch: 0 };
    const result = await enrol({
      secrets: new Secrets(of.phrase),
      view,
      epoch,
      class: "mailbox",
      mailbox: of.mailbox,
      ...(of.earlier !== null && { earlier: of.earlier satisfies EnrolmentTokens }),
      askCode: ({ identity }, wrong) =>
        new Promise((resolve) => {
          this.#answer = resolve;
          say({ type: "code-asked", registrar: identity, wrong });
        }),
      onProgress: ({ identity }, step) => say({ type: "progress", registrar: identity, step }),
      fetch: (url, init) => fetch(url, { ...init, signal: anySignal(init.signal, this.#abort.signal) }),
    });
    return {
      type: "enrolled",
      tokens: result.tokens,
      outcomes: result.outcomes.map((outcome) => ({
        registrar: outcome.registrar.identity,
        state: outcome.state,
        ...(outcome.state === "failed" && { code: outcome.code }),
      })),
      enough: result.answered >= result.quorum,
    };
  }

  answer(code: string | null): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(code);
  }

  stop(): void {
    this.#stopped = true;
    this.#abort.abort();
    // What it still waits for comes to its end unheard.
    this.answer(null);
  }
}

/** `AbortSignal.any` is younger than the browsers that this runs in. */
function anySignal(one: AbortSignal | null | undefined, other: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const signal of [one, other]) {
    if (signal?.aborted) both.abort();
    signal?.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}
