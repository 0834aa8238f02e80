/** How long the PDF of a letter takes, and how much memory over that of the idle process. */
import { startChild } from "../lib/child.ts";
import type { DocumentCalls } from "./document-process.ts";

export interface DocumentResult {
  readonly names: number;
  readonly pages: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly grownBytes: number;
}

export async function measureDocument({ names }: { readonly names: number }): Promise<DocumentResult> {
  const child = startChild<DocumentCalls>(new URL("./document-process.ts", import.meta.url));
  try {
    return { names, ...(await child.call("make", { names })) };
  } finally {
    await child.stop();
  }
}
