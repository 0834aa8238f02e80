/**
 * `npm run fuzz`: 1,000,000 inputs through every parser that takes an attacker's bytes. `npm run fuzz -- 5000 7` takes
 * another number and seed. Prints a line of JSON for each target; keeps what it finds as a regression, and exits with 1.
 */
import { availableParallelism } from "node:os";
import { keepRegression } from "./regressions.ts";
import { runFuzz } from "./run-fuzz.ts";
import { share } from "./targets.ts";

const inputs = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));

const work = share(inputs);
const result = await runFuzz({ seed, threads: Math.min(4, availableParallelism()), work });
for (const { target, inputs: own } of work) {
  process.stdout.write(
    `${JSON.stringify({ target: target.name, inputs: own, taken: result.taken.get(target.name) ?? 0 })}\n`,
  );
}
for (const finding of result.findings) {
  const { target, error } = finding;
  process.stdout.write(`${JSON.stringify({ target, error, kept: keepRegression(finding) })}\n`);
}
process.stdout.write(
  `${JSON.stringify({ inputs: result.inputs, seed, findings: result.findings.length })}\n`,
);
process.exitCode = result.findings.length === 0 ? 0 : 1;
