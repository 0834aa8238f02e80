/** The whole way at one registrar, over HTTP and a real mail server, on both databases. */
import { setTimeout as sleep } from "node:timers/promises";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import {
  newWorkforce,
  OTHER_PHRASE,
  openTables,
  otherCode,
  Person,
  post,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";

afterEach(stopAll);
afterAll(removeFolders);

async function stored(workforce: Workforce): Promise<{ tags: number; counted: number }> {
  const database = await openTables(workforce);
  const tags = await database.db.selectFrom("enrolment").selectAll().execute();
  const issued = await database.db.selectFrom("issued").selectAll().execute();
  await database.close();
  return { tags: tags.length, counted: issued.reduce((sum, row) => sum + row.count, 0) };
}

eachDatabase("an enrolment", (database) => {
  const workforceHere = async () => newWorkforce(await database.freshUrl());

  it("turns a code from the mailbox into sixteen tokens that anyone can check", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jo.doe@example.com");
    const reservation = await post(registrar.url, "/v1/reservations", person.reservation());
    expect(reservation.body).toEqual({
      type: "reservation",
      v: 1,
      registrar: workforce.identity,
      requests: person.requests,
      minutes: 10,
    });
    const code = await person.askCode(registrar);
    const answer = await person.enrol(registrar, code);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await person.tokens(answer)).toHaveLength(16);
    await stopAll();
    expect(await stored(workforce)).toEqual({ tags: 1, counted: 1 });
  });

  it("gives the same bytes again to the same phrase, from any spelling of the mailbox, also after a restart", async () => {
    const workforce = await workforceHere();
    const person = new Person(workforce, "jo.doe@example.com");
    const spelled = new Person(workforce, "J.O.Doe+letters@MAIL.Example.com");
    let registrar = await start(workforce);
    const first = await person.enrol(registrar, await person.askCode(registrar));
    await stopAll();
    registrar = await start(workforce);
    const second = await spelled.enrol(registrar, await spelled.askCode(registrar));
    expect(second.status).toBe(200);
    expect(second.text).toBe(first.text);
    await stopAll();
    expect(await stored(workforce)).toEqual({ tags: 1, counted: 1 });
  });

  it("refuses another phrase for the mailbox, and says so only to who has the mailbox", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const code = await person.askCode(registrar);
    await person.enrol(registrar, code);
    const other = new Person(workforce, "jo.doe+2@example.com", OTHER_PHRASE);
    const nobody = new Person(workforce, "nobody@example.com", OTHER_PHRASE);
    const reservations = [other, nobody].map((who) =>
      post(registrar.url, "/v1/reservations", who.reservation()),
    );
    const [enrolled, unknown] = await Promise.all(reservations);
    expect(enrolled!.text).toBe(unknown!.text);
    const guess = await other.enrol(registrar, "00000000");
    const elsewhere = await nobody.enrol(registrar, "00000000");
    expect(guess.body.code).toBe("wrong-code");
    expect(guess.text).toBe(elsewhere.text);
    const proved = await other.enrol(registrar, await other.askCode(registrar));
    expect(proved.status).toBe(409);
    expect(proved.body.code).toBe("already-enrolled");
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("lets exactly one of two phrases win when twenty requests for one mailbox arrive at once", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    const people = [
      new Person(workforce, "jodoe@example.com"),
      new Person(workforce, "jodoe@example.com", OTHER_PHRASE),
    ];
    const codes = [await people[0]!.askCode(registrar), await people[1]!.askCode(registrar)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => people[i % 2]!.enrol(registrar, codes[i % 2]!)),
    );
    const winners = answers.filter((answer) => answer.status === 200);
    const losers = answers.filter((answer) => answer.status === 409);
    expect(winners).toHaveLength(10);
    expect(losers).toHaveLength(10);
    expect(new Set(winners.map((answer) => answer.text)).size).toBe(1);
    const winner = people[answers[0]!.status === 200 ? 0 : 1]!;
    expect(await winner.tokens(winners[0]!)).toHaveLength(16);
    await stopAll();
    expect(await stored(workforce)).toEqual({ tags: 1, counted: 1 });
  });

  it("enrols many people at once, each counted once", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce, { workers: 2 });
    const people = Array.from({ length: 12 }, (_, i) => new Person(workforce, `person${i}@example.com`));
    const codes = await Promise.all(people.map((person) => person.askCode(registrar, person.mailbox)));
    // Each twice at the same time, as an impatient person sends it.
    const answers = await Promise.all(
      [...people, ...people].map((person, i) => person.enrol(registrar, codes[i % people.length]!)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(24).fill(200));
    for (const [i, person] of people.entries()) {
      expect(answers[i]!.text).toBe(answers[i + people.length]!.text);
      await person.tokens(answers[i]!);
    }
    await stopAll();
    expect(await stored(workforce)).toEqual({ tags: 12, counted: 12 });
  });

  it("completes an enrolment whose answer was lost", async () => {
    const workforce = await workforceHere();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const code = await person.askCode(registrar);
    for (const after of [0, 2, 5, 10]) {
      const abort = new AbortController();
      const lost = person.enrol(registrar, code, abort.signal).catch(() => undefined);
      await sleep(after);
      abort.abort();
      await lost;
    }
    const answer = await person.enrol(registrar, code);
    expect(answer.status).toBe(200);
    await person.tokens(answer);
    await stopAll();
    expect(await stored(workforce)).toEqual({ tags: 1, counted: 1 });
  });
});

describe("a code", () => {
  it("is refused when it is wrong, and the right one counts until five wrong ones were entered", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const code = await person.askCode(registrar);
    for (let i = 0; i < 4; i++) {
      const answer = await person.enrol(registrar, otherCode(code));
      expect([answer.status, answer.body.code]).toEqual([403, "wrong-code"]);
    }
    expect((await person.enrol(registrar, code)).status).toBe(200);
    expect((await person.enrol(registrar, otherCode(code))).body.code).toBe("wrong-code");
    const locked = await person.enrol(registrar, code);
    expect([locked.status, locked.body.code]).toEqual([429, "too-many-tries"]);
    registrar.clock.pass(15);
    expect((await person.enrol(registrar, await person.askCode(registrar))).status).toBe(200);
  });

  it("holds for ten minutes at least and fifteen at most", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const code = await person.askCode(registrar);
    registrar.clock.pass(10);
    expect((await person.enrol(registrar, code)).status).toBe(200);
    registrar.clock.pass(5);
    expect((await person.enrol(registrar, code)).body.code).toBe("wrong-code");
  });

  it("serves the requests that it was asked for, and no others", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const thief = new Person(workforce, "jodoe@example.com", OTHER_PHRASE);
    const code = await person.askCode(registrar);
    expect((await thief.enrol(registrar, code)).body.code).toBe("wrong-code");
    const swapped = person.slots.map((item, i) => (i === 3 ? thief.slots[3]! : item));
    const mixed = await post(registrar.url, "/v1/enrolments", person.enrolment(code, { slots: swapped }));
    expect(mixed.body.code).toBe("wrong-code");
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("serves the mailbox that it was sent to, and no other", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    const other = new Person(workforce, "kimdoe@example.com");
    const code = await person.askCode(registrar);
    expect((await other.enrol(registrar, code)).body.code).toBe("wrong-code");
  });
});
