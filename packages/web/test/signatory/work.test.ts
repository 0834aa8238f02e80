/** The work behind the screens, with registrars in memory: codes asked while a run goes on, storage, files, leaving. */
import { encodeCanonical, type JsonValue, Secrets, sealEnrolment } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { KnownCheckpoints } from "../../src/islands/recount/known-checkpoint.ts";
import { LEFT_STATE, type State } from "../../src/islands/signatory/machine/state.ts";
import {
  forgetAll,
  keep,
  keepNoMore,
  keyFor,
  readKept,
} from "../../src/islands/signatory/work/kept-enrolment.ts";
import { readReceipt, readRequest } from "../../src/islands/signatory/work/read-file.ts";
import { CODE, type Handler, makeFetch, registrarsHandler } from "./client-kit.ts";
import {
  act,
  fresh,
  PHRASE,
  play,
  RECEIPT,
  registrars,
  TO_LATER,
  TO_MAILBOX,
  tokensOf,
  typed,
  WORKFORCE,
} from "./kit.ts";

import { memoryStore, startPage } from "./page-kit.ts";

const [first, second, third] = registrars as [string, string, string];

const refused = (): never => {
  throw new DOMException("denied", "SecurityError");
};

function page(handler: Handler, from: State) {
  const { fetch, sent } = makeFetch(handler);
  return Object.assign(startPage({ fetch: fetch as typeof globalThis.fetch }, from), { sent });
}

const atMailbox = () => play(fresh(), ...TO_MAILBOX, typed("mailbox", "ana.lopez@example.com")).state;

describe("An enrolment on the page", () => {
  it("asks for one code after the other, and ends with tokens of all", async () => {
    const { send, until } = page(registrarsHandler(), atMailbox());
    send(act("send-code"));
    for (const registrar of registrars) {
      const { enrolling } = await until("code");
      expect(enrolling.asking).toBe(registrar);
      send(typed("code", CODE));
      send(act("check-code"));
    }
    const { enrolling } = await until("later");
    expect(enrolling.tokens?.tokens).toHaveLength(48);
    expect(enrolling.outcomes.map(({ state }) => state)).toEqual(["enrolled", "enrolled", "enrolled"]);
  });

  it("asks again after a wrong code", async () => {
    const { send, until } = page(registrarsHandler(), atMailbox());
    send(act("send-code"));
    await until("code");
    send(typed("code", "11111111"));
    send(act("check-code"));
    const { problem, enrolling } = await until("code");
    expect([problem?.code, enrolling.asking, enrolling.wrong]).toEqual(["wrong-code", first, { [first]: 1 }]);
  });

  it("sends codes again without asking anew whoever has confirmed", async () => {
    const { send, until, when, sent } = page(registrarsHandler(), atMailbox());
    send(act("send-code"));
    await until("code");
    send(typed("code", CODE));
    send(act("check-code"));
    expect((await until("code")).enrolling.asking).toBe(second);
    const before = sent.length;
    send(act("send-again"));
    await when(({ enrolling }) => enrolling.progress[third] === "reserved");
    const again = sent.slice(before).map(({ url }) => url);
    expect(again.sort()).toEqual([
      "https://r22.example.com/v1/reservations",
      "https://r23.example.com/v1/reservations",
    ]);
  });

  it("that was gone back from is heard no more, and the next one sends the same bytes", async () => {
    const { send, until, sent } = page(registrarsHandler(), atMailbox());
    send(act("send-code"));
    await until("code");
    const before = sent.map(({ body }) => body);
    send(act("back"));
    expect((await until("mailbox")).enrolling.running).toBe(false);
    send(act("send-code"));
    await until("code");
    // A code is asked for as soon as the quorum has reserved, so the third may not have been asked the first time.
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(sent.slice(before.length).map(({ body }) => body)).toEqual(expect.arrayContaining(before));
  });

  it("says of each registrar what happened when too few answer", async () => {
    const deny: Handler = registrarsHandler((index, path) =>
      index > 0 && path === "/v1/reservations"
        ? {
            status: 409,
            body: { type: "error", v: 1, code: "epoch-not-open", message: "evil sentence" } as JsonValue,
          }
        : null,
    );
    const { send, until } = page(deny, atMailbox());
    send(act("send-code"));
    const { enrolling } = await until("enrol-failed");
    expect(enrolling.outcomes.map(({ state, code }) => [state, code])).toEqual([
      ["reserved", undefined],
      ["failed", "epoch-not-open"],
      ["failed", "epoch-not-open"],
    ]);
    expect(JSON.stringify(enrolling)).not.toContain("evil");
  });

  it("is aborted by leaving: nothing is sent or told any more, and nothing is kept", async () => {
    const on = page(registrarsHandler(), atMailbox());
    on.items.set("undersigned-enrolment-older", "x");
    on.items.set("of another page", "y");
    on.send(act("send-code"));
    await on.until("code");
    on.send(typed("code", CODE));
    on.send(act("check-code"));
    on.send(act("leave"));
    const count = on.sent.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(on.state).toBe(LEFT_STATE);
    expect(on.sent.length).toBe(count);
    expect([...on.items.keys()]).toEqual(["of another page"]);
    expect([...on.files.keys()]).toEqual(["gone"]);
  });
});

describe("What is kept on the device", () => {
  it("is the sealed enrolment, under a name that does not name the workforce", async () => {
    const { store, items } = memoryStore();
    const file = await sealEnrolment(new Secrets(PHRASE), tokensOf(1));
    keep(store, WORKFORCE, file);
    expect([...items.keys()]).toEqual([keyFor(WORKFORCE)]);
    expect(keyFor(WORKFORCE)).toMatch(/^undersigned-enrolment-[A-Za-z0-9_-]{8}$/);
    expect(keyFor(WORKFORCE)).not.toContain(WORKFORCE.slice(0, 8));
    expect(readKept(store, WORKFORCE)).toEqual(file);
    forgetAll(store);
    expect(readKept(store, WORKFORCE)).toBeNull();
  });

  it.each(["leave", "forget"] as const)(
    "is all gone after %s, a checkpoint that a recount has remembered included",
    async (name) => {
      const on = page(registrarsHandler(), play(fresh(), ...TO_LATER).state);
      const note = new TextEncoder().encode("a signed note");
      const { store } = on;
      new KnownCheckpoints(store as () => Storage).remember(WORKFORCE, note, null);
      on.items.set("somebody-elses", "stays");
      expect(on.items.size).toBe(2);
      on.send(act(name));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect([...on.items.keys()]).toEqual(["somebody-elses"]);
    },
  );

  it("is the enrolment alone that goes when somebody no longer wants that kept", () => {
    const { store, items } = memoryStore();
    new KnownCheckpoints(store as () => Storage).remember(
      WORKFORCE,
      new TextEncoder().encode("a note"),
      null,
    );
    keep(store, WORKFORCE, new Uint8Array(1));
    expect(items.size).toBe(2);
    keepNoMore(store, WORKFORCE);
    expect(readKept(store, WORKFORCE)).toBeNull();
    expect(items.size).toBe(1);
  });

  it("is not there after leaving, though it was just being kept", async () => {
    const on = page(registrarsHandler(), play(fresh(), ...TO_LATER).state);
    on.send(act("keep-here"));
    on.send(act("leave"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([...on.items.keys()]).toEqual([]);
  });

  it("is not there after forgetting, though it was just being kept", async () => {
    const on = page(registrarsHandler(), play(fresh(), ...TO_LATER).state);
    on.send(act("keep-here"));
    on.send(act("forget"));
    const { screen } = await on.when(({ busy }) => busy === null);
    expect([screen, on.items.size]).toEqual(["later", 1]);
    on.send(act("forget"));
    await on.until("warning");
    expect([...on.items.keys()]).toEqual([]);
  });

  it("is nothing where storage is refused, and only keeping says so", () => {
    expect(readKept(refused, WORKFORCE)).toBeNull();
    expect(() => forgetAll(refused)).not.toThrow();
    expect(() => keep(refused, WORKFORCE, new Uint8Array(1))).toThrow("storage-refused");
  });
});

describe("A chosen file", () => {
  it("is a receipt only if it is one, byte for byte", () => {
    const bytes = encodeCanonical(RECEIPT as unknown as JsonValue);
    expect(readReceipt(bytes)).toEqual(RECEIPT);
    expect(readReceipt(new Uint8Array([...bytes, 0x0a]))).toBeNull();
    expect(readReceipt(new Uint8Array())).toBeNull();
    expect(readRequest(bytes)).toBeNull();
  });
});
