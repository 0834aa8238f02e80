/** Mailbox and code leave no trace: not on disk, in no log line, in no answer, whatever goes wrong. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeBase64url, type Enrolment, encodeBase64url } from "@undersigned/core";
import { createLogger, createServer } from "@undersigned/service";
import { eachDatabase } from "@undersigned/service/testing";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { errorStatus } from "../src/errors.ts";
import { addRoutes } from "../src/http/routes.ts";
import { noteName, registrarEvents } from "../src/index.ts";
import type { Registrar } from "../src/registrar.ts";
import { EPOCH_TABLES, type RegistrarTables } from "../src/storage/schema.ts";
import { enrolBy, newRegistrar, reserveMail, seen } from "./evidence-kit.ts";
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
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { dns, signedMail } from "./signed-mail.ts";

afterEach(stopAll);
afterAll(removeFolders);

const NAME = "canaryqzxwv";

/** The text as it could stand in a file: plain, in UTF-16, in hex, and in base64 at each of its three alignments. */
function disguises(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const inner = padded.slice(Math.ceil((shift * 4) / 3) + (shift === 0 ? 0 : 1), -4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [text, Buffer.from(text, "utf16le").toString("latin1"), bytes.toString("hex"), ...base64];
}

function expectClean(where: string, content: string, secrets: readonly string[]): void {
  const lower = content.toLowerCase();
  for (const secret of secrets) {
    for (const form of disguises(secret)) {
      expect(content.includes(form) || lower.includes(form.toLowerCase()), `${where} holds a canary`).toBe(
        false,
      );
    }
  }
}

async function filesBelow(folder: string): Promise<[string, string][]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => [file, await readFile(file, "latin1")] as [string, string]));
}

eachDatabase("an enrolment", (database) => {
  it("leaves neither mailbox nor code in files, tables, log lines and refusals", async () => {
    const workforce = await newWorkforce(await database.freshUrl());
    const registrar = await start(workforce);
    const person = new Person(workforce, `Canary.qzxwv+abc@mail.example.com`);
    const other = new Person(workforce, `${NAME}@example.com`, OTHER_PHRASE);
    const codes = [
      await person.askCode(registrar, `${NAME}@example.com`),
      await other.askCode(registrar, `${NAME}@example.com`),
    ];
    const secrets = [NAME, ...codes];
    const refusals = [
      await person.enrol(registrar, otherCode(codes[0]!)),
      await other.enrol(registrar, codes[0]!),
      await post(registrar.url, "/v1/reservations", person.reservation({ class: "vouched" })),
      await post(registrar.url, "/v1/enrolments", {
        ...(person.enrolment(codes[0]!) as object),
        [NAME]: NAME,
      }),
      await post(registrar.url, `/v1/${NAME}`, person.enrolment(codes[0]!)),
    ];
    const answer = await person.enrol(registrar, codes[0]!);
    expect(answer.status).toBe(200);
    refusals.push(await other.enrol(registrar, codes[1]!));
    expect(refusals.every((refusal) => refusal.status >= 400)).toBe(true);
    for (const refusal of [...refusals, answer]) expectClean("an answer", refusal.text, secrets);
    // While it runs, with the write-ahead log as it is.
    const files = await filesBelow(workforce.dataDir);
    await stopAll();
    files.push(...(await filesBelow(workforce.dataDir)));
    expect(files.length).toBeGreaterThan(5);
    for (const [name, content] of files) expectClean(name, content, secrets);
    expect(registrar.log.length).toBeGreaterThan(0);
    expectClean("the log", registrar.log.join(""), secrets);
    const tables = await openTables(workforce);
    for (const table of ["epoch", "issued", "enrolment"] as const) {
      for (const row of await tables.db.selectFrom(table).selectAll().execute()) {
        for (const value of Object.values(row)) {
          const text = value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);
          expectClean(table, text, secrets);
        }
      }
    }
    await tables.close();
  });
});

eachDatabase("a mail, an invitation and a name", (database) => {
  it("leave nothing in files, tables, log lines and answers: no field of the mail, no address, no name, no invitation", async () => {
    const workforce = await newRegistrar(0, await database.freshUrl());
    const mailbox = `${NAME}doe@example.com`;
    const person = new Person(workforce, mailbox);
    const guest = new Person(workforce, "", OTHER_PHRASE, "vouched");
    const noted = "Quibberly Vexwood";
    await noteName({
      dataDir: workforce.dataDir,
      databaseUrl: workforce.databaseUrl,
      lock: LOCK,
      epoch: 1,
      mailbox,
      name: noted,
    });
    const registrar = await start(workforce, { lookUpTxt: dns });
    const mail = await signedMail(mailbox, { subject: "Canary-subject-zzyq" });
    const name = (text: string) => ({ name: { name: text, keys: Array(16).fill(workforce.identity) } });
    const invitationKey = person.invitationKeys()[0]!;
    const invitation = person.secrets.invitation(invitationKey);

    const answers = [await enrolBy(registrar, person, mail.evidence, name(noted))];
    answers.push(await reserveMail(registrar, person, mail));
    answers.push(await enrolBy(registrar, person, mail.evidence, name(noted)));
    answers.push(await enrolBy(registrar, person, mail.evidence, name("Canaryqzxwv Doe")));
    const { invitations } = answers[2]!.body as unknown as Enrolment;
    const signed = decodeBase64url(invitations[0]!.signature, 256);
    const token = invitation.unblind(invitationKey, signed);
    const evidence = invitation.use(invitationKey, token, guest.requests);
    answers.push(await enrolBy(registrar, guest, { ...evidence, number: 1 }));
    answers.push(await enrolBy(registrar, guest, { ...evidence }));
    const forged = {
      kind: "existing-mail",
      header: encodeBase64url(Buffer.concat([mail.header, mail.header])),
    };
    answers.push(await enrolBy(registrar, person, forged));
    expect(answers.map(seen)).toEqual([
      "409 not-reserved",
      200,
      200,
      200,
      "403 invitation-invalid",
      200,
      "403 mail-refused",
    ]);
    expect(answers[2]!.body.name).toMatchObject({ rule: "note" });

    const header = Buffer.from(mail.header).toString("latin1");
    const id = /<[^>]+@login\.example\.net>/
      .exec(header.slice(header.indexOf("Message-ID")))![0]
      .slice(1, 20);
    const secrets = [NAME, "Canary-subject", noted, "Quibberly", id];
    // Of the mail's signature and the invitation as well: their bytes in any form.
    const bytes = [Buffer.from(mail.signature), Buffer.from(token), Buffer.from(invitation.key, "base64url")];
    secrets.push(
      ...bytes.flatMap((one) => [one.toString("latin1", 0, 24), one.toString("base64url").slice(4, 40)]),
    );
    for (const answer of answers) expectClean("an answer", answer.text, secrets);
    const files = await filesBelow(workforce.dataDir);
    await stopAll();
    files.push(...(await filesBelow(workforce.dataDir)));
    for (const [file, content] of files) expectClean(file, content, secrets);
    expectClean("the log", registrar.log.join(""), secrets);
    const tables = await openTables(workforce);
    let rows = 0;
    for (const table of ["epoch", "issued", ...Object.keys(EPOCH_TABLES)] as (keyof RegistrarTables)[]) {
      for (const row of await tables.db.selectFrom(table).selectAll().execute()) {
        rows++;
        for (const value of Object.values(row)) {
          // The manifest, which is public, names the sender.
          if (table === "epoch" && value === row.manifest) continue;
          const text = value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value);
          expectClean(table, text, secrets);
        }
      }
    }
    await tables.close();
    // The epoch, three counts, two enrolments, one of each other table.
    expect(rows).toBe(9);
  });
});

describe("a search for canaries", () => {
  it("finds them in every disguise", () => {
    for (const form of [NAME, NAME.toUpperCase(), Buffer.from(`xx${NAME}yy`).toString("base64")]) {
      expect(() => expectClean("a text", `before ${form} after`, [NAME])).toThrow();
    }
    for (const text of [`1${NAME}22`, `12${NAME}2`, `${NAME}333`]) {
      expect(() => expectClean("a text", Buffer.from(text).toString("base64url"), [NAME])).toThrow();
      expect(() => expectClean("a text", Buffer.from(text).toString("hex"), [NAME])).toThrow();
    }
  });
});

describe("a handler that fails", () => {
  it.each([
    ["POST", "/v1/reservations"],
    ["POST", "/v1/enrolments"],
    ["POST", "/v1/issuance"],
    ["GET", "/v1/registrar"],
    ["GET", "/v1/statements/1"],
  ])("at %s %s says nothing of why, to the caller or to the log", async (method, path) => {
    const workforce = await newWorkforce();
    const person = new Person(workforce, `${NAME}@example.com`);
    const log: string[] = [];
    const logger = createLogger(registrarEvents, { stream: { write: (line) => log.push(line) } });
    const server = createServer({ name: "t", version: "1", maxBodyBytes: 16_384, logger, errorStatus });
    let broken = false;
    // Whatever a command first touches throws, with a message as an engine would make it.
    const registrar = new Proxy({ epochs: new Map() } as unknown as Registrar, {
      get(target, name) {
        if (!broken) return Reflect.get(target, name);
        throw new TypeError(`cannot insert ${NAME}@example.com with code 12345678`);
      },
    });
    addRoutes(server, registrar);
    broken = true;
    const bodies: Record<string, unknown> = {
      "/v1/reservations": person.reservation(),
      "/v1/enrolments": person.enrolment("12345678"),
      "/v1/issuance": {
        type: "issuance-request",
        v: 1,
        workforce: workforce.statement.workforce,
        epoch: 1,
        day: "2031-04-10",
        sig: "A".repeat(86),
      },
    };
    const { encodeCanonical } = await import("@undersigned/core");
    const response = await server.inject({
      method: method as "GET",
      url: path,
      ...(method === "POST" && {
        headers: { "content-type": "application/json" },
        payload: Buffer.from(encodeCanonical(bodies[path] as never)),
      }),
    });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ type: "error", code: "internal" });
    expect(log).toHaveLength(1);
    expectClean("the answer", response.payload, [NAME, "12345678"]);
    expectClean("the log", log.join(""), [NAME, "12345678"]);
    await server.close();
  });
});
