/** Modules of islands as a page in another language loads them. For test files that have a process of their own (vitest.config.ts). */
import type { Language } from "@undersigned/messages";
import { listAreas, readCatalogue } from "@undersigned/messages/node";
import { vi } from "vitest";

export async function loadIn<T>(language: Language, load: () => Promise<T>): Promise<T> {
  vi.resetModules();
  const { addMessages } = await import("../src/islands/say.ts");
  for (const area of listAreas()) addMessages(language, readCatalogue(area, language));
  return load();
}
