/** `node bench/browser/run.ts`: the browser's part of the bench alone. Prints its figures as JSON. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { makeEndorsements } from "../world/endorsements.ts";
import { measureBrowser } from "./measure.ts";

const ENDORSEMENTS = 1_400;
const RUNS = 5;

const cacheDir = join(import.meta.dirname, "../cache");
mkdirSync(cacheDir, { recursive: true });
const endorsementFile = await makeEndorsements(cacheDir, ENDORSEMENTS);
const result = await measureBrowser({ endorsementFile, endorsements: ENDORSEMENTS, runs: RUNS });
console.log(JSON.stringify(result, null, 2));
