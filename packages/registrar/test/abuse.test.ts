/** A registrar under attack, over HTTP: who floods it or guesses stops nobody else, and everybody is asked for work. */
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../src/index.ts";
import {
  type Answer,
  codeIn,
  newWorkforce,
  Person,
  post,
  type Running,
  removeFolders,
  solve,
  solved,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";

afterEach(stopAll);
afterAll(removeFolders);

const ADDRESS = { honest: "203.0.113.7", attacker: (i: number) => `198.51.100.${i}` };
/** Little work, so that this test does in seconds what an attacker has an hour for. */
const work = { rounds: 1, mostRounds: 1, remembered: 10_000 };

const seen = ({ status, body }: Answer) => `${status} ${body.code ?? body.type}`;

async function startHere(workforce: Workforce, limits: object = {}): Promise<Running> {
  return start(workforce, { limits: { work, ...limits }, trustProxy: ["127.0.0.1"] });
}

/** The whole way of a client that works where it is asked to. */
async function enrolFrom(registrar: Running, person: Person, network: string): Promise<string[]> {
  const answers: Answer[] = [];
  const send = async (path: string, body: (work: string | null) => ReturnType<Person["reservation"]>) => {
    answers.push(await post(registrar.url, path, body(null), undefined, network));
    if (answers.at(-1)?.body.code !== "work-needed") return;
    answers.push(await post(registrar.url, path, body(await solved(registrar)), undefined, network));
  };
  await send("/v1/reservations", (work) => person.reservation({ work }));
  const code = codeIn((await registrar.smtp.waitFor(person.mailbox)).raw);
  await send("/v1/enrolments", (work) => person.enrolment(code, { work }));
  expect(await person.tokens(answers.at(-1)!)).toHaveLength(16);
  return answers.map(seen);
}

describe("a registrar in quiet times", () => {
  it("asks nobody for work, and does not look at what is sent as such", async () => {
    const workforce = await newWorkforce();
    const registrar = await startHere(workforce);
    const person = new Person(workforce, "jodoe@example.com");
    expect(await enrolFrom(registrar, person, ADDRESS.honest)).toEqual(["200 reservation", "200 enrolment"]);
    const answer = await post(registrar.url, "/v1/reservations", person.reservation({ work: "nothing" }));
    expect(seen(answer)).toBe("200 reservation");
  });

  it("gives challenges that nobody may keep, in its own name", async () => {
    const workforce = await newWorkforce();
    const registrar = await startHere(workforce);
    const response = await fetch(`${registrar.url}/v1/challenge`);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ type: "challenge", v: 1, registrar: workforce.identity });
  });
});

describe("wrong codes", () => {
  it.each([3, 50])(
    "from %i networks, whose owners do the work, keep nobody from enrolling",
    async (networks) => {
      const workforce = await newWorkforce();
      const registrar = await startHere(workforce);
      const attackers = Array.from({ length: 30 }, (_, i) => new Person(workforce, `person${i}@example.com`));
      const answers: string[] = [];
      for (let i = 0; i < 300; i++) {
        const guesser = attackers[i % attackers.length]!;
        // Fresh requests each time, so that it is not their own limit that stops them.
        const slots = guesser.slots.map((item, n) =>
          n === i % 16 ? { ...item, blinded: shifted(item.blinded, i) } : item,
        );
        const code = String(10_000_000 + i);
        const work = i < DEFAULT_LIMITS.wrongCodes.underAttack ? null : await solved(registrar);
        const network = ADDRESS.attacker(i % networks);
        answers.push(
          seen(
            await post(
              registrar.url,
              "/v1/enrolments",
              guesser.enrolment(code, { slots, work }),
              undefined,
              network,
            ),
          ),
        );
      }
      const refused = answers.filter((answer) => answer === "429 too-many-requests").length;
      expect(refused).toBe(networks === 3 ? 300 - 3 * DEFAULT_LIMITS.wrongCodes.perNetwork : 0);
      expect(answers.filter((answer) => answer === "403 wrong-code")).toHaveLength(300 - refused);
      const person = new Person(workforce, "jodoe@example.com");
      expect(await enrolFrom(registrar, person, ADDRESS.honest)).toEqual([
        "428 work-needed",
        "200 reservation",
        "428 work-needed",
        "200 enrolment",
      ]);
      expect(registrar.log.filter((line) => line.includes("under-attack"))).toHaveLength(1);
    },
  );

  it("beyond the threshold make everybody work until five minutes pass without one", async () => {
    const workforce = await newWorkforce();
    const limits = { wrongCodes: { ...DEFAULT_LIMITS.wrongCodes, underAttack: 2 } };
    const registrar = await startHere(workforce, limits);
    const guesser = new Person(workforce, "person@example.com");
    const guess = async () => seen(await guesser.enrol(registrar, "00000000"));
    expect([await guess(), await guess(), await guess()]).toEqual([
      "403 wrong-code",
      "403 wrong-code",
      "428 work-needed",
    ]);
    registrar.clock.pass(4);
    expect(await guess()).toBe("428 work-needed");
    registrar.clock.pass(1);
    expect(await guess()).toBe("403 wrong-code");
  });
});

describe("reservations that come faster than their rate", () => {
  it("make everybody work and stop nobody; a solution serves one request", async () => {
    const workforce = await newWorkforce();
    const few = { capacity: 2, refillPerSecond: 1 / 600 };
    const registrar = await startHere(workforce, { reservationsInAll: few });
    const person = new Person(workforce, "jodoe@example.com");
    const reserve = async (name: string, work: string | null = null) => {
      const evidence = { kind: "mailbox-code", mailbox: `${name}@example.com` };
      return seen(await post(registrar.url, "/v1/reservations", person.reservation({ evidence, work })));
    };
    expect([await reserve("a"), await reserve("b"), await reserve("c")]).toEqual([
      "200 reservation",
      "200 reservation",
      "428 work-needed",
    ]);
    const work = await solved(registrar);
    expect([await reserve("d", work), await reserve("e", work)]).toEqual([
      "200 reservation",
      "428 work-wrong",
    ]);
    const { challenge } = JSON.parse(work);
    const forged = solve(JSON.stringify({ ...challenge, signature: "0".repeat(64) }));
    expect(await reserve("f", forged)).toBe("428 work-wrong");
    expect(seen(await person.enrol(registrar, "00000000"))).toBe("428 work-needed");
  });

  it("are answered alike under attack, too, whatever the mailbox", async () => {
    const workforce = await newWorkforce();
    const few = { capacity: 1, refillPerSecond: 1 / 600 };
    const registrar = await startHere(workforce, { reservationsInAll: few });
    const person = new Person(workforce, "jodoe@example.com");
    await post(registrar.url, "/v1/reservations", person.reservation());
    for (const withWork of [false, true]) {
      const texts = new Set<string>();
      for (const mailbox of ["kim@example.com", "all@example.com", "kim@example.net"]) {
        const evidence = { kind: "mailbox-code", mailbox };
        const work = withWork ? await solved(registrar) : null;
        texts.add(
          (await post(registrar.url, "/v1/reservations", person.reservation({ evidence, work }))).text,
        );
      }
      expect(texts.size).toBe(1);
    }
  });
});

/** Another number in range: the last bytes replaced. */
function shifted(blinded: string, i: number): string {
  const bytes = Buffer.from(blinded, "base64url");
  bytes.writeUInt32BE(i + 1, bytes.length - 4);
  return bytes.toString("base64url");
}
