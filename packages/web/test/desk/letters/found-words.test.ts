/** What package clean says of traces has a message each, and no message is of a sentence that it does not say. */
import { FOUND_WORDS } from "@undersigned/clean/words";
import { readCatalogue } from "@undersigned/messages/node";
import { expect, test } from "vitest";
import { foundKey } from "../../../src/islands/desk/letters/found-words.ts";

test("every sentence of package clean is a message, word for word, and there are no others", () => {
  const messages = Object.entries(readCatalogue("desk", "en")).filter(([key]) =>
    key.startsWith("desk.found."),
  );
  const sentences = FOUND_WORDS.map((words) => [`desk.found.${foundKey(words)}`, words]);
  expect(Object.fromEntries(messages)).toEqual(Object.fromEntries(sentences));
  expect(new Set(sentences.map(([key]) => key)).size, "two sentences of one name").toBe(FOUND_WORDS.length);
});
