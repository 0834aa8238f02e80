/**
 * The board's keys: `keys/board.age`, one age file of canonical JSON,
 *
 *     {"board":"<seed>","logs":["<seed>"…],"type":"board-keys","v":1}      seeds: 32 bytes, base64url
 *
 * The board key signs receipts and requests to registrars. A log key signs the checkpoints of one log. A log's origin
 * derives from its key, so each workforce needs a log key of its own: two logs under one would look like a fork.
 */
import { join } from "node:path";
import {
  decodeBase64url,
  domainMessage,
  encodeBase64url,
  encodeCanonical,
  hkdfExpand,
  hkdfExtract,
  logOrigin,
  parseCanonical,
  randomBytes,
  type Signer,
  shape,
  signerFromSeed,
  utf8Encode,
} from "@undersigned/core";
import { ed25519NoteSigner, type NoteSigner } from "@undersigned/log";
import { type Lock, openKeyFile, sealKeyFile, wipe } from "@undersigned/service";
import { BoardError } from "../errors.ts";

export type LogKey = {
  /** 32 bytes, base64url. */
  readonly logKey: string;
  readonly origin: string;
  readonly signer: NoteSigner;
};

export type BoardKeys = {
  readonly board: Signer;
  /** By public key, base64url. */
  readonly logs: ReadonlyMap<string, LogKey>;
  /**
   * A secret of the board for one purpose and no other, 32 bytes: it seals what the database keeps and nobody may read (at-rest.ts).
   * Derived from the board's seed, so it is locked with the key file and lost with it. `purpose` is a constant of the code.
   */
  deskKey(purpose: string): Uint8Array;
};

/** What a workforce manifest names. All public. */
export type PublicBoardKeys = {
  readonly logKey: string;
  readonly origin: string;
  readonly boardKey: string;
};

export type KeyOptions = {
  readonly dataDir: string;
  readonly lock: Lock;
  /** For tests: the work factor of a passphrase. */
  readonly scryptLogN?: number;
};

const MAX_LOGS = 64;
const seed = shape.bytes(32);
const keyFile = shape.object({
  type: shape.literal("board-keys"),
  v: shape.literal(1),
  board: seed,
  logs: shape.list(seed, 1, MAX_LOGS),
});
type KeyFile = shape.Infer<typeof keyFile>;

/**
 * Makes the board key and a first log key. Durable on return. Throws ServiceError `key-file-exists` rather than
 * replace keys: receipts and checkpoints would be orphaned.
 */
export async function createBoardKeys(options: KeyOptions): Promise<PublicBoardKeys> {
  const keys: KeyFile = { type: "board-keys", v: 1, board: newSeed(), logs: [newSeed()] };
  await seal(options, keys, true);
  return publicKeys(keys, 0);
}

/**
 * Adds a log key for a further workforce. Durable on return. Run it once for each workforce, while no board process
 * is being started.
 */
export async function addLogKey(options: KeyOptions): Promise<PublicBoardKeys> {
  const before = await open(options);
  const keys: KeyFile = { ...before, logs: [...before.logs, newSeed()] };
  if (keys.logs.length > MAX_LOGS) {
    throw new BoardError("log-key-taken", "A board serves 64 workforces at most: start another board.");
  }
  await seal(options, keys, false);
  return publicKeys(keys, keys.logs.length - 1);
}

/** Throws what `openKeyFile` throws, and `keys-damaged` for a file that holds something else. */
export async function openBoardKeys(options: KeyOptions): Promise<BoardKeys> {
  const keys = await open(options);
  const logs = keys.logs.map((text) => {
    const { publicKey, sign } = signerFromSeed(decodeBase64url(text, 32));
    const raw = decodeBase64url(publicKey, 32);
    const origin = logOrigin(raw);
    return { logKey: publicKey, origin, signer: ed25519NoteSigner(origin, raw, sign) };
  });
  const boardSeed = decodeBase64url(keys.board, 32);
  const root = hkdfExtract(utf8Encode("undersigned/desk/v1"), boardSeed);
  return {
    board: signerFromSeed(boardSeed),
    logs: new Map(logs.map((log) => [log.logKey, log])),
    deskKey: (purpose) => hkdfExpand(root, domainMessage("desk-key", encodeCanonical({ purpose })), 32),
  };
}

function newSeed(): string {
  return encodeBase64url(randomBytes(32));
}

function publicKeys(keys: KeyFile, log: number): PublicBoardKeys {
  const { publicKey } = signerFromSeed(decodeBase64url(keys.logs[log]!, 32));
  return {
    logKey: publicKey,
    origin: logOrigin(decodeBase64url(publicKey, 32)),
    boardKey: signerFromSeed(decodeBase64url(keys.board, 32)).publicKey,
  };
}

function pathOf(dataDir: string): string {
  return join(dataDir, "keys", "board.age");
}

async function seal(options: KeyOptions, keys: KeyFile, mustBeNew: boolean): Promise<void> {
  const payload = encodeCanonical(keys);
  try {
    const { scryptLogN } = options;
    await sealKeyFile(pathOf(options.dataDir), payload, options.lock, {
      mustBeNew,
      ...(scryptLogN !== undefined && { scryptLogN }),
    });
  } finally {
    wipe(payload);
  }
}

async function open(options: KeyOptions): Promise<KeyFile> {
  const payload = await openKeyFile(pathOf(options.dataDir), options.lock);
  try {
    return keyFile.check(parseCanonical(payload, 64 * 1024), "");
  } catch {
    throw new BoardError("keys-damaged", "The key file is not one of a board: restore it from its copy.");
  } finally {
    wipe(payload);
  }
}
