/** A registrar in a process of its own, with its mail server in another, and mailboxes of every class. */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type BlindedSlots,
  decodeBase64url,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  parseCanonical,
  requestsHash,
} from "@undersigned/core";
import { openKeyFile } from "@undersigned/service";
import { codeWindow, deriveCode } from "../../packages/registrar/src/codes.ts";
import { newFolder, newWorkforce, removeFolders } from "../../packages/registrar/test/kit.ts";
import { LOCK } from "../../packages/registrar/test/lock.ts";
import { TestClock } from "../../packages/registrar/test/test-clock.ts";
import { startServer } from "../kit/servers/server-process.ts";

export const CLASSES = ["eligible", "ineligible", "enrolled", "unknown"] as const;
export type MailboxClass = (typeof CLASSES)[number];

/** Mailboxes of each class; the names are of one length. */
const POOL = 60;

export type Stage = {
  readonly mailboxes: Readonly<Record<MailboxClass, readonly string[]>>;
  readonly reservation: (mailbox: string) => Uint8Array;
  /** With a code that is wrong, but for one chance in thirty million. */
  readonly enrolment: (mailbox: string) => Uint8Array;
  /** On one kept connection. */
  readonly send: (method: "GET" | "POST", path: string, body?: Uint8Array) => Promise<Reply>;
  readonly mailsReceived: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type Reply = { readonly status: number; readonly text: string };

export async function setStage(): Promise<Stage> {
  const smtp = fork(fileURLToPath(new URL("./smtp-process.ts", import.meta.url)), { stdio: "ignore" });
  const { port: smtpPort } = await answerOf<{ port: number }>(smtp);
  const workforce = await newWorkforce();
  const clock = new TestClock();
  const registrar = await startServer({
    server: "registrar",
    dataDir: workforce.dataDir,
    databaseUrl: undefined,
    identity: LOCK.identity,
    port: 0,
    time: clock.now(),
    smtpPort,
    mailFrom: "codes@registrar.example.com",
    logged: workforce.statementFile,
    pages: false,
    temporary: await newFolder(),
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const url = new URL(registrar.url);
  const send: Stage["send"] = (method, path, body) => sendOn(agent, url, method, path, body);

  const { workforce: id, epoch, registrar: identity } = workforce.statement;
  const slots = randomSlots();
  const requests = requestsHash({
    workforce: id,
    epoch,
    class: "mailbox",
    registrar: identity,
    slots,
    invitations: [],
  });
  const common = { v: 1, workforce: id, epoch, class: "mailbox", work: null };
  const kind = "mailbox-code";
  const encode = (body: object) => encodeCanonical(body as JsonValue);
  const enrolment = (mailbox: string, code: string) =>
    encode({
      ...common,
      type: "enrolment-request",
      evidence: { kind, mailbox, code },
      slots,
      invitations: [],
      name: null,
    });

  const mailboxes = poolOf();
  const codeKey = await codeKeyOf(workforce.dataDir);
  for (const mailbox of mailboxes.enrolled) {
    const code = deriveCode(codeKey, mailbox, requests, codeWindow(clock.now()));
    const { status } = await send("POST", "/v1/enrolments", enrolment(mailbox, code));
    if (status !== 200) throw new Error(`enrolling answered ${status}`);
  }

  return {
    mailboxes,
    reservation: (mailbox) =>
      encode({ ...common, type: "reservation-request", evidence: { kind, mailbox }, requests }),
    enrolment: (mailbox) =>
      enrolment(mailbox, String(10_000_000 + (randomBytes(4).readUInt32LE() % 90_000_000))),
    send,
    async mailsReceived() {
      smtp.send({});
      return (await answerOf<{ mails: number }>(smtp)).mails;
    },
    async close() {
      agent.destroy();
      await registrar.stop();
      smtp.disconnect();
      await once(smtp, "exit");
      await removeFolders();
    },
  };
}

/** Names of one length at domains of one length. */
function poolOf(): Record<MailboxClass, string[]> {
  const names = (prefix: string, domain: string) =>
    Array.from({ length: POOL }, (_, i) => `${prefix}${String(i).padStart(3, "0")}@${domain}`);
  const half = POOL / 2;
  return {
    eligible: names("present", "example.com"),
    ineligible: [
      ...names("present", "example.net").slice(0, half),
      // Of a group: see the manifest's patterns.
      ...names("team-xy", "example.com").slice(half),
    ],
    enrolled: names("already", "example.com"),
    unknown: names("unknown", "example.com"),
  };
}

/** Numbers below 2^2040 are in range of every key; nobody needs to unblind what comes back. */
function randomSlots(): BlindedSlots {
  return Array.from({ length: 16 }, (_, slot) => ({
    slot,
    blinded: encodeBase64url(Buffer.concat([Buffer.alloc(1), randomBytes(255)])),
  }));
}

async function codeKeyOf(dataDir: string): Promise<Uint8Array> {
  const file = await openKeyFile(join(dataDir, "keys", "epoch-1.age"), LOCK);
  return decodeBase64url((parseCanonical(file, 2 ** 20) as { code: string }).code, 32);
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  return ((await once(child, "message")) as [T])[0];
}

function sendOn(agent: Agent, url: URL, method: string, path: string, body?: Uint8Array): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = body && { "content-type": "application/json", "content-length": body.length };
    const { hostname, port } = url;
    const sent = request({ agent, hostname, port, method, path, ...(headers && { headers }) }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
