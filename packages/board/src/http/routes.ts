/** The board's addresses (PROTOCOL §8, §9). Each route takes parts of a request apart and calls one command. */
import {
  deliveryRequest,
  destructionRequest,
  earlyClosingRequest,
  endorsementRequest,
  epochRequest,
  type JsonValue,
  letterRequest,
  MAX_DEALINGS_BYTES,
  MAX_DOCUMENT_BYTES,
  MAX_SEALED_LETTER_BYTES,
  receipt,
  recordRequest,
  revealRequest,
  revisionRequest,
  type Shape,
  withdrawalRequest,
  withholdRequest,
} from "@undersigned/core";
import {
  closed,
  type HttpServer,
  jsonFile,
  type Limiter,
  type PublicFile,
  ServiceError,
  type TSchema,
  Type,
} from "@undersigned/service";
import type { Board } from "../board.ts";
import { acceptEndorsement } from "../commands/accept-endorsement.ts";
import { acceptRevision, acceptWithdrawal } from "../commands/accept-later-leaf.ts";
import { closeEarly } from "../commands/close-early.ts";
import { logDelivery } from "../commands/log-delivery.ts";
import { logDestruction } from "../commands/log-destruction.ts";
import { logRecord } from "../commands/log-record.ts";
import { openEpoch } from "../commands/open-epoch.ts";
import { publishLetter } from "../commands/publish-letter.ts";
import { published } from "../commands/published.ts";
import { revealLetter } from "../commands/reveal-letter.ts";
import { withholdRecord } from "../commands/withhold-record.ts";
import { readFollowing } from "../model/followed.ts";
import { readPublicFile } from "../public/public-files.ts";
import { servedWorkforces } from "../public/public-site.ts";

/** An endorsement's leaf is at most 8,192 bytes, its opening some 2,000. */
export const MAX_BODY_BYTES = 16 * 1024;
const MAX_REHEARSED_BYTES = 16_000_000;
/** A manifest and, of an unlisted letter, the same sealed, as base64url. */
const MAX_LETTER_BYTES = 288 * 1024 + MAX_SEALED_LETTER_BYTES;
const MAX_EPOCH_BYTES = 2 * 1024 * 1024;
/** The document as base64url, and signatures. */
const MAX_DELIVERY_BYTES = Math.ceil((MAX_DOCUMENT_BYTES * 4) / 3) + MAX_BODY_BYTES;
const MAX_RECORD_BYTES = MAX_DEALINGS_BYTES + MAX_BODY_BYTES;
/** Such bodies are read and checked so many at a time, whoever sends them: so memory is bounded. */
const LARGE_AT_ONCE = 2;

/** 43 characters of base64url. */
const idSchema = Type.String({ minLength: 1, maxLength: 64 });
const workforceParams = closed({ workforce: idSchema });

/** `limiter` counts posts by network; null for none. */
export function addRoutes(server: HttpServer, board: Board, limiter: Limiter | null): void {
  server.get("/board.json", { summary: "The workforces that this board serves." }, async () =>
    jsonFile(await presentBoard(board), "short"),
  );
  server.get(
    "/following.json",
    { summary: "Workforces of other boards that this one follows, and what it has recounted of them." },
    async () => jsonFile((await readFollowing(board)) as unknown as JsonValue, "short"),
  );
  addFiles(server, board);

  const post = (
    name: string,
    summary: string,
    shapes: { body: Shape<unknown>; response: Shape<unknown>; maxBodyBytes?: number; atOnce?: number },
    command: (board: Board, workforce: string, body: JsonValue) => Promise<unknown>,
  ) => {
    const { maxBodyBytes = MAX_BODY_BYTES } = shapes;
    server.post(
      `/w/:workforce/v1/${name}`,
      {
        summary,
        params: workforceParams,
        body: schemaOf(shapes.body),
        handlerChecksBody: true,
        response: schemaOf(shapes.response),
        maxBodyBytes,
        ...(shapes.atOnce !== undefined && { atOnce: shapes.atOnce }),
        // Before the body is read, so that what cannot be parsed counts too.
        admit: (client) => requireRoom(limiter, client),
      },
      async ({ params, body }) => (await command(board, params.workforce, body as JsonValue)) as JsonValue,
    );
  };
  post(
    "endorsements",
    "Takes an endorsement into the pool, and promises a day by which it is in the log.",
    { body: endorsementRequest, response: receipt },
    acceptEndorsement,
  );
  post(
    "revisions",
    "Takes another appearance for an endorsement.",
    { body: revisionRequest, response: receipt },
    acceptRevision,
  );
  post(
    "withdrawals",
    "Takes an endorsement back.",
    { body: withdrawalRequest, response: receipt },
    acceptWithdrawal,
  );
  post(
    "letters",
    "Publishes a letter that an opener has signed.",
    { body: letterRequest, response: published, maxBodyBytes: MAX_LETTER_BYTES },
    publishLetter,
  );
  post(
    "reveals",
    "Makes an unlisted letter public, by the key that opened it or an organiser's whom it names.",
    { body: revealRequest, response: published },
    revealLetter,
  );
  post(
    "early-closings",
    "Moves a letter's last day forward, by two of its organisers and 48 hours ahead.",
    { body: earlyClosingRequest, response: published },
    closeEarly,
  );
  post(
    "deliveries",
    "Logs that a closed letter was handed over, by organisers whom it names, with the document.",
    { body: deliveryRequest, response: published, maxBodyBytes: MAX_DELIVERY_BYTES, atOnce: LARGE_AT_ONCE },
    logDelivery,
  );
  post(
    "records",
    "Logs a statement of the addressee, a judgement of a demand, a change of the register of dealings, or an entry of the chronicle.",
    { body: recordRequest, response: published, maxBodyBytes: MAX_RECORD_BYTES, atOnce: LARGE_AT_ONCE },
    logRecord,
  );
  post(
    "withholdings",
    "Withholds the text of an answer or of an entry of the chronicle, by an organiser whom the letter names.",
    { body: withholdRequest, response: published },
    withholdRecord,
  );
  post(
    "epochs",
    "Opens an epoch with the key statements of enough registrars.",
    { body: epochRequest, response: published, maxBodyBytes: MAX_EPOCH_BYTES },
    openEpoch,
  );
  post(
    "destructions",
    "Logs that a registrar states to have destroyed its keys of an epoch.",
    { body: destructionRequest, response: published },
    logDestruction,
  );
}

/** The files of PROTOCOL §8. */
function addFiles(server: HttpServer, board: Board): void {
  const file = (path: string, summary: string, names: readonly string[]) => {
    const params = closed(Object.fromEntries(["workforce", ...names].map((name) => [name, Type.String()])));
    server.get(`/w/:workforce/${path}`, { summary, params }, async ({ params: given, acceptsGzip }) => {
      const parts = given as Record<string, string>;
      const name = path.replace(/:([a-z]+)|\*/g, (match, key?: string) => parts[key ?? match] ?? "");
      const found = await readFile(board, parts.workforce ?? "", name, acceptsGzip);
      if (found === null) throw new ServiceError("not-found", "There is nothing at this address.");
      return found;
    });
  };
  file("checkpoint", "The signed checkpoint of the log.", []);
  file("index.json", "Where letters, epochs and manifests are in the log. A convenience.", []);
  file("tile/*", "Hash tiles and entry bundles, as in C2SP tlog-tiles.", ["*"]);
  file("manifests/:name", "Manifests of the workforce and of its letters, by hash.", ["name"]);
  file("statements/:name", "Key statements, by hash.", ["name"]);
  file("clients/:name", "Client builds, by hash: what browsers are given to run.", ["name"]);
  file("copies/:name", "Captured copies of sources that a public letter or a record names, by hash.", [
    "name",
  ]);
  file("records/:name", "Answers, judgements and changes of the register, by hash.", ["name"]);
  file("withheld/:name", "What stands in the place of an answer that is withheld.", ["name"]);
  file("answers/:name", "Mails with which answers can be checked again, by hash.", ["name"]);
  file("documents/:name", "Documents that were handed over, by hash.", ["name"]);
  file("unlisted/:name", "Unlisted letters, sealed under the keys of their links.", ["name"]);
  file("openings/:letter/:page", "What a letter's signatories show.", ["letter", "page"]);
  file("signatories/:letter/:bits/:bucket", "The state of a letter's keys, in buckets.", [
    "letter",
    "bits",
    "bucket",
  ]);
}

async function readFile(
  board: Board,
  workforce: string,
  path: string,
  acceptsGzip: boolean,
): Promise<PublicFile | null> {
  const besides = board.besides(workforce);
  if (besides === null) return readPublicFile(board.database.db, workforce, path, { acceptsGzip });
  const body = await besides.read(path, MAX_REHEARSED_BYTES);
  return body === null ? null : { body, contentType: "application/octet-stream", cache: "none" };
}

async function presentBoard(board: Board): Promise<JsonValue> {
  const workforces = (await servedWorkforces(board)).map((served) => ({ ...served }));
  return { type: "board", v: 1, board: board.keys.board.publicKey, workforces };
}

function requireRoom(limiter: Limiter | null, client: string): void {
  const taken = limiter?.take(client);
  if (taken === undefined || taken.ok) return;
  const { retryAfterSeconds } = taken;
  throw new ServiceError("too-many-requests", "Too many posts come from your network: try again later.", {
    retryAfterSeconds,
  });
}

function schemaOf(shape: Shape<unknown>): TSchema {
  return Type.Unsafe(shape.schema as Record<string, unknown>);
}
