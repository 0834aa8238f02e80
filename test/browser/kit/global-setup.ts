/** Before the tests, Chromium is unpacked once; after them, it is said where the pictures are, if any were taken. */

import { TAKES_PICTURES } from "../../kit/size.ts";
import { installChromium } from "./chromium.ts";
import { PICTURES } from "./pictures.ts";

export async function setup(): Promise<() => void> {
  await installChromium();
  return () => {
    if (TAKES_PICTURES) process.stdout.write(`Pictures of every screen: ${PICTURES}\n`);
  };
}
