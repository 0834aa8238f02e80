/** Before the tests, Chromium is unpacked once; after them, it is said where the pictures are. */
import { installChromium } from "./chromium.ts";
import { PICTURES } from "./pictures.ts";

export async function setup(): Promise<() => void> {
  await installChromium();
  return () => process.stdout.write(`Pictures of every screen: ${PICTURES}\n`);
}
