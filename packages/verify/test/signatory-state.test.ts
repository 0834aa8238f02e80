/** The state of keys after any sequence of leaves, against a model that looks at the whole history each time. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SignatoryStates, type Step } from "../src/index.ts";

interface Event {
  readonly key: string;
  readonly type: "endorsement" | "revision" | "withdrawal";
  readonly class: "mailbox" | "vouched";
  readonly seq: number;
  /** Which earlier event it names as its predecessor; none if there are fewer. */
  readonly follows: number;
}

const event: fc.Arbitrary<Event> = fc.record({
  key: fc.constantFrom("a", "b", "c"),
  type: fc.constantFrom("endorsement", "revision", "withdrawal"),
  class: fc.constantFrom("mailbox", "vouched"),
  seq: fc.integer({ min: 0, max: 4 }),
  follows: fc.nat({ max: 30 }),
});

/** Mostly steps that could be right: the seq after the key's last one, naming the latest leaf of the key. */
const plausible = fc.array(fc.tuple(event, fc.boolean()), { maxLength: 30 });

function stepsOf(drawn: readonly (readonly [Event, boolean])[]): (Event & Step)[] {
  const steps: (Event & Step)[] = [];
  for (const [index, [drawnEvent, tidy]] of drawn.entries()) {
    const own = steps.filter((step) => step.key === drawnEvent.key);
    const last = own.at(-1);
    const seq = drawnEvent.type === "endorsement" ? 0 : tidy ? (last?.seq ?? 0) + 1 : drawnEvent.seq;
    const named = tidy ? last : steps[drawnEvent.follows];
    steps.push({
      ...drawnEvent,
      seq,
      previous: drawnEvent.type === "endorsement" ? null : (named?.leaf ?? "nothing"),
      leaf: `leaf ${index}`,
      index,
      commitment: drawnEvent.type === "withdrawal" ? null : `commitment ${index}`,
    });
  }
  return steps;
}

/** PROTOCOL §4 rule 8, word for word: a leaf is valid if a valid one of the seq before is its predecessor; the first of a seq counts. */
function model(steps: readonly (Event & Step)[]) {
  const valid: (Event & Step)[] = [];
  for (const step of steps) {
    const own = valid.filter((other) => other.key === step.key);
    const isFirst = !own.some((other) => other.seq === step.seq);
    const follows = own.some((other) => other.seq === step.seq - 1 && other.leaf === step.previous);
    if (isFirst && (step.type === "endorsement" || (step.seq > 0 && follows))) valid.push(step);
  }
  const counts = { counted: { mailbox: 0, vouched: 0 }, withdrawn: { mailbox: 0, vouched: 0 } };
  const heads = new Map<string, string>();
  for (const key of new Set(valid.map((step) => step.key))) {
    const own = valid.filter((step) => step.key === key).sort((a, b) => b.seq - a.seq);
    const [head, endorsement] = [own[0]!, own.at(-1)!];
    counts[head.type === "withdrawal" ? "withdrawn" : "counted"][endorsement.class]++;
    heads.set(key, head.leaf);
  }
  return { ...counts, heads };
}

describe("the state of a letter's keys", () => {
  it("is that of the model after every leaf of any sequence", () => {
    fc.assert(
      fc.property(plausible, (drawn) => {
        const steps = stepsOf(drawn);
        const states = new SignatoryStates();
        for (const [i, step] of steps.entries()) {
          if (step.type === "endorsement") states.endorse(step, step.class);
          else states.follow(step);
          const expected = model(steps.slice(0, i + 1));
          expect(states.counted).toEqual(expected.counted);
          expect(states.withdrawn).toEqual(expected.withdrawn);
          expect(new Map([...states.keys].map(([key, state]) => [key, state.leaf]))).toEqual(expected.heads);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("says why a leaf does not count", () => {
    const states = new SignatoryStates();
    const step = { key: "a", seq: 0, previous: null, leaf: "first", index: 0, commitment: "c" };
    expect(states.follow({ ...step, seq: 1, previous: "first" })).toBe("predecessor-missing");
    expect(states.endorse(step, "mailbox")).toBeNull();
    expect(states.endorse({ ...step, leaf: "second" }, "mailbox")).toBe("endorsement-repeated");
    expect(states.follow({ ...step, seq: 2, previous: "first" })).toBe("predecessor-missing");
    expect(states.follow({ ...step, seq: 1, previous: "other" })).toBe("predecessor-missing");
    expect(states.follow({ ...step, seq: 1, previous: "first", leaf: "revised" })).toBeNull();
    expect(states.follow({ ...step, seq: 1, previous: "first", leaf: "again" })).toBe("sequence-repeated");
  });
});
