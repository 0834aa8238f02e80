/** Targets with a known fault each, to see that it is found. They are no part of a run. */
import { CoreError } from "@undersigned/core";
import { PLANTED, type Target, takes } from "./target.ts";

const seed = new TextEncoder().encode("0123456789");

function control(name: string, work: (input: Uint8Array) => unknown): Target {
  return {
    name,
    weight: 1,
    most: 100,
    seeds: [seed],
    make: (random) => random.bytes(random.below(20)),
    takes: (input) => takes([CoreError], () => work(input)),
  };
}

const isRare = (input: Uint8Array) => input[0] === 0x61;

export const controls: readonly Target[] = [
  control("throws-another-error", (input) => {
    if (isRare(input)) throw new TypeError("x is undefined");
  }),
  control("repeats-its-input", (input) => {
    if (isRare(input)) throw new CoreError("bad-field", `The field ${PLANTED} is wrong.`);
  }),
  control("never-ends", (input) => {
    while (isRare(input));
  }),
  control("takes-all-memory", (input) => {
    const kept: number[][] = [];
    while (isRare(input)) kept.push(new Array<number>(1_000_000).fill(0.5));
  }),
];
