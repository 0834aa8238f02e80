/** A registrar killed in the middle of enrolments: whoever repeats gets their tokens, and nobody is counted twice. */
import { startSmtp } from "@undersigned/service/testing";
import { afterAll, afterEach, expect, it } from "vitest";
import { runRegistrar } from "./child-process.ts";
import { codeIn, newWorkforce, openTables, Person, post, removeFolders, start, stopAll } from "./kit.ts";

afterEach(stopAll);
afterAll(removeFolders);

it("loses nothing when it is killed while it stores and signs", async () => {
  const workforce = await newWorkforce();
  const smtp = await startSmtp();
  const people = Array.from({ length: 10 }, (_, i) => new Person(workforce, `person${i}@example.com`));
  try {
    const codes: string[] = [];
    let stored = 0;
    for (const finished of [1, 4, 7]) {
      const child = await runRegistrar(workforce.dataDir, smtp.port);
      if (codes.length === 0) {
        for (const person of people) {
          await post(child.line, "/v1/reservations", person.reservation());
          codes.push(codeIn((await smtp.waitFor(person.mailbox)).raw));
        }
      }
      let answered = 0;
      const half = new Promise<void>((resolve) => {
        for (const [i, person] of people.entries()) {
          person.enrol({ url: child.line }, codes[i]!).then(
            () => {
              answered += 1;
              if (answered === finished) resolve();
            },
            () => undefined,
          );
        }
      });
      await half;
      await child.kill();
      const tables = await openTables(workforce);
      const tags = await tables.db.selectFrom("enrolment").select("tag").execute();
      const issued = await tables.db.selectFrom("issued").select("count").executeTakeFirstOrThrow();
      await tables.close();
      expect(tags.length).toBe(issued.count);
      expect(tags.length).toBeGreaterThanOrEqual(Math.max(answered, stored));
      stored = tags.length;
    }
    const registrar = await start(workforce);
    for (const [i, person] of people.entries()) {
      const answer = await person.enrol(registrar, codes[i]!);
      expect(answer.status).toBe(200);
      await person.tokens(answer);
    }
    await stopAll();
    const tables = await openTables(workforce);
    expect(await tables.db.selectFrom("enrolment").select("tag").execute()).toHaveLength(10);
    expect(await tables.db.selectFrom("issued").select("count").execute()).toEqual([{ count: 10 }]);
    await tables.close();
  } finally {
    await smtp.stop();
  }
});
