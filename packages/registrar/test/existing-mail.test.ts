/** Existing mail as evidence: what it gives, and what whoever else has the mail cannot do with it. */
import { parseKeyStatement } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEpochKeys } from "../src/index.ts";
import { enrolBy, enrolByMail, newRegistrar, reserveMail, seen } from "./evidence-kit.ts";
import {
  OTHER_PHRASE,
  openTables,
  Person,
  post,
  type Running,
  removeFolders,
  start,
  stopAll,
  type Workforce,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";
import {
  dns,
  dnsDown,
  dnsWith,
  KEY_NAME,
  key,
  mailOf,
  reservationOf,
  senderKey,
  signedMail,
} from "./signed-mail.ts";
import { TestClock } from "./test-clock.ts";

const MAILBOX = "janedoe@example.com";

let workforce: Workforce;
let registrar: Running;
let person: Person;

beforeEach(async () => {
  workforce = await newRegistrar();
  registrar = await start(workforce, { lookUpTxt: dns });
  person = new Person(workforce, MAILBOX);
});
afterEach(stopAll);
afterAll(removeFolders);

async function stored(of: Workforce) {
  const tables = await openTables(of);
  const issued = await tables.db.selectFrom("issued").select(["evidence", "count"]).execute();
  const keys = await tables.db.selectFrom("mail_key").select(["name", "record"]).execute();
  const spent = await tables.db.selectFrom("spent_mail").selectAll().execute();
  await tables.close();
  const counts = issued.filter(({ count }) => count > 0).map(({ evidence, count }) => `${evidence} ${count}`);
  return { counts: counts.sort(), keys, spent: spent.length };
}

eachDatabase("a mail that the person already had", (database) => {
  it("gives sixteen tokens once it is reserved, the same ones again, and leaves a count and the sender's key", async () => {
    const here = await newRegistrar(0, await database.freshUrl());
    const one = await start(here, { lookUpTxt: dns });
    const somebody = new Person(here, "Jane.Doe+x@mail.example.com");
    // In another spelling of the same mailbox.
    const mail = await signedMail("Jane Doe <J.ane.Doe@example.com>");
    const reserved = await reserveMail(one, somebody, mail);
    expect(reserved.body).toEqual({
      type: "reservation",
      v: 1,
      registrar: here.identity,
      requests: somebody.requests,
      minutes: 60,
    });
    const first = await enrolBy(one, somebody, mail.evidence);
    expect(await somebody.tokens(first)).toHaveLength(16);
    expect(first.body.invitations).toHaveLength(2);
    const again = await enrolBy(one, somebody, mail.evidence);
    const newer = await enrolByMail(one, somebody, await signedMail(MAILBOX));
    expect([again.text, newer.text]).toEqual([first.text, first.text]);
    expect(one.log.join("")).not.toContain("dns");
    await stopAll();
    expect(await stored(here)).toEqual({
      counts: ["existing-mail 1"],
      keys: [{ name: KEY_NAME, record: key.record }],
      spent: 1,
    });
  });

  it("and a code are one enrolment of the mailbox, whichever came first", async () => {
    const here = await newRegistrar(0, await database.freshUrl());
    const one = await start(here, { lookUpTxt: dns });
    const by = (name: string, phrase?: string) => new Person(here, `${name}@example.com`, phrase);
    const mail = async (name: string) => await signedMail(`${name}@example.com`);
    const code = async (who: Person) => await who.enrol(one, await who.askCode(one, who.mailbox));

    const first = await code(by("ada"));
    expect(seen(await enrolByMail(one, by("ada", OTHER_PHRASE), await mail("ada")))).toBe(
      "409 already-enrolled",
    );
    expect((await enrolByMail(one, by("ada"), await mail("ada"))).text).toBe(first.text);

    const other = await enrolByMail(one, by("ben"), await mail("ben"));
    expect(seen(await code(by("ben", OTHER_PHRASE)))).toBe("409 already-enrolled");
    expect((await code(by("ben"))).text).toBe(other.text);
    await stopAll();
    expect(await stored(here)).toMatchObject({
      counts: ["existing-mail 1", "mailbox-code 1"],
      spent: 1,
    });
  });
});

describe("whoever else has the mail", () => {
  it("replay at another registrar: one that was handed the mail cannot use it where its owner has reserved it", async () => {
    const elsewhere = await newRegistrar(1);
    const other = await start(elsewhere, { lookUpTxt: dns });
    const mail = await signedMail(MAILBOX);
    const owner = new Person(elsewhere, MAILBOX);
    const thief = new Person(elsewhere, MAILBOX, OTHER_PHRASE);
    // The owner reserves at all before anyone is shown the mail.
    expect(seen(await reserveMail(registrar, person, mail))).toBe(200);
    expect(seen(await reserveMail(other, owner, mail))).toBe(200);
    expect(seen(await enrolBy(registrar, person, mail.evidence))).toBe(200);
    // The first registrar has it now, and turns to the second.
    expect(seen(await reserveMail(other, thief, mail))).toBe("409 mail-reserved");
    expect(seen(await enrolBy(other, thief, mail.evidence))).toBe("409 not-reserved");
    expect(seen(await enrolBy(other, owner, mail.evidence))).toBe(200);
  });

  it("replay at another registrar: the reservation of one says nothing at another", async () => {
    const elsewhere = await newRegistrar(1);
    const other = await start(elsewhere, { lookUpTxt: dns });
    const mail = await signedMail(MAILBOX);
    const owner = new Person(elsewhere, MAILBOX);
    const thief = new Person(elsewhere, MAILBOX, OTHER_PHRASE);
    // A registrar repeats at the other what it was sent to reserve the mail, for requests of its own.
    const repeated = reservationOf(mail, workforce.identity);
    const answer = await post(other.url, "/v1/reservations", thief.reservation({ evidence: repeated }));
    expect(seen(answer)).toBe(200);
    expect(seen(await reserveMail(other, owner, mail))).toBe(200);
    expect(seen(await enrolBy(other, owner, mail.evidence))).toBe(200);
  });

  it("the reservation stolen between reveal and enrolling: the thief is not first, and an hour later the mail is spent", async () => {
    const mail = await signedMail(MAILBOX);
    const thief = new Person(workforce, MAILBOX, OTHER_PHRASE);
    await reserveMail(registrar, person, mail);
    expect(seen(await reserveMail(registrar, thief, mail))).toBe("409 mail-reserved");
    registrar.clock.pass(59);
    expect(seen(await enrolBy(registrar, thief, mail.evidence))).toBe("409 not-reserved");
    expect(seen(await enrolBy(registrar, person, mail.evidence))).toBe(200);
    registrar.clock.pass(1);
    expect(seen(await enrolBy(registrar, person, mail.evidence))).toBe("409 not-reserved");
    expect(seen(await enrolByMail(registrar, thief, mail))).toBe("409 mail-spent");
  });

  it("by another person: it enrols nobody but the mailbox that it was sent to", async () => {
    const mail = await signedMail(MAILBOX);
    const colleague = new Person(workforce, "kim@example.com", OTHER_PHRASE);
    expect(seen(await enrolByMail(registrar, colleague, mail))).toBe(200);
    // Whose mail it was is enrolled, under the colleague's requests: known to who reads the mail, and to nobody else.
    const code = await person.askCode(registrar, MAILBOX);
    expect(seen(await person.enrol(registrar, code))).toBe("409 already-enrolled");
    const kim = new Person(workforce, "kim@example.com");
    expect(seen(await kim.enrol(registrar, await kim.askCode(registrar, "kim@example.com")))).toBe(200);
  });

  it("by another phrase of the same person: the mail is spent, and the first phrase gets its answer again", async () => {
    const mail = await signedMail(MAILBOX);
    const first = await enrolByMail(registrar, person, mail);
    registrar.clock.pass(61);
    const other = new Person(workforce, MAILBOX, OTHER_PHRASE);
    expect(seen(await enrolByMail(registrar, other, mail))).toBe("409 mail-spent");
    expect(seen(await enrolByMail(registrar, other, await signedMail(MAILBOX)))).toBe("409 already-enrolled");
    registrar.clock.pass(61);
    expect((await enrolByMail(registrar, person, mail)).text).toBe(first.text);
  });

  it("at once, with two phrases: one wins, and all its repetitions get the same", async () => {
    const mail = await signedMail(MAILBOX);
    const newer = await signedMail(MAILBOX);
    const other = new Person(workforce, MAILBOX, OTHER_PHRASE);
    await Promise.all([reserveMail(registrar, person, mail), reserveMail(registrar, other, newer)]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 2 ? enrolBy(registrar, other, newer.evidence) : enrolBy(registrar, person, mail.evidence),
      ),
    );
    const [won, lost] = [answers.filter((a) => a.status === 200), answers.filter((a) => a.status !== 200)];
    expect([won.length, lost.length]).toEqual([6, 6]);
    expect(new Set(won.map((a) => a.text)).size).toBe(1);
    expect(new Set(lost.map(seen))).toEqual(new Set(["409 already-enrolled"]));
  });

  it("in another epoch: a mail counts in one epoch only, also for a registrar that kept it", async () => {
    await stopAll();
    const { dataDir, manifestFile } = workforce;
    const days = { opens: "2031-06-01", closes: "2031-09-30" };
    const made = await createEpochKeys({ dataDir, lock: LOCK, manifestFile, epoch: 3, ...days });
    expect(made.noMailCounts).toBe(false);
    const second = { ...workforce, statement: parseKeyStatement(made.statement) };
    // Between the two was one in which this registrar took no part: only the log tells of it.
    const foreign = {
      ...workforce.statement,
      epoch: 2,
      closes: "2031-07-15",
      registrar: workforce.statement.workforce,
    };
    const logged = logOf([workforce.statementFile, made.statement]);
    const statements = new Map([[foreign.registrar, foreign]]);
    const readLog = async () => ({ ...logged, epochs: new Map([...logged.epochs, [2, { statements }]]) });
    const clock = Object.assign(new TestClock(), { today: "2031-06-15", time: Date.UTC(2031, 6, 20) });
    const both = await start(workforce, { lookUpTxt: dns, clock, readLog });
    const [early, late] = [new Person(workforce, MAILBOX), new Person(second, MAILBOX)];
    const outcomes = async (day: string) => {
      const mail = await signedMail(MAILBOX, { day });
      return [seen(await enrolByMail(both, early, mail)), seen(await enrolByMail(both, late, mail))];
    };
    // The first epoch's last day is 2031-06-30.
    expect(await outcomes("2031-06-30")).toEqual([200, "403 mail-refused"]);
    expect(await outcomes("2031-07-01")).toEqual(["403 mail-refused", "403 mail-refused"]);
    expect(await outcomes("2031-07-15")).toEqual(["403 mail-refused", "403 mail-refused"]);
    expect(await outcomes("2031-07-16")).toEqual(["403 mail-refused", 200]);
  });
});

describe("a mail is refused", () => {
  const refused = async (changes: Parameters<typeof signedMail>[1], to = MAILBOX) =>
    seen(await enrolByMail(registrar, person, await signedMail(to, changes)));

  it("of a sender that is not listed, by domain or by address, and no key is looked up for it", async () => {
    await stopAll();
    const asked: string[] = [];
    const lookUpTxt = async (name: string) => {
      asked.push(name);
      return [key.record];
    };
    registrar = await start(workforce, { lookUpTxt });
    const domain = "mail.example.org";
    expect(await refused({ domain, from: `no-reply@${domain}` })).toBe("403 mail-refused");
    expect(asked).toEqual([]);
    expect(await refused({ from: "anybody@login.example.net" })).toBe("403 mail-refused");
    expect(asked).toEqual([KEY_NAME]);
  });

  it("under a retired key: DNS says that it is gone, or revoked, whatever is pinned", async () => {
    for (const records of [{}, { [KEY_NAME]: "v=DKIM1; p=" }]) {
      await stopAll();
      registrar = await start(workforce, { lookUpTxt: dnsWith(records) });
      expect(await refused({})).toBe("403 mail-key-retired");
    }
  });

  it("when DNS is down and its day is after the pinned record's last: for now, and for good where DNS is never asked", async () => {
    for (const [lookUpTxt, late] of [
      [dnsDown, "503 mail-key-unreachable"],
      [null, "403 mail-refused"],
    ] as const) {
      await stopAll();
      registrar = await start(workforce, { lookUpTxt });
      expect(await refused({ day: "2031-06-01" })).toBe(late);
      expect(await refused({ day: "2031-05-31" })).toBe(200);
      expect(registrar.log.filter((line) => line.includes("dns-unreachable"))).toHaveLength(
        lookUpTxt ? 1 : 0,
      );
    }
  });

  it("under a weak key in DNS", async () => {
    await stopAll();
    const weak = senderKey(1024);
    registrar = await start(workforce, { lookUpTxt: dnsWith({ [KEY_NAME]: weak.record }) });
    expect(await refused({ key: weak })).toBe("403 mail-refused");
  });

  it("under another key than the sender's, or changed after it was signed", async () => {
    expect(await refused({ key: senderKey() })).toBe("403 mail-refused");
    const mail = await signedMail("kim@example.com");
    const text = Buffer.from(mail.header).toString("latin1").replace("kim@example.com", MAILBOX);
    const forged = mailOf(Buffer.from(text, "latin1"), mail.signature);
    expect(seen(await enrolByMail(registrar, person, forged))).toBe("403 mail-refused");
  });

  it("to a mailbox that the rules refuse, and outside the manifest's window", async () => {
    for (const to of ["jane@example.net", "team-sales@example.com", `${MAILBOX}, kim@example.com`]) {
      expect(await refused({}, to)).toBe("403 mail-refused");
    }
    expect(await refused({ day: "2030-12-31" })).toBe("403 mail-refused");
  });

  it("with a field that the signature does not cover, or with a body", async () => {
    const mail = await signedMail(MAILBOX);
    for (const more of ["X-Note: canary\r\n", "\r\nbody"]) {
      const longer = mailOf(Buffer.concat([mail.header, Buffer.from(more)]), mail.signature);
      await reserveMail(registrar, person, mail);
      const answer = await enrolBy(registrar, person, longer.evidence);
      expect(seen(answer)).toBe("403 mail-refused");
      expect(answer.text).not.toContain("canary");
    }
  });
});

describe("reservations", () => {
  it("are so many at most, and beyond them everybody is asked for work", async () => {
    await stopAll();
    registrar = await start(workforce, { lookUpTxt: dns, limits: { mailReservations: 2 } });
    const reserve = async () => seen(await reserveMail(registrar, person, await signedMail(MAILBOX)));
    expect([await reserve(), await reserve(), await reserve(), await reserve()]).toEqual([
      200,
      200,
      "503 busy",
      "428 work-needed",
    ]);
    expect(registrar.log.join("")).toContain('"mail-reservations"');
    registrar.clock.pass(60);
    expect(await reserve()).toBe(200);
  });
});
