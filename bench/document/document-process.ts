/** The PDF of a letter, made in a process of its own: names in many scripts, some with a role. */
import { makeLetterDocument } from "@undersigned/paper";
import { ALL_NAMES, sampleDocument, shown } from "../../packages/paper/test/sample-document.ts";
import { answer, usage } from "../lib/child.ts";

const calls = {
  make({ names }: { names: number }) {
    const people = Array.from({ length: names }, (_, i) =>
      shown(`${ALL_NAMES[i % ALL_NAMES.length]} ${i}`, i % 5 === 0 ? "Engineer" : null),
    );
    const data = sampleDocument({ mailbox: { confirmed: people, given: [] } });
    const idle = usage();
    const began = performance.now();
    const { pages } = makeLetterDocument(data);
    const seconds = (performance.now() - began) / 1000;
    const { cpuSeconds, peakRssBytes } = usage();
    return {
      pages,
      seconds,
      cpuSeconds: cpuSeconds - idle.cpuSeconds,
      grownBytes: peakRssBytes - idle.rssBytes,
    };
  },
};
export type DocumentCalls = typeof calls;
answer(calls);
