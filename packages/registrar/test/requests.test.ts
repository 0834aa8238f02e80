/** What a registrar refuses, each with its own code, and what its public addresses say. */
import { join } from "node:path";
import { decodeBase64url, encodeBase64url, type JsonValue, SLOTS } from "@undersigned/core";
import { openKeyFile } from "@undersigned/service";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeWindow, deriveCode } from "../src/codes.ts";
import { noteName } from "../src/index.ts";
import {
  type Answer,
  newWorkforce,
  otherCode,
  Person,
  post,
  type Running,
  removeFolders,
  solved,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { reservationOf, signedMail } from "./signed-mail.ts";

let workforce: Workforce;
let registrar: Running;
let person: Person;

beforeEach(async () => {
  workforce = await newWorkforce();
  registrar = await start(workforce);
  person = new Person(workforce, "jodoe@example.com");
});
afterEach(stopAll);
afterAll(removeFolders);

const reserve = (changes: Record<string, JsonValue>) =>
  post(registrar.url, "/v1/reservations", person.reservation(changes));
const evidence = (mailbox: string) => ({ evidence: { kind: "mailbox-code", mailbox } });
const seen = ({ status, body }: Answer) => [status, body.code];

describe("a reservation", () => {
  it.each(["jodoe", "jo doe@example.com", "+x@example.com"])(
    "for %s, which is no mailbox, is refused",
    async (text) => {
      const answer = await reserve(evidence(text));
      expect(seen(answer)).toEqual([422, "mailbox-malformed"]);
      expect(answer.text).not.toContain(text);
      expect(registrar.smtp.messages).toEqual([]);
    },
  );

  it.each(["jodoe@example.net", "jodoe@sub.example.com", "all@example.com", "team-sales+x@example.com"])(
    "for %s, which the rules refuse, is answered as any other, sends nothing, and no code is right",
    async (mailbox) => {
      const [here, other] = [await reserve(evidence(mailbox)), await reserve(evidence("kim@example.com"))];
      expect([here.status, here.text]).toEqual([200, other.text]);
      for (let i = 0; i < 2; i++) expect((await reserve(evidence(mailbox))).text).toBe(here.text);
      expect(seen(await reserve(evidence(mailbox)))).toEqual([429, "too-many-requests"]);
      await registrar.smtp.waitFor("kim@example.com");
      expect(registrar.smtp.messages).toHaveLength(1);
      // The code that it would have been sent, made with the registrar's own key.
      const keys = await openKeyFile(join(workforce.dataDir, "keys", "epoch-1.age"), LOCK);
      const { code: key } = JSON.parse(Buffer.from(keys).toString()) as { code: string };
      const canonical = mailbox.replace("+x", "");
      const window = codeWindow(registrar.clock.now());
      const code = deriveCode(decodeBase64url(key, 32), canonical, person.requests, window);
      const withCode = (evidence: JsonValue) =>
        post(registrar.url, "/v1/enrolments", person.enrolment(code, { evidence }));
      const refused = await withCode({ kind: "mailbox-code", mailbox, code });
      const elsewhere = await withCode({ kind: "mailbox-code", mailbox: "kim@example.com", code });
      expect(seen(refused)).toEqual([403, "wrong-code"]);
      expect(refused.text).toBe(elsewhere.text);
    },
  );

  it("needs this workforce, a known epoch, an open day and accepted evidence", async () => {
    const otherHash = encodeBase64url(new Uint8Array(32).fill(7));
    expect(seen(await reserve({ workforce: otherHash }))).toEqual([404, "workforce-unknown"]);
    expect(seen(await reserve({ epoch: 2 }))).toEqual([404, "epoch-unknown"]);
    expect(seen(await reserve({ class: "vouched" }))).toEqual([422, "evidence-not-accepted"]);
    for (const day of ["2031-02-28", "2031-07-01"]) {
      registrar.clock.today = day;
      expect(seen(await reserve({}))).toEqual([409, "epoch-not-open"]);
    }
    for (const day of [workforce.statement.opens, workforce.statement.closes]) {
      registrar.clock.today = day;
      expect((await reserve({})).status).toBe(200);
    }
  });

  it("is limited for a mailbox from one network, by the clock, and says for how long", async () => {
    for (let i = 0; i < 3; i++) expect((await reserve({})).status).toBe(200);
    const refused = await reserve(evidence("jo.doe+more@mail.example.com"));
    expect(seen(refused)).toEqual([429, "too-many-requests"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await reserve(evidence("kim@example.com"))).status).toBe(200);
    registrar.clock.pass(10);
    expect((await reserve({})).status).toBe(200);
  });

  it("has unknown, missing and misspelt fields refused without their values", async () => {
    const whole = person.reservation() as Record<string, JsonValue>;
    const { requests, ...missing } = whole;
    for (const [code, body] of [
      ["unknown-field", { ...whole, note: "canary" }],
      ["bad-field", missing],
      ["bad-field", { ...whole, epoch: "1" }],
      ["bad-field", { ...whole, v: 2 }],
    ] as const) {
      const answer = await post(registrar.url, "/v1/reservations", body as JsonValue);
      expect(seen(answer)).toEqual([400, code]);
      expect(answer.text).not.toContain("canary");
    }
    const spaced = await fetch(`${registrar.url}/v1/reservations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(whole, null, 1),
    });
    expect(((await spaced.json()) as { code: string }).code).toBe("not-canonical");
  });
});

describe("a reservation", () => {
  it("beyond the mailbox's own limit is answered as any other, and no mail is sent", async () => {
    await stopAll();
    const rate = { capacity: 100, refillPerSecond: 1 };
    const limits = {
      mailsPerMailboxAndNetwork: rate,
      mailsPerMailbox: { capacity: 2, refillPerSecond: 1 / 600 },
    };
    registrar = await start(workforce, { limits });
    const answers = [
      await reserve({}),
      await reserve({}),
      await reserve({}),
      await reserve(evidence("kim@example.com")),
    ];
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    await registrar.smtp.waitFor("kim@example.com");
    for (const _ of [1, 2]) await registrar.smtp.waitFor("jodoe@example.com");
    // Several are on their way at once: who was asked for later may arrive first.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(registrar.smtp.messages.filter((mail) => mail.to.includes("jodoe@example.com"))).toHaveLength(2);
  });

  it("is limited for a network", async () => {
    await stopAll();
    const few = { capacity: 2, refillPerSecond: 1 / 600 };
    registrar = await start(workforce, { limits: { reservationsPerNetwork: few } });
    for (const name of ["a", "b"]) expect((await reserve(evidence(`${name}@example.com`))).status).toBe(200);
    expect(seen(await reserve(evidence("c@example.com")))).toEqual([429, "too-many-requests"]);
    registrar.clock.pass(10);
    expect((await reserve(evidence("c@example.com"))).status).toBe(200);
  });

  it.each(["example.com", "example.net"])(
    "at %s is refused as busy when the mail queue is full",
    async (domain) => {
      await stopAll();
      registrar = await start(workforce, { limits: { mailQueue: 1 } });
      const names = Array.from({ length: 6 }, (_, i) => `person${i}@${domain}`);
      const answers = await Promise.all(names.map((name) => reserve(evidence(name))));
      expect(
        answers.filter((answer) => answer.body.code === "busy" && answer.status === 503).length,
      ).toBeGreaterThan(0);
    },
  );
});

describe("an enrolment", () => {
  const enrol = (code: string, slots: JsonValue) =>
    post(registrar.url, "/v1/enrolments", person.enrolment(code, { slots }));
  const withBlinded = (slot: number, bytes: Uint8Array) =>
    person.slots.map((item) => (item.slot === slot ? { slot, blinded: encodeBase64url(bytes) } : item));
  const modulus = (slot: number) => decodeBase64url(workforce.statement.keys[slot]!.spki).slice(33, 33 + 256);

  it("is refused when a blinded message is zero, the modulus or more", async () => {
    const code = await person.askCode(registrar);
    const above = modulus(5);
    above[255]! += 2;
    for (const bytes of [new Uint8Array(256), modulus(5), new Uint8Array(256).fill(255), above]) {
      expect(seen(await enrol(code, withBlinded(5, bytes)))).toEqual([422, "rsa-out-of-range"]);
    }
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("takes the largest number below the modulus, and signs it", async () => {
    const largest = modulus(5);
    largest[255]! -= 1;
    const slots = withBlinded(5, largest);
    const requests = person.hashOf(slots);
    await reserve({ requests });
    const raw = (await registrar.smtp.waitFor("jodoe@example.com")).raw;
    const answer = await enrol(/\b\d{8}\b/.exec(raw.slice(raw.indexOf("\r\n\r\n")))![0], slots);
    expect(answer.status).toBe(200);
    // n-1 is -1, and -1 to any odd power is -1.
    expect((answer.body.slots as { signature: string }[])[5]!.signature).toBe(encodeBase64url(largest));
  });

  it("needs all slots, in order, each once", async () => {
    const code = await person.askCode(registrar);
    const { slots } = person;
    const wrong = [slots.slice(1), [...slots].reverse(), [...slots.slice(0, SLOTS - 1), slots[0]!], []];
    for (const list of wrong) expect(seen(await enrol(code, list))[0]).toBe(400);
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("needs a code of eight digits", async () => {
    for (const code of ["1234567", "123456789", "1234567x", "１２３４５６７８"]) {
      expect((await person.enrol(registrar, code)).status).toBe(400);
    }
  });

  it("is refused once the epoch is over, though the code is right", async () => {
    const code = await person.askCode(registrar);
    registrar.clock.today = "2031-07-01";
    expect(seen(await person.enrol(registrar, code))).toEqual([409, "epoch-not-open"]);
    registrar.clock.today = workforce.statement.closes;
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("is limited for a network, by the clock", async () => {
    await stopAll();
    registrar = await start(workforce, {
      limits: { enrolmentsPerNetwork: { capacity: 1, refillPerSecond: 1 / 60 } },
    });
    const code = await person.askCode(registrar);
    expect((await person.enrol(registrar, otherCode(code))).body.code).toBe("wrong-code");
    expect(seen(await person.enrol(registrar, code))).toEqual([429, "too-many-requests"]);
    registrar.clock.pass(1);
    expect((await person.enrol(registrar, code)).status).toBe(200);
  });

  it("is asked for work and refused as busy when too many wait to be signed, costs no try, and completes later", async () => {
    await stopAll();
    // Work that is quick to do, as thirteen pieces of it are done here.
    const work = { rounds: 1, mostRounds: 1, remembered: 100 };
    registrar = await start(workforce, { limits: { signQueue: 1, work } });
    const code = await person.askCode(registrar);
    const send = (work: string | null) =>
      post(registrar.url, "/v1/enrolments", person.enrolment(code, { work }));
    const count = (answers: Answer[], status: number, word?: string) =>
      answers.filter(({ status: one, body }) => one === status && body.code === word).length;
    const bare = await Promise.all(Array.from({ length: 12 }, () => send(null)));
    expect(count(bare, 428, "work-needed")).toBeGreaterThan(0);
    expect(count(bare, 200) + count(bare, 428, "work-needed")).toBe(12);
    expect(registrar.log.join("")).toContain('"under-attack"');
    const works = await Promise.all(Array.from({ length: 12 }, () => solved(registrar)));
    const worked = await Promise.all(works.map(send));
    expect(count(worked, 503, "busy")).toBeGreaterThan(0);
    expect(count(worked, 200) + count(worked, 503, "busy")).toBe(12);
    expect((await send(await solved(registrar))).status).toBe(200);
    registrar.clock.pass(5);
    expect((await send(null)).status).toBe(200);
  });

  it("has a body of 64 KB at most", async () => {
    const answer = await enrol("12345678", "x".repeat(66_000));
    expect(seen(answer)).toEqual([413, "too-large"]);
  });
});

describe("where the manifest takes codes only, an enrolment", () => {
  it("by a mail or an invitation is refused", async () => {
    const mail = await signedMail("jodoe@example.com");
    expect(seen(await reserve({ evidence: reservationOf(mail, workforce.identity) }))).toEqual([
      422,
      "evidence-not-accepted",
    ]);
    const answer = await post(
      registrar.url,
      "/v1/enrolments",
      person.enrolment("", { evidence: mail.evidence }),
    );
    expect(seen(answer)).toEqual([422, "evidence-not-accepted"]);
  });

  it("gives no invitations and confirms no name, nor is one noted", async () => {
    const { dataDir } = workforce;
    const code = await person.askCode(registrar);
    const name = { name: "Jo Doe", keys: Array(SLOTS).fill(workforce.identity) };
    const answer = await post(registrar.url, "/v1/enrolments", person.enrolment(code, { name }));
    expect(answer.body).toMatchObject({ invitations: [], name: null });
    const invitations = [{ number: 0, blinded: person.slots[0]!.blinded }];
    const more = await post(registrar.url, "/v1/enrolments", person.enrolment(code, { invitations }));
    expect(seen(more)).toEqual([400, "bad-field"]);
    await stopAll();
    const note = { dataDir, lock: LOCK, epoch: 1, mailbox: "jodoe@example.com", name: "Jo Doe" };
    await expect(noteName(note)).rejects.toMatchObject({ code: "names-not-accepted" });
  });
});

describe("the public addresses", () => {
  it("say who the registrar is and which epoch is open today", async () => {
    const read = async () => (await fetch(`${registrar.url}/v1/registrar`)).json();
    const { workforce: id } = workforce.statement;
    const answer = { type: "registrar", v: 1, identity: workforce.identity, workforce: id };
    expect(await read()).toEqual({ ...answer, epoch: 1 });
    registrar.clock.today = "2031-07-01";
    expect(await read()).toEqual({ ...answer, epoch: null });
  });

  it("serve the key statement byte for byte, for ever", async () => {
    const response = await fetch(`${registrar.url}/v1/statements/1`);
    expect(Buffer.from(await response.arrayBuffer()).equals(workforce.statementFile)).toBe(true);
    expect(response.headers.get("cache-control")).toContain("immutable");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    for (const path of ["2", "0", "01", "1.0", "x"]) {
      expect((await fetch(`${registrar.url}/v1/statements/${path}`)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it("let a board's page, or a saved one, post", async () => {
    const response = await fetch(`${registrar.url}/v1/enrolments`, {
      method: "OPTIONS",
      headers: { origin: "null", "access-control-request-method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("send no mail and enrol nobody upon GET", async () => {
    for (const path of ["reservations", "enrolments", "issuance"]) {
      expect((await fetch(`${registrar.url}/v1/${path}`)).status).toBe(405);
    }
    expect(registrar.smtp.messages).toEqual([]);
  });
});
