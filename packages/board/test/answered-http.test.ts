/** What becomes of a letter, as it crosses the wire: bodies of 8 MB, statuses, and files that run nothing in a browser. */
import {
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  MAX_DOCUMENT_BYTES,
  sha256,
  utf8Encode,
} from "@undersigned/core";
import { createLogger, httpEvents } from "@undersigned/service";
import { afterEach, expect, it } from "vitest";
import { boardEvents, type PostLimit, type RunningBoard, startBoard } from "../src/index.ts";
import { Afterwards, hash, hashOf, stranger } from "./afterwards.ts";
import { LOCK } from "./kit.ts";

const running: RunningBoard[] = [];
afterEach(async () => {
  for (const board of running.splice(0)) await board.close();
});

async function serve(postLimit: PostLimit | null = null) {
  const after = await Afterwards.closed();
  const { kit } = after;
  await kit.board.close();
  const out: string[] = [];
  const board = await startBoard({
    dataDir: kit.dataDir,
    lock: LOCK,
    clock: kit.clock,
    fetchIssuance: kit.fetchIssuance,
    logger: createLogger(
      { ...boardEvents, ...httpEvents },
      { stream: { write: (line) => out.push(line) }, clock: kit.clock },
    ),
    listen: { host: "127.0.0.1", port: 0 },
    postLimit,
  });
  running.push(board);
  kit.board = board.board;
  const base = `${board.url}/w/${kit.workforce}`;
  const post = async (name: string, body: unknown) => {
    const bytes = encodeCanonical(body as JsonValue);
    const response = await fetch(`${base}/v1/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array(bytes),
    });
    const { code, index } = (await response.json()) as { code?: string; index?: number };
    return [response.status, code ?? index];
  };
  return { after, kit, base, post, out };
}

/** The largest that may be handed over. */
function largest(): Uint8Array {
  const pdf = new Uint8Array(MAX_DOCUMENT_BYTES).fill(0x20);
  pdf.set(utf8Encode("%PDF-1.7\n<script>alert(1)</script>"));
  return pdf;
}

it("a document of 8 MB is taken, one byte more is refused unread, and it is served to keep and not to run", async () => {
  const { after, base, post } = await serve();
  const pdf = largest();
  const request = await after.deliveryRequest({}, undefined, pdf);
  const [status, index] = await post("deliveries", request);
  expect([status, index]).toEqual([200, request.size]);
  const more = { ...request, pdf: encodeBase64url(new Uint8Array(MAX_DOCUMENT_BYTES + 1)) };
  expect(await post("deliveries", more)).toEqual([400, "bad-field"]);
  const bomb = { ...request, pdf: encodeBase64url(new Uint8Array(MAX_DOCUMENT_BYTES + 65_536)) };
  expect(await post("deliveries", bomb)).toEqual([413, "too-large"]);

  const answer = await fetch(`${base}/documents/${request.document}.pdf`);
  expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), pdf)).toBe(0);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=31536000, immutable",
  });
});

it("records are JSON and mails are files to keep; what may be withheld is kept by no cache, and gone at once", async () => {
  const { after, base, post, out } = await serve();
  await after.deliver();
  const mail = utf8Encode("Content-Type: text/html\r\n\r\n<script>alert(1)</script>");
  const evidence = encodeBase64url(sha256(mail));
  const record = after.mail({ text: "<script>alert(1)</script>", evidence });
  const { index } = await after.logMail(record, mail);
  const name = hashOf(record);
  const files = [`records/${name}.json`, `answers/${evidence}.eml`];
  const [json, eml] = await Promise.all(files.map((path) => fetch(`${base}/${path}`)));
  expect(Object.fromEntries(json!.headers)).toMatchObject({
    "content-type": "application/json",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=10",
  });
  expect(Object.fromEntries(eml!.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": "attachment",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "public, max-age=10",
  });
  expect(await post("withholdings", after.withholdRequest(name, stranger))).toEqual([
    403,
    "not-an-organiser",
  ]);
  expect(await post("withholdings", after.withholdRequest(hash()))).toEqual([404, "record-unknown"]);
  expect((await fetch(`${base}/withheld/${name}.json`)).status).toBe(404);
  expect(await post("withholdings", after.withholdRequest(name))).toEqual([200, index]);
  for (const path of files) expect((await fetch(`${base}/${path}`)).status).toBe(404);
  expect(await (await fetch(`${base}/withheld/${name}.json`)).json()).toMatchObject({ record: name });
  const lines = out.join("");
  expect(lines).toContain("record-withheld");
  for (const text of [name, evidence, "script", after.kit.opener.publicKey])
    expect(lines).not.toContain(text);
});

it("statements, judgements and changes are taken by post, and a mail's text from nobody", async () => {
  const { after, kit, post } = await serve();
  await after.deliver();
  const logged = async (body: JsonValue) => (await post("records", body))[0];
  expect(await logged(after.recordRequest(after.statement()))).toBe(200);
  const judgement = after.judgement();
  expect(await logged(after.recordRequest(judgement))).toBe(200);
  expect(await logged(after.recordRequest(after.dealings()))).toBe(200);
  const [opener] = [kit.opener];
  for (const [body, status, code] of [
    [after.recordRequest(after.mail()), 422, "mail-not-checked"],
    [after.recordRequest(after.judgement()), 409, "record-behind"],
    [
      after.recordRequest(after.judgement({ previous: hashOf(judgement) }), [opener]),
      422,
      "too-few-organisers",
    ],
    [after.recordRequest(after.judgement({ demand: "other" })), 422, "demand-unknown"],
  ] as const)
    expect(await post("records", body)).toEqual([status, code]);
  await kit.recounted();
});

it("large posts are counted before they are read, also those that nobody can parse", async () => {
  const { after, base, post } = await serve({ capacity: 2, refillPerSecond: 0.001 });
  const junk = await fetch(`${base}/v1/records`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "[".repeat(100_000),
  });
  expect(junk.status).toBe(400);
  const request = await after.deliveryRequest();
  expect((await post("deliveries", request))[0]).toBe(200);
  expect(await post("deliveries", request)).toEqual([429, "too-many-requests"]);
});
