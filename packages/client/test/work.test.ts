/** Registrars under attack ask for a proof of work: it is done, within bounds, and a hostile one gets nowhere. */
import type { JsonValue } from "@undersigned/core";
import { createChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/sha";
import { describe, expect, it } from "vitest";
import { sized } from "../../../test/kit/size.ts";
import { type EnrolmentStep, type EnrolOptions, enrol } from "../src/index.ts";
import { solveWork } from "../src/solve-work.ts";
import {
  type EnrolChanges,
  enrolOptions,
  errorOf,
  fakeRegistrars,
  honestRegistrar,
  makeFetch,
  type Reply,
} from "./kit.ts";

const SECRET = "of the registrar";
const challengeText = async (changes: object = {}) =>
  JSON.stringify(
    await createChallenge({
      algorithm: "SHA-256",
      cost: 1,
      deriveKey,
      keyPrefix: "000",
      hmacSignatureSecret: SECRET,
      ...changes,
    }),
  );
const answerWith = (identity: string, challenge: string): Reply => ({
  status: 200,
  body: { type: "challenge", v: 1, registrar: identity, challenge },
});

function options(fetch: EnrolOptions["fetch"], changes: EnrolChanges = {}): EnrolOptions {
  return enrolOptions(fetch, { graceMs: 30_000, ...changes });
}

/** The first registrar wants work, as `accepts` judges it, and gives out these challenges; the others are quiet. */
function underAttack(challenges: readonly string[], accepts: (work: string) => boolean) {
  let given = 0;
  return makeFetch((url, body) => {
    const index = fakeRegistrars.findIndex((registrar) => registrar.url === url.origin);
    const registrar = fakeRegistrars[index]!;
    if (index === 0) {
      if (url.pathname === "/v1/challenge") {
        return answerWith(registrar.identity, challenges[given++ % challenges.length]!);
      }
      const { work } = body as { work: string | null };
      if (work === null) return errorOf(428, "work-needed");
      if (!accepts(work)) return errorOf(428, "work-wrong");
    }
    return honestRegistrar(registrar)(url.pathname, body);
  });
}

const workOf = ({ body }: { body: string }) => (JSON.parse(body) as { work: string | null } | null)?.work;
const toFirst = (fetching: ReturnType<typeof makeFetch>) =>
  fetching.sent.filter(({ url }) => url.startsWith(fakeRegistrars[0]!.url));

describe("a registrar under attack", () => {
  it("gets work that the library it uses accepts, for the reservation and for the code", async () => {
    const texts = await Promise.all([challengeText(), challengeText()]);
    const fetching = underAttack(texts, () => true);
    const steps: EnrolmentStep[] = [];
    const onProgress: EnrolOptions["onProgress"] = ({ url }, step) => {
      if (url === fakeRegistrars[0]!.url) steps.push(step);
    };
    const result = await enrol(options(fetching.fetch, { onProgress }));
    expect(result.answered).toBe(3);
    expect(steps).toEqual([
      "blinding",
      ...["reserving", "working", "reserving", "reserved"],
      ...["enrolling", "working", "enrolling", "enrolled"],
    ]);
    const solved = toFirst(fetching).flatMap((sent) => workOf(sent) ?? []);
    expect(solved).toHaveLength(2);
    for (const work of solved) {
      const { challenge, solution } = JSON.parse(work);
      expect(Object.keys(solution).sort()).toEqual(["counter", "derivedKey"]);
      const checked = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: SECRET });
      expect(checked.verified).toBe(true);
    }
  });

  it("leaves the others as they are: they are sent no work and asked for no challenge", async () => {
    const fetching = underAttack([await challengeText()], () => true);
    await enrol(options(fetching.fetch));
    const others = fetching.sent.filter(({ url }) => !url.startsWith(fakeRegistrars[0]!.url));
    expect(others).not.toEqual([]);
    for (const sent of others) {
      expect(workOf(sent)).toBe(null);
      expect(sent.url).not.toContain("challenge");
    }
  });

  it("that is content with no solution is given up after three, and the others' tokens count", async () => {
    const fetching = underAttack([await challengeText()], () => false);
    const result = await enrol(options(fetching.fetch));
    expect(result.outcomes.map(({ state }) => state)).toEqual(["failed", "enrolled", "enrolled"]);
    expect(result.outcomes[0]).toMatchObject({ code: "work-wrong" });
    expect(toFirst(fetching).filter(({ url }) => url.endsWith("/challenge"))).toHaveLength(3);
  });

  it("that answers with a challenge in another registrar's name is left out", async () => {
    const text = await challengeText();
    const fetching = makeFetch((url, body) => {
      const index = fakeRegistrars.findIndex((registrar) => registrar.url === url.origin);
      if (index > 0) return honestRegistrar(fakeRegistrars[index]!)(url.pathname, body);
      if (url.pathname === "/v1/challenge") return answerWith(fakeRegistrars[1]!.identity, text);
      return errorOf(428, "work-needed");
    });
    const result = await enrol(options(fetching.fetch));
    expect(result.outcomes[0]).toMatchObject({ state: "failed", code: "answer-malformed" });
  });

  it("work that is under way ends when the round does", async () => {
    const fetching = underAttack([await challengeText()], () => true);
    let aborted = false;
    const result = await enrol(
      options(fetching.fetch, {
        graceMs: 20,
        solveWork: (_challenge, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener("abort", () => {
              aborted = true;
              reject(signal.reason);
            });
          }),
      }),
    );
    expect(aborted).toBe(true);
    expect(result.outcomes.map(({ state }) => state)).toEqual(["later", "enrolled", "enrolled"]);
  });

  it("a solution that is longer than the field is not sent", async () => {
    const fetching = underAttack([await challengeText()], () => true);
    const solveWork = async () => "x".repeat(4_001);
    const result = await enrol(options(fetching.fetch, { solveWork }));
    expect(result.outcomes[0]).toMatchObject({ state: "failed", code: "work-failed" });
  });
});

describe("what a hostile registrar can ask a device for", () => {
  // Four millions of them take a computer half a minute.
  const most = sized(40_000, undefined);
  const parameters = async (changes: Record<string, JsonValue>) => {
    const challenge = JSON.parse(await challengeText());
    return JSON.stringify({ ...challenge, parameters: { ...challenge.parameters, ...changes } });
  };

  it.each<[string, Record<string, JsonValue>]>([
    ["a prefix that nobody finds", { keyPrefix: "0".repeat(32) }],
    ["a sum of many rounds", { cost: sized(10_000, 1_000_000), keyPrefix: "0000" }],
    ["more rounds than all that is allowed", { cost: 2 ** 40 }],
  ])(
    "%s: it stops after a bounded number of hashes",
    async (_name, changes) => {
      const solving = solveWork(await parameters(changes), undefined, most);
      await expect(solving).rejects.toMatchObject({ code: "work-too-hard" });
    },
    110_000,
  );

  it.each<[string, Record<string, JsonValue>]>([
    ["another algorithm", { algorithm: "ARGON2ID", memoryCost: 2 ** 30 }],
    ["no rounds", { cost: 0 }],
    ["half a round", { cost: 0.5 }],
    ["no prefix", { keyPrefix: "" }],
    ["a prefix that is no hex", { keyPrefix: "xyz" }],
    ["a prefix that is no text", { keyPrefix: ["0"] }],
    ["a salt that is no hex", { salt: "0" }],
    ["a nonce of great length", { nonce: "00".repeat(1_000) }],
    ["another key length", { keyLength: 2 ** 31 }],
  ])("%s: it is not begun", async (_name, changes) => {
    await expect(solveWork(await parameters(changes))).rejects.toMatchObject({ code: "work-failed" });
  });

  it.each(["", "null", "[]", "{}", "7", '{"parameters":null}'])(
    "the text %s is no challenge",
    async (text) => {
      await expect(solveWork(text)).rejects.toMatchObject({ code: "work-failed" });
    },
  );

  it("can be broken off", async () => {
    const stop = new AbortController();
    const solving = solveWork(await parameters({ keyPrefix: "0".repeat(32) }), stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 50);
    await expect(solving).rejects.toThrow("enough");
  });
});
