import { describe, expect, it } from "vitest";
import { createLogger, defineEvents, httpEvents, type Logger } from "../src/index.ts";

const events = defineEvents({
  "batch-released": { size: "count", final: "flag", sort: ["mailbox", "vouched"] },
  started: {},
});

function logging(options: { day?: boolean } = {}) {
  const lines: string[] = [];
  const clock = { now: () => Date.UTC(2026, 2, 1, 23, 59, 59, 999) };
  return {
    lines,
    logger: createLogger(events, { stream: { write: (line) => lines.push(line) }, clock, ...options }),
  };
}

/** Calls the logger as code does that the compiler could not hold back. */
const untyped = (logger: Logger<typeof events>) => logger.event as (name: unknown, fields: unknown) => void;

describe("a log line", () => {
  it("is the event, its declared fields and a day", () => {
    const { logger, lines } = logging();
    logger.event("batch-released", { size: 20, final: false, sort: "mailbox" });
    logger.event("started", {});
    expect(lines).toEqual([
      '{"day":"2026-03-01","event":"batch-released","size":20,"final":false,"sort":"mailbox"}\n',
      '{"day":"2026-03-01","event":"started"}\n',
    ]);
  });

  it("can do without the day", () => {
    const { logger, lines } = logging({ day: false });
    logger.event("started", {});
    expect(lines).toEqual(['{"event":"started"}\n']);
  });

  it("cannot be made of anything that was not declared", () => {
    const { logger, lines } = logging();
    const event = untyped(logger);
    const canary = "canary@example.com";
    const fine = { size: 1, final: true, sort: "mailbox" };
    const attempts: [unknown, unknown][] = [
      [canary, {}],
      ["toString", {}],
      ["__proto__", {}],
      ["started", { canary }],
      ["batch-released", { ...fine, canary }],
      ["batch-released", { ...fine, sort: canary }],
      ["batch-released", { ...fine, size: canary }],
      ["batch-released", { ...fine, size: new Error(canary) }],
      ["batch-released", { ...fine, final: { canary } }],
      ["batch-released", { ...fine, sort: { toString: () => "mailbox", toJSON: () => canary } }],
      ["batch-released", { ...fine, sort: ["mailbox"] }],
      ["batch-released", { size: 1, final: true }],
      ["batch-released", Object.create(fine)],
      ["batch-released", new Error(canary)],
    ];
    for (const [name, fields] of attempts) {
      let thrown: unknown;
      try {
        event(name, fields);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ code: "log-refused" });
      expect(String(thrown)).not.toContain("canary");
    }
    expect(lines).toEqual([]);
  });

  it("cannot carry a moment, in seconds or in milliseconds, nor a fraction", () => {
    const { logger, lines } = logging();
    for (const size of [
      Date.now(),
      Math.floor(Date.now() / 1000),
      1e9,
      -1e9,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]) {
      expect(() => logger.event("batch-released", { size, final: true, sort: "mailbox" })).toThrow(
        expect.objectContaining({ code: "log-refused" }),
      );
    }
    expect(lines).toEqual([]);
  });

  it("takes a word as it is declared and not from a list that grew later", () => {
    const words = ["a"];
    const lines: string[] = [];
    const logger = createLogger({ e: { w: words } }, { stream: { write: (line) => lines.push(line) } });
    words.push("canary");
    expect(() => logger.event("e", { w: "canary" })).toThrow(
      expect.objectContaining({ code: "log-refused" }),
    );
  });
});

describe("a table of events", () => {
  it("is refused when its names or words could hold text", () => {
    for (const table of [
      { "Two Words": {} },
      { e: { w: ["an@example.com"] } },
      { e: { "a b": "flag" } },
      { e: { day: "flag" } },
      { ["x".repeat(41)]: {} },
    ] as const) {
      expect(() => createLogger(table as never)).toThrow(
        expect.objectContaining({ code: "bad-configuration" }),
      );
    }
  });

  it("serves a part of the program that knows only its part", () => {
    const lines: string[] = [];
    const logger = createLogger(
      { ...events, ...httpEvents },
      { stream: { write: (line) => lines.push(line) }, day: false },
    );
    const part: Logger<typeof httpEvents> = logger;
    part.event("http-failure", { route: 3, kind: "type-error" });
    expect(lines).toEqual(['{"event":"http-failure","route":3,"kind":"type-error"}\n']);
  });
});
