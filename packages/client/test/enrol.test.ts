/** Enrolment against fake registrars: order of what is told to whom, lost answers, dishonest answers. */
import { CoreError, type JsonValue, TokenVerifier } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClientError, enrol } from "../src/index.ts";
import {
  CODE,
  type EnrolChanges,
  enrolOptions,
  errorOf,
  type Fault,
  fakeRegistrars,
  honestRegistrar,
  makeFetch,
  makeView,
  registrarsHandler,
  secrets,
  signBlinded,
} from "./kit.ts";

type Fetching = ReturnType<typeof makeFetch>;

const options = (fetching: Fetching, changes: EnrolChanges = {}) => enrolOptions(fetching.fetch, changes);

const paths = (fetching: Fetching) => fetching.sent.map(({ url }) => new URL(url).pathname);
const undisturbed = await enrol(options(makeFetch(registrarsHandler())));

describe("enrolling with honest registrars", () => {
  it("gives a valid token of every registrar for every slot", async () => {
    const view = makeView();
    expect(undisturbed.tokens.tokens).toHaveLength(48);
    expect(undisturbed.answered).toBe(3);
    expect(undisturbed.outcomes.map(({ state }) => state)).toEqual(["enrolled", "enrolled", "enrolled"]);
    for (const token of undisturbed.tokens.tokens) {
      const key = view.tokenKeys(1, token.slot, "mailbox").find((k) => k.registrar === token.registrar)!;
      const slotKey = secrets.slotSigner(key).publicKey;
      expect(await new TokenVerifier(key).verify(token, slotKey)).toBe(true);
    }
  });

  it("sends the canonical mailbox and nothing of how it was typed", async () => {
    const fetching = makeFetch(registrarsHandler());
    await enrol(options(fetching, { mailbox: "Ana.Lopez+Letters@MAIL.example.com" }));
    for (const { body } of fetching.sent) {
      expect(body).toContain('"mailbox":"analopez@example.com"');
      expect(body.toLowerCase()).not.toContain("letters@");
    }
  });

  it("takes a code that was typed in groups", async () => {
    const result = await enrol(
      options(makeFetch(registrarsHandler()), { askCode: async () => " 1234-56 78 " }),
    );
    expect(result.answered).toBe(3);
  });

  it("tells fetch to keep nothing, to send no credentials and no referrer, and to follow no redirect", async () => {
    const fetching = makeFetch(registrarsHandler());
    await enrol(options(fetching));
    for (const { init } of fetching.sent) {
      expect(init).toMatchObject({
        method: "POST",
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        referrerPolicy: "no-referrer",
      });
    }
  });
});

describe("evidence goes out only when the quorum has reserved", () => {
  it("asks for no code before the quorum has reserved", async () => {
    const fetching = makeFetch(registrarsHandler());
    const reservedWhenAsked: number[] = [];
    await enrol(
      options(fetching, {
        askCode: async () => {
          reservedWhenAsked.push(paths(fetching).filter((path) => path === "/v1/reservations").length);
          return CODE;
        },
      }),
    );
    expect(reservedWhenAsked).toHaveLength(3);
    expect(Math.min(...reservedWhenAsked)).toBeGreaterThanOrEqual(2);
    expect(paths(fetching).slice(0, 2)).toEqual(["/v1/reservations", "/v1/reservations"]);
  });

  it("hands nothing over when fewer than the quorum reserve", async () => {
    const fetching = makeFetch(
      registrarsHandler((index, path) =>
        index > 0 && path === "/v1/reservations" ? errorOf(429, "too-many-requests") : null,
      ),
    );
    let asked = 0;
    const result = await enrol(
      options(fetching, {
        askCode: async () => {
          asked++;
          return CODE;
        },
      }),
    );
    expect(asked).toBe(0);
    expect(paths(fetching)).not.toContain("/v1/enrolments");
    expect(result.answered).toBe(0);
    expect(result.outcomes).toMatchObject([
      { state: "reserved" },
      { state: "failed", code: "too-many-requests" },
      { state: "failed", code: "too-many-requests" },
    ]);
  });

  it("goes on without one registrar where the quorum is met", async () => {
    const fetching = makeFetch(registrarsHandler((index) => (index === 1 ? errorOf(500, "internal") : null)));
    const result = await enrol(options(fetching));
    expect(result.answered).toBe(2);
    expect(result.outcomes[1]).toMatchObject({ state: "failed" });
  });
});

describe("lost answers", () => {
  it("every repetition is the same bytes, and the tokens are those of an undisturbed enrolment", async () => {
    const faults: Fault[] = ["lost", "503", "cut", "unreachable"];
    const fetching = makeFetch(registrarsHandler(), (_url, nth) => faults[nth] ?? "none");
    const result = await enrol(options(fetching));
    expect(result.tokens).toEqual(undisturbed.tokens);
    const bodies = Map.groupBy(fetching.sent, ({ url }) => url);
    expect(bodies.size).toBe(6);
    for (const group of bodies.values()) {
      expect(group).toHaveLength(5);
      expect(new Set(group.map(({ body }) => body)).size).toBe(1);
    }
  });

  it("any pattern of faults within the bound ends in the same tokens", async () => {
    const fault = fc.constantFrom<Fault>("none", "unreachable", "lost", "cut", "503");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fault, { maxLength: 4 }), { minLength: 6, maxLength: 6 }),
        async (plan) => {
          const order = new Map<string, number>();
          const fetching = makeFetch(registrarsHandler(), (url, nth) => {
            if (!order.has(url.href)) order.set(url.href, order.size);
            return plan[order.get(url.href)!]?.[nth] ?? "none";
          });
          expect((await enrol(options(fetching))).tokens).toEqual(undisturbed.tokens);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("gives up after the bound, and a later repetition asks only who had not answered", async () => {
    const broken = makeFetch(registrarsHandler(), (url, nth) =>
      url.origin === fakeRegistrars[2]!.url && url.pathname === "/v1/enrolments" && nth < 99
        ? "lost"
        : "none",
    );
    const first = await enrol(options(broken));
    expect(first.answered).toBe(2);
    expect(first.outcomes[2]).toMatchObject({ state: "failed", code: "no-answer" });
    expect(broken.sent.filter(({ url }) => url === `${fakeRegistrars[2]!.url}/v1/enrolments`)).toHaveLength(
      5,
    );

    const healed = makeFetch(registrarsHandler());
    const second = await enrol(options(healed, { earlier: first.tokens }));
    expect(second.tokens).toEqual(undisturbed.tokens);
    expect(second.outcomes.map(({ state }) => state)).toEqual(["known", "known", "enrolled"]);
    expect(new Set(healed.sent.map(({ url }) => new URL(url).origin))).toEqual(
      new Set([fakeRegistrars[2]!.url]),
    );
  });

  it("a refusal is not sent again", async () => {
    const fetching = makeFetch(
      registrarsHandler((_i, path) => (path === "/v1/enrolments" ? errorOf(409, "already-enrolled") : null)),
    );
    const result = await enrol(options(fetching));
    expect(paths(fetching).filter((path) => path === "/v1/enrolments")).toHaveLength(3);
    expect(result.outcomes).toMatchObject([
      { code: "already-enrolled" },
      { code: "already-enrolled" },
      { code: "already-enrolled" },
    ]);
  });

  it("tokens of an earlier try that do not verify are fetched again", async () => {
    const [one, two] = undisturbed.tokens.tokens.filter(
      ({ registrar }) => registrar === fakeRegistrars[0]!.identity,
    );
    const spoiled = {
      ...undisturbed.tokens,
      tokens: undisturbed.tokens.tokens.map((token) =>
        token === one ? { ...token, signature: two!.signature } : token,
      ),
    };
    const fetching = makeFetch(registrarsHandler());
    const result = await enrol(options(fetching, { earlier: spoiled }));
    expect(result.tokens).toEqual(undisturbed.tokens);
    expect(result.outcomes.map(({ state }) => state)).toEqual(["enrolled", "known", "known"]);
  });

  it("tokens of another epoch are refused before anything is sent", async () => {
    const fetching = makeFetch(registrarsHandler());
    const earlier = { ...undisturbed.tokens, epoch: 2 };
    await expect(enrol(options(fetching, { earlier }))).rejects.toMatchObject({ code: "wrong-enrolment" });
    expect(fetching.sent).toEqual([]);
  });
});

describe("an epoch keeps the rules under which it was opened", () => {
  it("quorum and mailbox rules are its own, whatever later manifests say, and addresses are the present ones", async () => {
    const { manifest } = makeView();
    const moved = manifest.registrars.map((r) => ({ ...r, url: r.url.replace("https://", "https://new-") }));
    const later = {
      ...manifest,
      quorum: 3,
      mailboxes: { ...manifest.mailboxes, dots: false },
      registrars: moved,
    };
    const fetching = makeFetch((url, body) => {
      const before = new URL(url.href.replace("https://new-", "https://"));
      return registrarsHandler()(before, body);
    });
    const result = await enrol(options(fetching, { view: makeView({ manifest: later }) }));
    expect(result.quorum).toBe(2);
    expect(result.answered).toBe(3);
    for (const { url, body } of fetching.sent) {
      expect(url).toMatch(/^https:\/\/new-/);
      expect(body).toContain('"mailbox":"analopez@example.com"');
    }
  });
});

describe("codes", () => {
  it("a wrong code is asked for again, five times at most", async () => {
    const asked: number[] = [];
    const fetching = makeFetch(registrarsHandler());
    const result = await enrol(
      options(fetching, {
        askCode: async (registrar, wrong) => {
          if (registrar.identity === fakeRegistrars[0]!.identity) {
            asked.push(wrong);
            return wrong === 1 ? "not a code" : "00000000";
          }
          return wrong === 2 ? CODE : "00000000";
        },
      }),
    );
    expect(asked).toEqual([0, 1, 2, 3, 4]);
    expect(result.outcomes).toMatchObject([
      { state: "failed", code: "wrong-code" },
      { state: "enrolled" },
      { state: "enrolled" },
    ]);
  });

  it("a registrar whose mail does not come is skipped", async () => {
    const result = await enrol(
      options(makeFetch(registrarsHandler()), {
        askCode: async ({ identity }) => (identity === fakeRegistrars[1]!.identity ? null : CODE),
      }),
    );
    expect(result.outcomes.map(({ state }) => state)).toEqual(["enrolled", "skipped", "enrolled"]);
    expect(result.answered).toBe(2);
  });
});

describe("what a dishonest registrar tries", () => {
  type Change = (answer: { status: number; body: JsonValue }) => { status: number; body: JsonValue };
  const lying = (on: string, change: Change) =>
    makeFetch(
      registrarsHandler((index, path, body) =>
        index === 0 && path === on ? change(honestRegistrar(fakeRegistrars[0]!)(path, body)) : null,
      ),
    );
  const changed =
    (fields: Record<string, JsonValue>): Change =>
    (answer) => ({
      ...answer,
      body: { ...(answer.body as object), ...fields } as JsonValue,
    });

  it.each<[string, Fetching, string]>([
    [
      "a reservation for other requests",
      lying("/v1/reservations", changed({ requests: "A".repeat(43) })),
      "answer-malformed",
    ],
    [
      "a reservation in another registrar's name",
      lying("/v1/reservations", changed({ registrar: fakeRegistrars[1]!.identity })),
      "answer-malformed",
    ],
    [
      "an enrolment in another registrar's name",
      lying("/v1/enrolments", changed({ registrar: fakeRegistrars[1]!.identity })),
      "answer-malformed",
    ],
    ["an enrolment for another epoch", lying("/v1/enrolments", changed({ epoch: 2 })), "answer-malformed"],
    ["a field too many", lying("/v1/enrolments", changed({ extra: 1 })), "answer-malformed"],
    [
      "the signatures of two slots exchanged",
      lying("/v1/enrolments", (answer) => {
        const { slots, ...rest } = answer.body as { slots: { slot: number; signature: string }[] };
        const swapped = slots.map(({ slot }, i) => ({ slot, signature: slots[i ^ 1]!.signature }));
        return { status: 200, body: { ...rest, slots: swapped } };
      }),
      "signature-invalid",
    ],
    [
      "signatures by another key",
      makeFetch(
        registrarsHandler((index, path, body) => {
          if (index !== 0 || path !== "/v1/enrolments") return null;
          const { slots, epoch } = body as unknown as {
            slots: { slot: number; blinded: string }[];
            epoch: number;
          };
          const signed = slots.map(({ slot, blinded }) => {
            // A foreign key needs values below its modulus.
            const value = Buffer.from(blinded, "base64url");
            value[0] = 0;
            return { slot, signature: signBlinded(fakeRegistrars[1]!, value.toString("base64url")) };
          });
          const body2 = {
            type: "enrolment",
            v: 1,
            registrar: fakeRegistrars[0]!.identity,
            epoch,
            class: "mailbox",
            slots: signed,
            invitations: [],
            name: null,
          };
          return { status: 200, body: body2 };
        }),
      ),
      "signature-invalid",
    ],
  ])("%s: its tokens do not count and the others' do", async (_name, fetching, code) => {
    const result = await enrol(options(fetching));
    const acceptable = code === "signature-invalid" ? ["signature-invalid", "rsa-out-of-range"] : [code];
    expect(result.outcomes[0]!.state).toBe("failed");
    expect(acceptable).toContain((result.outcomes[0] as { code: string }).code);
    expect(result.answered).toBe(2);
    expect(result.tokens.tokens.every(({ registrar }) => registrar !== fakeRegistrars[0]!.identity)).toBe(
      true,
    );
  });

  it("an answer without end is cut off and is no answer", async () => {
    let pulled = 0;
    const endless = {
      ...makeFetch(registrarsHandler()),
      fetch: async () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              pulled++;
              controller.enqueue(new Uint8Array(8192));
            },
          }),
        ),
    };
    const result = await enrol(options(endless));
    expect(result.outcomes).toMatchObject(Array(3).fill({ state: "failed", code: "answer-malformed" }));
    expect(pulled).toBeLessThan(60);
  });

  it("a server's code that is no short word is not repeated", async () => {
    const fetching = makeFetch(registrarsHandler(() => errorOf(400, "\u202eevil CODE")));
    const result = await enrol(options(fetching));
    expect(result.outcomes[0]).toMatchObject({ state: "failed", code: "refused" });
  });
});

describe("what is refused before anything is sent", () => {
  const fetching = makeFetch(registrarsHandler());

  it.each([
    ["team-a@example.com", "group-mailbox"],
    ["ana@elsewhere.example", "mailbox-not-here"],
    ["ana", "mailbox-malformed"],
  ])("the mailbox %s", async (mailbox, code) => {
    const error = await enrol(options(fetching, { mailbox })).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(CoreError);
    expect(error).toMatchObject({ code });
    expect((error as Error).message).not.toContain(mailbox);
    expect(fetching.sent).toEqual([]);
  });

  it("an epoch for which the log has no keys", async () => {
    await expect(enrol(options(fetching, { epoch: 2 }))).rejects.toMatchObject({ code: "epoch-unknown" });
    const keyless = makeView({ tokenKeys: () => [] });
    await expect(enrol(options(fetching, { view: keyless }))).rejects.toMatchObject({
      code: "epoch-unknown",
    });
    expect(fetching.sent).toEqual([]);
  });

  it("a registrar whose address is plain http elsewhere than on this machine", async () => {
    const view = makeView();
    const registrars = view.manifest.registrars.map((r) => ({ ...r, url: r.url.replace("https:", "http:") }));
    const result = await enrol(
      options(fetching, { view: { ...view, manifest: { ...view.manifest, registrars } } }),
    );
    expect(result.outcomes).toMatchObject(Array(3).fill({ state: "failed", code: "address-refused" }));
    expect(fetching.sent).toEqual([]);
  });
});

it("an error in the code that asks is passed on, not taken for a registrar's", async () => {
  const stop = new Error("closed");
  const asking = options(makeFetch(registrarsHandler()), {
    askCode: async () => {
      throw stop;
    },
  });
  await expect(enrol(asking)).rejects.toBe(stop);
  expect(stop).not.toBeInstanceOf(ClientError);
});
