/**
 * A board against a slow model of itself: random people who endorse, change their minds, repeat, contradict themselves and
 * come in any order, over days that pass. The model keeps plain lists and computes everything from them each time.
 */
import {
  type Appearance,
  addDays,
  daysBetween,
  type JsonValue,
  nameOf,
  type SignatoryLeaf,
} from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sized } from "../../../test/kit/size.ts";
import { FIRST_DAY, Kit, type Person, shownName, type TestLetter } from "./kit.ts";

type Kind = "endorsement" | "revision" | "withdrawal";
type Post = {
  kind: Kind;
  letter: number;
  key: string;
  seq: number;
  previous: string | null;
  name: string;
  consents: boolean;
  shown: string | null;
  body: JsonValue;
};
type LetterRule = { first: number; min: number; every: number; days: number };
type ModelLetter = LetterRule & {
  closed: null | "closed" | "too-few";
  destroyed: number;
  pool: Post[];
  log: Post[];
};

const newest = (posts: readonly Post[]) => posts.toSorted((a, b) => a.seq - b.seq).at(-1)!;
const isCounted = (posts: readonly Post[]) => newest(posts).kind !== "withdrawal";

class Model {
  day = FIRST_DAY;
  readonly letters: ModelLetter[];

  constructor(rules: readonly LetterRule[]) {
    this.letters = rules.map((rule) => ({ ...rule, closed: null, destroyed: 0, pool: [], log: [] }));
  }

  /** What the board must answer: "ok" or the code of its refusal. */
  accept(post: Post): string {
    const letter = this.letters[post.letter]!;
    const chain = [...letter.log, ...letter.pool].filter(({ key }) => key === post.key);
    if (chain.some(({ name }) => name === post.name)) return "ok";
    if (post.kind === "endorsement") {
      if (chain.length > 0) return "already-endorsed";
      if (letter.closed !== null || this.day > addDays(FIRST_DAY, letter.days)) return "letter-not-open";
    } else {
      if (chain.some(({ seq }) => seq === post.seq)) return "sequence-taken";
      if (!chain.some(({ seq, name }) => seq === post.seq - 1 && name === post.previous)) {
        return "predecessor-unknown";
      }
    }
    letter.pool.push(post);
    return "ok";
  }

  tick(day: string): void {
    this.day = day;
    for (const letter of this.letters) this.#tickLetter(letter);
  }

  #tickLetter(letter: ModelLetter): void {
    const inLog = new Set(letter.log.map(({ key }) => key));
    const waiting = letter.pool.filter(({ kind }) => kind === "endorsement");
    const days = daysBetween(FIRST_DAY, this.day);
    const out = new Set(inLog);
    let close: null | "closed" | "too-few" = null;
    if (letter.closed === null) {
      const over = days > letter.days;
      const due = over || (days > 0 && days % letter.every === 0 && waiting.length >= letter.min);
      const small = waiting.length < letter.min;
      const going = due ? waiting.filter(({ consents }) => !over || !small || consents) : [];
      const counted = going.filter(({ key }) => isCounted(letter.pool.filter((post) => post.key === key)));
      const enough = inLog.size > 0 || counted.length >= letter.first;
      if (enough) for (const { key } of going) out.add(key);
      if (over) close = enough ? "closed" : "too-few";
    }
    letter.log.push(...letter.pool.filter(({ key }) => out.has(key)));
    letter.pool = letter.pool.filter(({ key }) => !out.has(key));
    if (close === null) return;
    letter.closed = close;
    letter.destroyed = letter.pool.filter(({ kind }) => kind === "endorsement").length;
    letter.pool = [];
  }

  summary(letter: ModelLetter) {
    const keys = Map.groupBy(letter.log, ({ key }) => key);
    const counted = [...keys.values()].filter(isCounted).length;
    return {
      endorsements: keys.size,
      counted: { mailbox: counted, vouched: 0 },
      withdrawn: { mailbox: keys.size - counted, vouched: 0 },
    };
  }
}

const rule = fc.record({
  first: fc.integer({ min: 1, max: 4 }),
  min: fc.integer({ min: 1, max: 3 }),
  every: fc.integer({ min: 1, max: 3 }),
  days: fc.integer({ min: 1, max: 7 }),
});
const who = { letter: fc.nat(1), person: fc.nat(4) };
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("endorse" as const),
      ...who,
      consents: fc.boolean(),
      named: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("revise" as const), ...who, named: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("withdraw" as const), ...who }) },
  /** A leaf of a number that this person has used before, or has not reached. */
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wrong-seq" as const), ...who, seq: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("repeat" as const), which: fc.nat(30) }) },
  /** Several posts at once that are repeats of each other. */
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flood" as const), which: fc.nat(30) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("tick" as const), days: fc.integer({ min: 1, max: 2 }) }),
  },
);

eachDatabase("a board and its model", (database) => {
  it("agree on every answer and on every count", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(rule, rule),
        fc.array(step, { minLength: 10, maxLength: 45 }),
        async (rules, steps) => {
          const kit = await Kit.start({ databaseUrl: await database.freshUrl() });
          try {
            await new Run(kit, rules).play(steps);
          } finally {
            await kit.board.close();
          }
        },
      ),
      { numRuns: database.engine === "sqlite" ? sized(12, 30) : sized(4, 12) },
    );
  });
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Run {
  readonly kit: Kit;
  readonly rules: readonly LetterRule[];
  readonly model: Model;
  readonly posts: Post[] = [];
  readonly people = new Map<string, Person>();
  letters: TestLetter[] = [];

  constructor(kit: Kit, rules: readonly LetterRule[]) {
    this.kit = kit;
    this.rules = rules;
    this.model = new Model(rules);
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const one of this.rules) this.letters.push(await this.kit.publish(one));
    for (const one of steps) await this.step(one);
    // To the end of both letters, so that every run sees its closings.
    for (let i = 0; i < 9; i++) await this.tick(1);
    await this.compare();
    await this.kit.recounted();
  }

  person(letter: number, person: number): Person {
    const name = `${letter} ${person}`;
    const known = this.people.get(name) ?? this.kit.person(this.letters[letter]!);
    this.people.set(name, known);
    return known;
  }

  async step(one: Step): Promise<void> {
    if (one.do === "tick") return await this.tick(one.days);
    if (one.do === "repeat" || one.do === "flood") {
      const post = this.posts[one.which % Math.max(1, this.posts.length)];
      if (post === undefined) return;
      if (one.do === "repeat") return await this.send(post);
      const expected = this.model.accept(post);
      const answers = await Promise.all(Array.from({ length: 5 }, () => this.answer(post)));
      return expect(answers).toEqual(Array(5).fill(expected));
    }
    const person = this.person(one.letter, one.person);
    const chain = [...person.chain];
    const named = "named" in one && one.named;
    const appearance: Appearance = named
      ? {
          kind: "named",
          name: `Person ${one.person} ${this.posts.length}`,
          confirmed: null,
          role: null,
          place: null,
        }
      : { kind: "anonymous" };
    if (one.do === "endorse") {
      const remainder = one.consents ? "release" : "destroy";
      const request = person.endorsement({ appearance, remainder });
      // An endorsement of another appearance is another leaf; the chain goes on from the first.
      if (chain.length > 0) person.chain = chain;
      return await this.send(this.post(one.letter, request, appearance, one.consents));
    }
    if (one.do === "wrong-seq") {
      person.chain = Array.from({ length: one.seq + 1 }, (_, i) => chain[i] ?? this.letters[0]!.id);
      const request = person.revision();
      person.chain = chain;
      return await this.send(this.post(one.letter, request, appearance, false));
    }
    if (chain.length === 0) return;
    const request = one.do === "revise" ? person.revision(appearance) : person.withdrawal();
    await this.send(this.post(one.letter, request, appearance, false));
    // What was refused is not followed.
    if (!this.isKnown(request.leaf)) person.chain = chain;
  }

  isKnown(leaf: SignatoryLeaf): boolean {
    const name = nameOf(leaf);
    return this.model.letters.some(({ pool, log }) => [...pool, ...log].some((post) => post.name === name));
  }

  post(
    letter: number,
    request: { readonly leaf: SignatoryLeaf },
    appearance: Appearance,
    consents: boolean,
  ): Post {
    const { leaf } = request;
    const post: Post = {
      kind: leaf.type,
      letter,
      key: leaf.key,
      seq: leaf.seq,
      previous: leaf.previous,
      name: nameOf(leaf),
      consents,
      shown: appearance.kind === "named" && leaf.type !== "withdrawal" ? appearance.name : null,
      body: request as unknown as JsonValue,
    };
    // The consent is not part of the leaf: the same leaf with another one is a repeat.
    const same = this.posts.find(({ name }) => name === post.name);
    if (same === undefined) this.posts.push(post);
    return post;
  }

  async send(post: Post): Promise<void> {
    expect(await this.answer(post)).toBe(this.model.accept(post));
  }

  async answer(post: Post): Promise<string> {
    const { board, workforce } = this.kit;
    const commands = {
      endorsement: board.acceptEndorsement,
      revision: board.acceptRevision,
      withdrawal: board.acceptWithdrawal,
    };
    return await commands[post.kind](workforce, post.body).then(
      (receipt) => (receipt.leaf === post.name ? "ok" : "another leaf"),
      (error: { code: string }) => error.code,
    );
  }

  async tick(days: number): Promise<void> {
    const day = addDays(this.model.day, days);
    this.model.tick(day);
    await this.kit.toDay(day);
    await this.compare();
  }

  async compare(): Promise<void> {
    const { kit, model } = this;
    const index = await kit.index();
    const leaves = await kit.leaves();
    for (const [i, letter] of model.letters.entries()) {
      const { id } = this.letters[i]!;
      expect(index.letters[i]).toMatchObject(model.summary(letter));
      const logged = leaves.filter(
        (leaf): leaf is SignatoryLeaf =>
          (leaf.type === "endorsement" || leaf.type === "revision" || leaf.type === "withdrawal") &&
          leaf.letter === id,
      );
      expect(logged.map((leaf) => nameOf(leaf)).sort()).toEqual(letter.log.map(({ name }) => name).sort());
      const closing = leaves.find((leaf) => leaf.type === "closing" && leaf.letter === id);
      expect(closing?.type === "closing" ? closing.outcome : null).toBe(letter.closed);
      if (closing?.type === "closing" && closing.outcome === "closed") {
        expect(closing.destroyed).toEqual({ mailbox: letter.destroyed, vouched: 0 });
      }
      const keys = Map.groupBy(letter.log, ({ key }) => key);
      const heads = [...keys].map(([key, posts]) => {
        const { seq, name } = newest(posts);
        return { key, seq, leaf: name, state: isCounted(posts) ? "counted" : "withdrawn" };
      });
      const bucket = await kit.signatories(id);
      expect(bucket.entries.map(({ index: _, ...entry }) => entry)).toEqual(
        heads.sort((a, b) => (a.key < b.key ? -1 : 1)),
      );
      if (keys.size > 0) {
        const page = await kit.openings(id);
        const shown = [...keys.values()].flatMap((posts) => newest(posts).shown ?? []);
        expect(page.entries.map(shownName).sort()).toEqual(shown.sort());
      }
    }
  }
}
