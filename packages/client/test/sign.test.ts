/** Endorsing, revising, withdrawing: what is refused before sending, lost receipts, receipts that prove nothing. */
import {
  type Appearance,
  addDays,
  type EnrolmentTokens,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  letterId,
  nameOf,
  Secrets,
  signerFromSeed,
  signObject,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import {
  type EndorsementChoice,
  endorse,
  enrol,
  type Fetch,
  postRequest,
  prepareEndorsement,
  prepareRevision,
  revise,
  withdraw,
} from "../src/index.ts";
import {
  boardHandler,
  enrolOptions,
  errorOf,
  fakeRegistrars,
  type Handler,
  LETTER,
  letterLeaf,
  letterManifest,
  logged,
  makeFetch,
  makeView,
  OTHER_PHRASE,
  registrarsHandler,
  secrets,
  sending,
  WORKFORCE,
} from "./kit.ts";

const view = makeView();
const { tokens } = await enrol(enrolOptions(makeFetch(registrarsHandler()).fetch, { view }));
const named: Appearance = {
  kind: "named",
  name: "Ana López",
  confirmed: null,
  role: "Engineer",
  place: null,
};
const choice: EndorsementChoice = {
  view,
  secrets,
  letter: LETTER,
  tokens,
  appearance: named,
  remainder: "destroy",
};
const due = addDays(letterManifest.closes, 1);
const silent: Fetch = async () => {
  throw new Error("nothing may be sent");
};

describe("endorsing", () => {
  it("posts the endorsement to the board's prefix and returns its receipt", async () => {
    const { fetch, sent } = makeFetch(boardHandler());
    const receipt = await endorse(choice, sending(fetch));
    expect(sent.map(({ url }) => url)).toEqual([`https://board.example.com/w/${WORKFORCE}/v1/endorsements`]);
    expect(receipt).toMatchObject({
      letter: LETTER,
      leaf: nameOf((await prepareEndorsement(choice)).leaf),
      due,
    });
  });

  it("takes the board's address with or without the workforce's prefix", async () => {
    for (const board of [
      "https://m.example.com",
      "https://m.example.com/",
      `https://m.example.com/w/${WORKFORCE}/`,
    ]) {
      const { fetch, sent } = makeFetch(boardHandler());
      await endorse(choice, { ...sending(fetch), board });
      expect(sent[0]!.url).toBe(`https://m.example.com/w/${WORKFORCE}/v1/endorsements`);
    }
  });

  it("sends the same bytes again until the receipt arrives", async () => {
    const faults = ["lost", "cut", "503", "unreachable"] as const;
    const { fetch, sent } = makeFetch(boardHandler(), (_url, nth) => faults[nth] ?? "none");
    const receipt = await endorse(choice, sending(fetch));
    expect(sent).toHaveLength(5);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(receipt).toEqual(await endorse(choice, sending(makeFetch(boardHandler()).fetch)));
  });

  it("carries nothing that a registrar has seen", async () => {
    const atRegistrars = makeFetch(registrarsHandler());
    await enrol(enrolOptions(atRegistrars.fetch, { view }));
    const request = JSON.stringify(await prepareEndorsement(choice));
    const seen = atRegistrars.sent.flatMap(({ body }) => body.match(/"[A-Za-z0-9_-]{22,}"/g) ?? []);
    const known = new Set(
      [WORKFORCE, ...fakeRegistrars.map(({ identity }) => identity)].map((id) => `"${id}"`),
    );
    const own = seen.filter((text) => !known.has(text));
    expect(own.length).toBeGreaterThan(48);
    for (const text of own) expect(request).not.toContain(text.slice(1, -1));
  });

  it("a refusal of the board is told with its code and not sent again", async () => {
    const { fetch, sent } = makeFetch(() => errorOf(409, "already-endorsed"));
    await expect(endorse(choice, sending(fetch))).rejects.toMatchObject({
      code: "refused",
      remote: "already-endorsed",
      status: 409,
    });
    expect(sent).toHaveLength(1);
  });

  it("gives up when the board stays silent", async () => {
    const { fetch, sent } = makeFetch(boardHandler(), () => "unreachable");
    await expect(endorse(choice, { ...sending(fetch), attempts: 3 })).rejects.toMatchObject({
      code: "no-answer",
    });
    expect(sent).toHaveLength(3);
  });
});

it("takes a receipt for an earlier day: organisers may have closed the letter early since the log was read", async () => {
  const earlier = boardHandler((r) => ({ ...r, due: letterManifest.closes }));
  const receipt = await endorse(choice, sending(makeFetch(earlier).fetch));
  expect(receipt.due).toBe(letterManifest.closes);
});

describe("receipts that prove nothing", () => {
  const other = encodeBase64url(new Uint8Array(32).fill(77));
  it.each<[string, Handler, string]>([
    ["for another leaf", boardHandler((r) => ({ ...r, leaf: other })), "receipt-invalid"],
    ["for another letter", boardHandler((r) => ({ ...r, letter: other })), "receipt-invalid"],
    ["for another workforce", boardHandler((r) => ({ ...r, workforce: other })), "receipt-invalid"],
    [
      "due a day later than the rules give",
      boardHandler((r) => ({ ...r, due: addDays(due, 1) })),
      "receipt-implausible",
    ],
    [
      "due on the opening day, to which no early closing can move it",
      boardHandler((r) => ({ ...r, due: letterManifest.opens })),
      "receipt-implausible",
    ],
    [
      "signed by another key than the logged one",
      (url, body) => {
        const { sig: _, ...unsigned } = boardHandler()(url, body).body as { type: string; sig: string };
        const signed = signObject(unsigned, signerFromSeed(new Uint8Array(32).fill(55)));
        return { status: 200, body: signed as unknown as JsonValue };
      },
      "receipt-invalid",
    ],
    [
      "changed after signing",
      (url, body) => {
        const answer = boardHandler()(url, body).body as { [field: string]: JsonValue };
        return { status: 200, body: { ...answer, due: addDays(due, 1) } };
      },
      "receipt-invalid",
    ],
  ])("%s", async (_name, handler, code) => {
    await expect(endorse(choice, sending(makeFetch(handler).fetch))).rejects.toMatchObject({ code });
  });
});

describe("what is refused before anything is sent", () => {
  const refuse = (changes: Partial<EndorsementChoice>) =>
    endorse({ ...choice, ...changes }, { fetch: silent });

  it("a letter that is not in the log", async () => {
    await expect(refuse({ letter: WORKFORCE })).rejects.toMatchObject({ code: "letter-unknown" });
  });

  it("a slot on which the log has two letters, for either of them", async () => {
    const letters = new Map(view.letters);
    letters.set(WORKFORCE, logged(letterLeaf(WORKFORCE, 0), letterManifest));
    const twice = makeView({ letters });
    await expect(refuse({ view: twice })).rejects.toMatchObject({ code: "slot-taken" });
    await expect(refuse({ view: twice, letter: WORKFORCE })).rejects.toMatchObject({ code: "slot-taken" });
  });

  it("tokens under keys that the log does not have", async () => {
    const foreign = makeView({
      tokenKeys: (epoch, slot, of) =>
        view.tokenKeys(epoch, slot, of).filter((key) => key.registrar !== fakeRegistrars[1]!.identity),
    });
    await expect(refuse({ view: foreign })).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("another person's tokens", async () => {
    await expect(refuse({ secrets: new Secrets(OTHER_PHRASE) })).rejects.toMatchObject({
      code: "token-invalid",
    });
  });

  it("one registrar's token twice", async () => {
    const one = tokens.tokens.find(({ slot }) => slot === 0)!;
    const doubled: EnrolmentTokens = { ...tokens, tokens: [one, one] };
    await expect(refuse({ tokens: doubled })).rejects.toMatchObject({ code: "token-invalid" });
  });

  it("tokens of fewer registrars than the quorum", async () => {
    const few = {
      ...tokens,
      tokens: tokens.tokens.filter(({ registrar }) => registrar === fakeRegistrars[0]!.identity),
    };
    await expect(refuse({ tokens: few })).rejects.toMatchObject({ code: "too-few-tokens" });
  });

  it("the enrolment of another epoch", async () => {
    await expect(refuse({ tokens: { ...tokens, epoch: 2 } })).rejects.toMatchObject({
      code: "wrong-enrolment",
    });
  });

  it("an appearance that the letter or the workforce does not offer", async () => {
    const wrong: Appearance[] = [
      { kind: "role", role: "Engineer", place: null },
      { ...named, role: "Emperor" },
      { ...named, place: "Atlantis" },
    ];
    for (const appearance of wrong) {
      await expect(refuse({ appearance })).rejects.toMatchObject({ code: "appearance-not-offered" });
    }
  });

  it("a board over plain http elsewhere than on this machine, or with a query", async () => {
    for (const board of [
      "http://board.example.com",
      "https://board.example.com/?a=1",
      "https://u:p@board.example.com",
      "ftp://x",
      "x",
    ]) {
      await expect(endorse(choice, { fetch: silent, board })).rejects.toMatchObject({
        code: "address-refused",
      });
    }
    const loopback = makeFetch(boardHandler());
    await endorse(choice, { ...sending(loopback.fetch), board: "http://127.0.0.1:8080" });
    expect(loopback.sent).toHaveLength(1);
  });
});

describe("a letter whose text is not public", () => {
  const file = encodeCanonical(letterManifest);
  const id = letterId(file);
  const unlisted = makeView({ letters: new Map([[id, logged(letterLeaf(id, 0), null)]]) });

  it("is not signed unread", async () => {
    await expect(prepareEndorsement({ ...choice, view: unlisted, letter: id })).rejects.toMatchObject({
      code: "letter-text-missing",
    });
  });

  it("is signed with the file that its id names and with no other", async () => {
    const request = await prepareEndorsement({ ...choice, view: unlisted, letter: id, letterFile: file });
    expect(request.leaf.letter).toBe(id);
    const changed = encodeCanonical({ ...letterManifest, title: "Another letter" });
    await expect(
      prepareEndorsement({ ...choice, view: unlisted, letter: id, letterFile: changed }),
    ).rejects.toMatchObject({ code: "letter-text-missing" });
  });
});

describe("changing and taking back", () => {
  const head = { seq: 0, leaf: WORKFORCE };
  const today = "2026-06-02";

  it.each([addDays(today, -1), today, addDays(today, 1), addDays(today, 2)])(
    "a receipt due on %s is taken on 2026-06-02",
    async (day) => {
      const { fetch, sent } = makeFetch(boardHandler((r) => ({ ...r, due: day })));
      const posting = { ...sending(fetch), today };
      const changed = await revise(
        { view, secrets, letter: LETTER, head, appearance: { kind: "anonymous" } },
        posting,
      );
      expect(changed.due).toBe(day);
      await withdraw({ view, secrets, letter: LETTER, head: { seq: 1, leaf: changed.leaf } }, posting);
      expect(sent.map(({ url }) => url.split("/").at(-1))).toEqual(["revisions", "withdrawals"]);
      expect(sent.map(({ body }) => JSON.parse(body).leaf)).toMatchObject([
        { type: "revision", seq: 1, previous: head.leaf },
        { type: "withdrawal", seq: 2, previous: changed.leaf },
      ]);
    },
  );

  it("a receipt due with the endorsement that is still waiting is taken", async () => {
    const { fetch } = makeFetch(boardHandler((r) => ({ ...r, due })));
    const posting = { ...sending(fetch), today: letterManifest.opens };
    expect((await withdraw({ view, secrets, letter: LETTER, head }, posting)).due).toBe(due);
  });

  it.each([addDays(today, -2), addDays(today, 3)])("a receipt due on %s is not", async (day) => {
    const { fetch } = makeFetch(boardHandler((r) => ({ ...r, due: day })));
    await expect(
      withdraw({ view, secrets, letter: LETTER, head }, { ...sending(fetch), today }),
    ).rejects.toMatchObject({ code: "receipt-implausible", receipt: { due: day } });
  });

  it("an anonymous revision sends no opening", async () => {
    const request = await prepareRevision({
      view,
      secrets,
      letter: LETTER,
      head,
      appearance: { kind: "anonymous" },
    });
    expect(request.opening).toBeNull();
  });

  it("whoever is handed a request can post it without the phrase", async () => {
    const request = await prepareEndorsement(choice);
    const { fetch } = makeFetch(boardHandler());
    expect((await postRequest(view, request, sending(fetch))).leaf).toBe(nameOf(request.leaf));
  });
});
