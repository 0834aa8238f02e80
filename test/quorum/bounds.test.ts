/**
 * The three bounds of k of n registrars (DESIGN §5), each from both sides: so many dishonest registrars cannot do it, one
 * more can. A dishonest registrar is one whose private keys the attacker has, and who signs whatever it is asked to; what
 * counts as done is what the board accepts and a recount counts without a failure.
 */
import { enrol } from "@undersigned/client";
import {
  addDays,
  type EndorsementRequest,
  type EnrolmentTokens,
  type LetterRef,
  makeEndorsement,
  quorumBounds,
  Secrets,
  type Token,
} from "@undersigned/core";
import { httpSource, recount } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SeededRandom } from "../kit/seeded-random.ts";
import {
  ANONYMOUS,
  blindedSlots,
  enrolDirectly,
  errorCode,
  makePeople,
  type Person,
  postRaw,
  tokensFrom,
} from "../kit/servers/crowd.ts";
import { codeReader } from "../kit/servers/mailed-codes.ts";
import { type EpochSecrets, mintTokens, openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { sized } from "../kit/size.ts";

const ALL_PAIRS = [1, 2, 3, 4, 5].flatMap((n) =>
  Array.from({ length: n }, (_, i) => ({ n, k: i + 1 })).filter(({ k }) => 2 * k > n),
);
/** In short those with bounds of 0, 0, 0; of 1, 0, 1; and of 2, 1, 1. */
const PAIRS = sized(
  [
    { n: 1, k: 1 },
    { n: 3, k: 2 },
    { n: 4, k: 3 },
  ],
  ALL_PAIRS,
);

describe.each(PAIRS)("$k of $n registrars", ({ n, k }) => {
  const random = new SeededRandom(100 * n + k);
  const bounds = quorumBounds(n, k);
  let world: World;
  let epochs: EpochSecrets[];
  let at: LetterRef;
  /** Keys that a recount must count in the end, and no others. */
  const expected = new Set<string>();

  beforeAll(async () => {
    world = await startWorld({ registrars: n, quorum: k, gates: true });
    epochs = await Promise.all(world.registrars.map((registrar) => openEpochSecrets(world, registrar)));
    at = { workforce: world.workforce, epoch: 1, slot: 0, letter: world.letters[0]! };
  }, 120_000);
  afterAll(() => world?.close());

  const stranger = () => new Secrets(random.phrase());
  const request = (secrets: Secrets, tokens: readonly Token[], quorum = tokens.length): EndorsementRequest =>
    makeEndorsement(secrets, at, {
      class: "mailbox",
      tokens,
      quorum,
      appearance: ANONYMOUS,
      remainder: "release",
    });
  const bring = async (of: EndorsementRequest) => {
    const { status, text } = await postRaw(`${world.files}v1/endorsements`, of as never);
    return status === 200 ? "accepted" : errorCode(text);
  };
  /** What dishonest registrars sign for whomever they like. */
  const signed = (by: readonly EpochSecrets[], secrets: Secrets): Token[] =>
    by.flatMap((epoch) => tokensOf(mintTokens(epoch, secrets, [0])));
  /** What an honest registrar signs for the holder of a mailbox, who reads its code; null if it refuses. */
  const enrolAt = async (i: number, person: Person): Promise<Token | null> => {
    const slots = blindedSlots(random, person, epochs[i]!, 1);
    try {
      const answer = await enrolDirectly(world, epochs[i]!, person, slots, world.registrars[i]);
      return tokensOf(tokensFrom(epochs[i]!, person, answer, 1))[0]!;
    } catch (error) {
      expect(String(error)).toContain("already-enrolled");
      return null;
    }
  };

  it(`states its bounds: ${bounds.forge} forging, ${bounds.double} doubling, ${bounds.outage} down`, () => {
    expect(world.manifest.bounds).toEqual({ forge: k - 1, double: 2 * k - n - 1, outage: n - k });
  });

  it("as many dishonest registrars as the forging bound invent nobody, whatever they hand in", async () => {
    const secrets = stranger();
    const dishonest = epochs.slice(0, bounds.forge);
    const honest = epochs.slice(bounds.forge);
    const own = signed(dishonest, secrets);
    const lent = honest[0]!.statement.registrar;
    // Some key of their own in an honest one's name: another slot's, another registrar's, or none at all.
    const false_ = [
      ...dishonest.map((epoch) => ({ ...signed([epoch], secrets)[0]!, registrar: lent })),
      ...signed(honest.slice(0, 1), stranger()),
      { ...tokensOf(mintTokens(honest[0]!, secrets, [1]), 1)[0]!, registrar: lent },
      { registrar: lent, prefix: "A".repeat(43), signature: `${"A".repeat(341)}A` },
    ].map(({ registrar, prefix, signature }) => ({ registrar, prefix, signature }));
    for (const token of false_) {
      expect(await bring(request(secrets, [...own, token]))).toBe("token-invalid");
    }
    if (own.length > 0) {
      expect(await bring(request(secrets, own))).toBe("wrong-quorum");
      // The board must not count one registrar twice.
      const twice = request(secrets, [...own, own[0]!]);
      expect(await bring(twice)).not.toBe("accepted");
    }
  });

  it("one more invents a signatory, and nobody can tell", async () => {
    const secrets = stranger();
    const of = request(secrets, signed(epochs.slice(0, bounds.forge + 1), secrets));
    expect(await bring(of)).toBe("accepted");
    expected.add(of.leaf.key);
  });

  /** Somebody who enrols with two phrases, honest registrars shared out between them, dishonest ones signing for both. */
  async function double(dishonest: number): Promise<string[]> {
    const [first] = makePeople(random, 1) as [Person];
    const second: Person = { ...makePeople(random, 1)[0]!, mailbox: first.mailbox };
    const honest = epochs.map((_, i) => i).slice(dishonest);
    const share = Math.max(0, Math.min(honest.length, k - dishonest));
    const accepted: string[] = [];
    for (const [person, own] of [
      [first, honest.slice(0, share)],
      [second, honest.slice(share)],
    ] as const) {
      const tokens = signed(epochs.slice(0, dishonest), person.secrets);
      // Everybody is asked, so that it is the registrars who refuse, and not the attacker who forgoes.
      for (const i of [...own, ...honest.filter((other) => !own.includes(other))]) {
        const token = await enrolAt(i, person);
        if (token !== null) tokens.push(token);
        if (person === first && tokens.length >= k) break;
      }
      if (tokens.length < k) continue;
      const of = request(person.secrets, tokens.sort(byRegistrar), k);
      if ((await bring(of)) === "accepted") accepted.push(of.leaf.key);
    }
    return accepted;
  }

  it("as many dishonest registrars as the doubling bound let nobody sign twice", async () => {
    const keys = await double(bounds.double);
    expect(keys).toHaveLength(1);
    for (const key of keys) expected.add(key);
  });

  it("one more does", async () => {
    const keys = await double(bounds.double + 1);
    expect(keys).toHaveLength(2);
    for (const key of keys) expected.add(key);
  });

  async function enrolWith(down: number) {
    const [person] = makePeople(random, 1) as [Person];
    for (const [i, gate] of world.gates.entries()) await gate.set({ is: i < down ? "refuse" : "open" });
    const view = await world.view();
    const { mailbox, secrets } = person;
    const result = await enrol({
      ...{ view, secrets, epoch: 1, name: null, fetch, wait: async () => {} },
      evidence: { kind: "mailbox-code", mailbox, askCode: codeReader(world, mailbox) },
    });
    return { secrets, result };
  }

  it("as many as the outage bound may be down, and people still enrol and sign", async () => {
    const { secrets, result } = await enrolWith(bounds.outage);
    expect(result.answered).toBe(k);
    const of = request(secrets, tokensOf(result.tokens), k);
    expect(await bring(of)).toBe("accepted");
    expected.add(of.leaf.key);
  });

  it("with one more down nobody new can, and no code is given away", async () => {
    const { result } = await enrolWith(bounds.outage + 1);
    expect(result.answered).toBe(0);
    expect(new Set(result.outcomes.map(({ state }) => state))).toEqual(
      new Set(k > 1 ? ["failed", "reserved"] : ["failed"]),
    );
  });

  it("a recount finds nothing wrong, and counts what was accepted and no more", async () => {
    for (const gate of world.gates) await gate.set({ is: "open" });
    await world.moveTo(addDays(OPENS, 1));
    const leaves = await readLeaves(world.files);
    const keys = leaves.flatMap(({ leaf }) => (leaf.type === "endorsement" ? [leaf.key] : []));
    expect(new Set(keys)).toEqual(expected);
    const report = await recount(httpSource(world.files), { workforce: world.workforce });
    expect(report.failures).toEqual([]);
    expect(report.letters[0]!.counted.mailbox).toBe(expected.size);
  });
});

function tokensOf({ tokens }: EnrolmentTokens, of = 0): Token[] {
  return tokens
    .filter(({ slot }) => slot === of)
    .map(({ registrar, prefix, signature }) => ({ registrar, prefix, signature }));
}

function byRegistrar(a: Token, b: Token): number {
  return a.registrar < b.registrar ? -1 : 1;
}
