/** A short run of the fuzzer (the long one is `npm run fuzz`), what it has found before, and whether it finds anything. */
import { describe, expect, it } from "vitest";
import { controls } from "./controls.ts";
import { regressionsOf } from "./regressions.ts";
import { runFuzz } from "./run-fuzz.ts";
import { share, targets } from "./targets.ts";

const seed = Math.floor(Math.random() * 2 ** 31);

describe("each fuzzed parser", () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    "%s takes inputs that are right",
    async (_, target) => {
      const answers = await Promise.all(target.seeds.map((input) => target.takes(input)));
      expect(answers).toContain(true);
    },
  );

  it.each(targets.map((target) => [target.name, target] as const))(
    "%s answers what it was once caught with",
    async (name, target) => {
      for (const input of regressionsOf(name))
        await expect(target.takes(input)).resolves.toBeTypeOf("boolean");
    },
  );

  it(`answers or refuses with a typed error, in time and in little memory (seed ${seed})`, async () => {
    const { findings, inputs } = await runFuzz({ seed, threads: 2, work: share(20_000) });
    expect(
      findings.map(({ target, error, input }) => ({
        target,
        error,
        input: Buffer.from(input).toString("base64"),
      })),
    ).toEqual([]);
    expect(inputs).toBe(20_000);
  });
});

describe("the fuzzer", () => {
  it.each(controls.map((control) => [control.name, control] as const))(
    "finds a parser that %s",
    async (_, target) => {
      const { findings } = await runFuzz({
        seed,
        threads: 1,
        work: [{ target, inputs: 2_000 }],
        patienceMs: 5_000,
      });
      expect(findings.length).toBeGreaterThan(0);
      expect(findings[0]?.input[0]).toBe(0x61);
    },
  );
});
