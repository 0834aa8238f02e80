/**
 * One run of the client's `enrol`, which asks for codes while it goes on: the question becomes an event, and its promise waits
 * until the person has answered. A run that was stopped is heard no more, and its requests are aborted.
 */
import { type EnrolOptions, type EvidenceOffer, enrol, type Fetch } from "@undersigned/client";
import { type EnrolmentTokens, Secrets } from "@undersigned/core";
import type { Effect } from "../machine/effect.ts";
import type { ResultEvent } from "../machine/event.ts";
import { problemOf } from "./problem-of.ts";

type Ask = Extract<Effect, { type: "enrol" }>;

/** How the network is reached, and who does a registrar's proof of work. */
type Means = { readonly fetch: Fetch; readonly solveWork: NonNullable<EnrolOptions["solveWork"]> };

export class EnrolmentRun {
  #answer: ((code: string | null) => void) | null = null;
  readonly #stopped = new AbortController();
  readonly #enough = new AbortController();

  /** Never throws: whatever happens comes as an event. */
  async run(of: Ask, means: Means, emit: (event: ResultEvent) => void): Promise<void> {
    const say = (event: ResultEvent) => {
      if (!this.#stopped.signal.aborted) emit(event);
    };
    try {
      say(await this.#enrol(of, means, say));
    } catch (error) {
      say({ type: "failed", problem: problemOf(error) });
    }
  }

  async #enrol(of: Ask, means: Means, say: (event: ResultEvent) => void): Promise<ResultEvent> {
    const { view } = of.log;
    const { epoch } = view.letters.get(of.letter)?.leaf ?? { epoch: 0 };
    const result = await enrol({
      secrets: new Secrets(of.phrase),
      view,
      epoch,
      evidence: this.#offer(of, say),
      name: of.name,
      nameAgain: of.nameAgain,
      ...(of.earlier !== null && { earlier: of.earlier satisfies EnrolmentTokens }),
      onProgress: ({ identity }, step) => say({ type: "progress", registrar: identity, step }),
      ...means,
      signal: this.#stopped.signal,
      enough: this.#enough.signal,
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

  #offer({ evidence }: Ask, say: (event: ResultEvent) => void): EvidenceOffer {
    if (evidence.kind !== "mailbox-code") return evidence;
    return {
      ...evidence,
      askCode: ({ identity }, wrong) =>
        new Promise((resolve) => {
          this.#answer = resolve;
          say({ type: "code-asked", registrar: identity, wrong });
        }),
    };
  }

  answer(code: string | null): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(code);
  }

  /** Ends it with what has come. */
  enough(): void {
    this.#enough.abort();
  }

  stop(): void {
    this.#stopped.abort();
  }
}
