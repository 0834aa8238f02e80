/** The board's addresses (PROTOCOL §8, §9). Each route takes parts of a request apart and calls one command. */
import {
  destructionRequest,
  endorsementRequest,
  epochRequest,
  type JsonValue,
  letterRequest,
  receipt,
  revisionRequest,
  type Shape,
  withdrawalRequest,
} from "@undersigned/core";
import {
  closed,
  type HttpServer,
  jsonFile,
  type Limiter,
  ServiceError,
  type TSchema,
  Type,
} from "@undersigned/service";
import type { Board } from "../board.ts";
import { acceptEndorsement } from "../commands/accept-endorsement.ts";
import { acceptRevision, acceptWithdrawal } from "../commands/accept-later-leaf.ts";
import { logDestruction } from "../commands/log-destruction.ts";
import { openEpoch } from "../commands/open-epoch.ts";
import { publishLetter } from "../commands/publish-letter.ts";
import { published } from "../commands/published.ts";
import { readPublicFile } from "../public/public-files.ts";
import { servedWorkforces } from "../public/public-site.ts";

/** An endorsement's leaf is at most 8,192 bytes, its opening some 2,000. */
export const MAX_BODY_BYTES = 16 * 1024;
const MAX_LETTER_BYTES = 288 * 1024;
const MAX_EPOCH_BYTES = 2 * 1024 * 1024;

/** 43 characters of base64url. */
const idSchema = Type.String({ minLength: 1, maxLength: 64 });
const workforceParams = closed({ workforce: idSchema });

/** `limiter` counts posts by network; null for none. */
export function addRoutes(server: HttpServer, board: Board, limiter: Limiter | null): void {
  server.get("/board.json", { summary: "The workforces that this board serves." }, async () =>
    jsonFile(await presentBoard(board), "short"),
  );
  addFiles(server, board);

  const post = (
    name: string,
    summary: string,
    shapes: { body: Shape<unknown>; response: Shape<unknown>; maxBodyBytes?: number },
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
      },
      async ({ params, body, client }) => {
        requireRoom(limiter, client);
        return (await command(board, params.workforce, body as JsonValue)) as JsonValue;
      },
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
      const found = await readPublicFile(board.database.db, parts.workforce ?? "", name, { acceptsGzip });
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
  file("openings/:letter/:page", "What a letter's signatories show.", ["letter", "page"]);
  file("signatories/:letter/:bits/:bucket", "The state of a letter's keys, in buckets.", [
    "letter",
    "bits",
    "bucket",
  ]);
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
