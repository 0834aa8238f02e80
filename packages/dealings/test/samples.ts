/** Files of the folder `samples` (samples/SOURCE.md). */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function sample(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(import.meta.dirname, "samples", name)));
}
