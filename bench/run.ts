/**
 * `npm run bench`: how fast the parts are, held against what the machine's own cryptography allows, measured in the same
 * run. Prints a table and writes JSON to bench/results/. Nothing else should be running.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { measureAcceptance } from "./acceptance/measure.ts";
import { measureDocument } from "./document/measure.ts";
import { measureEnrolment } from "./enrolment/measure.ts";
import { describeMachine } from "./lib/machine.ts";
import { FULL, type Options, QUICK, readOptions, USAGE } from "./lib/options.ts";
import { formatTable, type Results, targetsOf } from "./lib/targets.ts";
import { measureMail } from "./mail/measure.ts";
import { formatPrimitives, measurePrimitives } from "./primitives/measure.ts";
import { CryptoLimits } from "./primitives/node-crypto.ts";
import { measureRecount } from "./recount/measure.ts";
import { makeEndorsements } from "./world/endorsements.ts";

const here = import.meta.dirname;

async function run(options: Options): Promise<void> {
  const scale = options.quick ? QUICK : FULL;
  const cacheDir = join(here, "cache", options.quick ? "quick" : "");
  mkdirSync(cacheDir, { recursive: true });
  const wants = (part: Options["parts"][number]) => options.parts.includes(part);
  const machine = describeMachine();
  console.log(
    `${machine.cpu}, ${machine.cores} cores, Node ${machine.node} (OpenSSL ${machine.nodeOpenssl})`,
  );
  console.log(`${machine.openssl ?? "no openssl command"}; load ${machine.loadBefore.toFixed(1)}\n`);

  const needed = Math.max(
    wants("recount") ? Math.max(...scale.recount.sizes) : 0,
    wants("acceptance") ? scale.acceptance.available : 0,
    wants("browser") ? scale.browser.endorsements : 0,
  );
  const endorsementFile = await makeEndorsements(cacheDir, needed, progress(needed));
  const nodeOptions = options.profiles === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profiles}`];
  const results: { -readonly [P in keyof Results]: Results[P] } = {};
  const limits = new CryptoLimits();
  try {
    if (wants("primitives")) {
      results.primitives = await measurePrimitives(limits, scale.primitiveSeconds);
      console.log(`${formatPrimitives(results.primitives)}\n`);
    }
    if (wants("enrolment")) {
      results.enrolment = await measureEnrolment(limits, { ...scale.enrolment, cacheDir, nodeOptions });
      tell({ enrolment: results.enrolment });
    }
    if (wants("mail")) {
      results.mail = await measureMail(limits, scale.mail);
      tell({ mail: results.mail });
    }
    if (wants("recount")) {
      results.recount = await measureRecount(limits, {
        ...scale.recount,
        cacheDir,
        endorsementFile,
        nodeOptions,
      });
      tell({ recount: results.recount });
    }
  } finally {
    await limits.close();
  }
  if (wants("acceptance")) {
    results.acceptance = await measureAcceptance({
      ...scale.acceptance,
      cacheDir,
      endorsementFile,
      nodeOptions,
    });
  }
  if (wants("document")) {
    results.document = await measureDocument(scale.document);
    tell({ document: results.document });
  }
  if (wants("browser")) {
    // With it comes a test's kit, which ends a process its own way.
    const { measureBrowser } = await import("./browser/measure.ts");
    results.browser = await measureBrowser({ ...scale.browser, endorsementFile });
  }

  const targets = targetsOf(results);
  console.log(`\n${formatTable(targets)}`);
  const path = options.json ?? join(here, "results", `${new Date().toISOString().slice(0, 10)}.json`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `${JSON.stringify({ machine, quick: options.quick, scale, targets, results }, null, 2)}\n`,
  );
  console.log(`\n${path}`);
}

/** What is known so far: the whole takes some ten minutes. */
function tell(part: Results): void {
  for (const { name, reached, unit } of targetsOf(part)) console.log(`${name}: ${reached}${unit}`);
}

function progress(needed: number): (made: number) => void {
  let told = Date.now();
  return (made) => {
    if (Date.now() - told < 5000) return;
    told = Date.now();
    console.log(`${made} of ${needed} endorsements made`);
  };
}

let options: Options | null = null;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? `${error.message}\n${USAGE}` : USAGE);
  process.exitCode = 2;
}
if (options !== null) await run(options);
