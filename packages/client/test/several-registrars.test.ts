/** k of n registrars: who waits for whom, what is let go, and what can be fetched later from the phrase. */
import type { EndorsementRequest, EnrolmentTokens } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { type CodeOffer, type EnrolmentStep, enrol, prepareEndorsement } from "../src/index.ts";
import {
  CODE,
  type EnrolChanges,
  enrolOptions,
  errorOf,
  LETTER,
  makeCompany,
  makeFetch,
  type Reply,
  secrets,
  slowly,
} from "./kit.ts";

const FOUR = makeCompany(4, 3);
const FIVE = makeCompany(5, 3);
type Company = typeof FOUR;
type Fetching = ReturnType<typeof makeFetch>;

const names = (company: Company) => company.view.manifest.registrars.map(({ name }) => name);
const isReserving = (url: URL) => url.pathname === "/v1/reservations";
const indexOf = (company: Company, url: URL) =>
  company.registrars.findIndex((registrar) => registrar.url === url.origin);

function options(company: Company, fetching: Pick<Fetching, "fetch">, changes: EnrolChanges = {}) {
  return enrolOptions(fetching.fetch, { view: company.view, graceMs: 50, ...changes });
}

/** Types the right code, and notes whose. */
function noting(asked: string[]): CodeOffer["askCode"] {
  return async ({ name }) => {
    asked.push(name);
    return CODE;
  };
}

const honest = (company: Company) => makeFetch(company.handler());
const undisturbed = await enrol(options(FOUR, honest(FOUR)));
const of = (tokens: EnrolmentTokens) => new Set(tokens.tokens.map(({ registrar }) => registrar)).size;

describe("a slow registrar", () => {
  it("holds up no question: codes are asked for as soon as the quorum has reserved", async () => {
    const fetch = slowly(honest(FOUR), (url) => (indexOf(FOUR, url) === 0 ? 60_000 : 0));
    const asked: string[] = [];
    const begun = Date.now();
    const result = await enrol(options(FOUR, { fetch }, { askCode: noting(asked) }));
    // Half of what the slow one takes, however busy this machine is.
    expect(Date.now() - begun).toBeLessThan(30_000);
    expect(asked.sort()).toEqual(names(FOUR).slice(1));
    expect(result.outcomes.map(({ state }) => state)).toEqual(["later", "enrolled", "enrolled", "enrolled"]);
    expect(result.answered).toBe(3);
  });

  it("is let go cleanly: its request is aborted and nothing is sent to it after that", async () => {
    const fetching = honest(FOUR);
    let signal: AbortSignal | null | undefined;
    const slow = slowly(fetching, (url) => (indexOf(FOUR, url) === 0 ? 60_000 : 0));
    await enrol(
      options(FOUR, {
        fetch: (url, init) => {
          if (indexOf(FOUR, new URL(url)) === 0) signal = init.signal;
          return slow(url, init);
        },
      }),
    );
    expect(signal?.aborted).toBe(true);
    expect(fetching.sent.filter(({ url }) => indexOf(FOUR, new URL(url)) === 0)).toEqual([]);
  });

  it("that reserves within the grace is still asked for its code", async () => {
    const fetch = slowly(honest(FOUR), (url) => (indexOf(FOUR, url) === 0 && isReserving(url) ? 300 : 0));
    const asked: string[] = [];
    const result = await enrol(options(FOUR, { fetch }, { graceMs: 5_000, askCode: noting(asked) }));
    expect(asked.at(-1)).toBe(names(FOUR)[0]);
    expect(result.answered).toBe(4);
  });

  it("that takes long to answer a code does not hold up the next question, and its wrong code is asked for again", async () => {
    let first: string | null = null;
    const fetching = honest(FOUR);
    const events: string[] = [];
    const fetch = slowly(fetching, (url) =>
      first !== null && url.origin === first && !isReserving(url) ? 400 : 0,
    );
    const result = await enrol(
      options(
        FOUR,
        { fetch },
        {
          graceMs: 5_000,
          patienceMs: 50,
          askCode: async ({ name, url }, wrong) => {
            first ??= url;
            events.push(`${url === first ? "slow" : name} ${wrong}`);
            return url === first && wrong === 0 ? "00000000" : CODE;
          },
        },
      ),
    );
    expect(events[0]).toBe("slow 0");
    expect(events[1]).not.toMatch(/^slow/);
    expect(events).toContain("slow 1");
    expect(result.answered).toBe(4);
  });

  it("is waited for as long as it takes where the quorum needs it", async () => {
    const company = FOUR;
    const fetching = makeFetch(
      company.handler((index) => (index === 1 ? errorOf(429, "too-many-requests") : null)),
    );
    const fetch = slowly(fetching, (url) => (indexOf(company, url) === 0 ? 400 : 0));
    const result = await enrol(options(company, { fetch }, { graceMs: 1, patienceMs: 1 }));
    expect(result.outcomes.map(({ state }) => state)).toEqual(["enrolled", "failed", "enrolled", "enrolled"]);
  });

  it("that never answers costs one time-out and not five", async () => {
    const fetching = honest(FOUR);
    let sent = 0;
    const slow = slowly(fetching, (url) => (indexOf(FOUR, url) < 2 ? 60_000 : 0));
    const result = await enrol(
      options(
        FOUR,
        {
          fetch: (url, init) => {
            if (indexOf(FOUR, new URL(url)) === 0) sent++;
            return slow(url, init);
          },
        },
        { timeoutMs: 100 },
      ),
    );
    expect(sent).toBe(1);
    expect(result.outcomes.map(({ state }) => state)).toEqual(["failed", "failed", "reserved", "reserved"]);
    expect(fetching.sent.some(({ url }) => url.endsWith("/v1/enrolments"))).toBe(false);
  });
});

describe("with n - k registrars down, lying or refusing", () => {
  const bad: [string, (index: number, path: string) => Reply | null, number[]][] = [
    ["unreachable", () => null, [0, 1]],
    ["refusing", (index) => (index < 2 ? errorOf(403, "epoch-not-open") : null), []],
    [
      "failing at the last step",
      (index, path) => (index < 2 && path === "/v1/enrolments" ? errorOf(500, "broken") : null),
      [],
    ],
  ];
  it.each(bad)(
    "%s: everybody still enrols, and enough is enough to sign with",
    async (_name, other, down) => {
      const fetching = makeFetch(FIVE.handler(other), (url) =>
        down.includes(indexOf(FIVE, url)) ? "unreachable" : "none",
      );
      const result = await enrol(options(FIVE, fetching));
      expect(result.answered).toBe(3);
      expect(result.outcomes.map(({ state }) => state).slice(2)).toEqual(Array(3).fill("enrolled"));
      expect(await tokensUnder(FIVE, result.tokens)).toHaveLength(3);
    },
  );

  it("one more down, and no code leaves this device", async () => {
    const fetching = makeFetch(FIVE.handler(), (url) => (indexOf(FIVE, url) < 3 ? "unreachable" : "none"));
    const askCode = async () => {
      throw new Error("asked");
    };
    const result = await enrol(options(FIVE, fetching, { askCode }));
    expect(result.answered).toBe(0);
    expect(result.outcomes.map(({ state }) => state)).toEqual([
      ...Array(3).fill("failed"),
      ...Array(2).fill("reserved"),
    ]);
  });
});

describe("an enrolment that was broken off is finished days later from the phrase", () => {
  const STEPS: EnrolmentStep[] = ["blinding", "reserving", "reserved", "enrolling", "enrolled"];
  const cases = STEPS.flatMap((step) => [1, 3, 4].map((nth) => [step, nth] as const));

  it.each(cases)("broken off at the step “%s” of registrar %i", async (step, nth) => {
    const leaving = new AbortController();
    let seen = 0;
    const broken = enrol(
      options(FOUR, honest(FOUR), {
        signal: leaving.signal,
        onProgress: (_registrar, now) => {
          if (now === step && ++seen === nth) leaving.abort(new Error("closed"));
        },
      }),
    );
    await expect(broken).rejects.toThrow("closed");
    const result = await enrol(options(FOUR, honest(FOUR)));
    expect(result.tokens).toEqual(undisturbed.tokens);
  });

  it("with the tokens that had come, only the others are asked; without them, everything is the same", async () => {
    const one = makeFetch(FOUR.handler(), (url, nth) =>
      indexOf(FOUR, url) === 2 || (indexOf(FOUR, url) > 0 && nth < 9 && !isReserving(url)) ? "503" : "none",
    );
    const first = await enrol(options(FOUR, one));
    expect(first.answered).toBe(1);
    const again = honest(FOUR);
    const second = await enrol(options(FOUR, again, { earlier: first.tokens }));
    expect(second.outcomes[0]?.state).toBe("known");
    expect(again.sent.some(({ url }) => indexOf(FOUR, new URL(url)) === 0)).toBe(false);
    expect(second.tokens).toEqual(undisturbed.tokens);
    expect((await enrol(options(FOUR, honest(FOUR)))).tokens).toEqual(undisturbed.tokens);
  });

  it("who has enough already and comes for the rest waits for a slow one in full", async () => {
    const enough = undisturbed.tokens.tokens.filter(
      ({ registrar }) => registrar !== FOUR.registrars[0]!.identity,
    );
    const earlier = { ...undisturbed.tokens, tokens: enough };
    const fetch = slowly(honest(FOUR), (url) => (indexOf(FOUR, url) === 0 ? 200 : 0));
    const result = await enrol(options(FOUR, { fetch }, { earlier, graceMs: 1 }));
    expect(result.tokens).toEqual(undisturbed.tokens);
  });
});

describe("having enough", () => {
  it("ends the round at once with what has come", async () => {
    const enough = new AbortController();
    const fetch = slowly(honest(FIVE), (url) => (indexOf(FIVE, url) === 0 ? 60_000 : 0));
    let asked = 0;
    const result = await enrol(
      options(
        FIVE,
        { fetch },
        {
          graceMs: 60_000,
          enough: enough.signal,
          askCode: async () => {
            if (++asked < 4) return CODE;
            setTimeout(() => enough.abort());
            return new Promise(() => {});
          },
        },
      ),
    );
    expect(result.answered).toBe(3);
    expect(result.outcomes.filter(({ state }) => state === "later")).toHaveLength(2);
  });

  it("a broken-off round throws the reason, and sends nothing more", async () => {
    const leaving = new AbortController();
    const fetching = honest(FOUR);
    const round = enrol(
      options(FOUR, fetching, {
        signal: leaving.signal,
        askCode: () => {
          leaving.abort(new Error("gone"));
          return new Promise(() => {});
        },
      }),
    );
    await expect(round).rejects.toThrow("gone");
    const before = fetching.sent.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fetching.sent).toHaveLength(before);
  });
});

/** The registrars whose tokens stand in an endorsement. */
async function tokensUnder(company: Company, tokens: EnrolmentTokens): Promise<string[]> {
  return (await endorsement(company, tokens)).leaf.tokens.map(({ registrar }) => registrar);
}

function endorsement(company: Company, tokens: EnrolmentTokens): Promise<EndorsementRequest> {
  const { view } = company;
  const appearance = { kind: "anonymous" } as const;
  return prepareEndorsement({ view, secrets, letter: LETTER, tokens, appearance, remainder: "destroy" });
}

describe("signing with more tokens than are needed", () => {
  it("takes k of them, and the same ones each time", async () => {
    expect(of(undisturbed.tokens)).toBe(4);
    const first = await endorsement(FOUR, undisturbed.tokens);
    expect(first.leaf.tokens).toHaveLength(3);
    expect(await endorsement(FOUR, undisturbed.tokens)).toEqual(first);
  });
});
