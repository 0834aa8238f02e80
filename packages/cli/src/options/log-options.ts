/**
 * The log that a command works on: whose, and where its public files are. The workforce id is the only thing that is
 * taken on trust, from the link or poster that the person was given; everything else follows from the verified log.
 */
import { boardPrefix, type Fetch } from "@undersigned/client";
import { dayOf } from "@undersigned/core";
import { type FileSource, httpSource, openWorkforce, type WorkforceView } from "@undersigned/verify";
import type { Command } from "commander";
import { readInput } from "../io/files.ts";
import { fetchThrough } from "../io/network.ts";
import { readLink } from "./link-file.ts";
import { dayValue, id } from "./values.ts";

export interface KnownOption {
  readonly known?: string;
}

export interface BoardOptions extends KnownOption {
  readonly board: string;
  readonly workforce: string;
  readonly proxy?: string;
}

export interface PublicLog {
  readonly fetch: Fetch;
  readonly source: FileSource;
  readonly view: WorkforceView;
  /** The board's address, with the workforce's prefix. */
  readonly board: string;
}

export function withWorkforce(command: Command): Command {
  return command.requiredOption("--workforce <id>", "the workforce's id, from the link or poster", id);
}

export function withKnown(command: Command): Command {
  return command.option(
    "--known <file>",
    "a checkpoint of this log that you kept: refuse one that does not continue it",
  );
}

export function withBoard(command: Command): Command {
  const board = command.requiredOption("--board <url>", "address of the board or of a mirror");
  return withProxy(withKnown(withWorkforce(board)));
}

export function withProxy(command: Command): Command {
  return command.option("--proxy <url>", "go through this proxy, such as Tor's at socks5://127.0.0.1:9050");
}

/** The key of an unlisted letter's link, as an option of verify's. Throws CliError as `readLink`. */
export async function linkKeys(
  path: string | undefined,
  workforce: string,
): Promise<{ linkKeys?: ReadonlyMap<string, Uint8Array> }> {
  if (path === undefined) return {};
  const { letter, linkKey } = await readLink(path, workforce);
  return { linkKeys: new Map([[letter, linkKey]]) };
}

/** Reads and checks the log's head. Throws VerifyError, ClientError `address-refused`. */
export async function openLog(options: BoardOptions): Promise<PublicLog> {
  const fetch = await fetchThrough(options.proxy);
  const board = boardPrefix(options.board, options.workforce);
  const source = httpSource(board, { fetch: fetch as typeof globalThis.fetch });
  const view = await openWorkforce(source, options.workforce, { ...(await knownCheckpoint(options)) });
  return { fetch, source, view, board };
}

/** The checkpoint that the person kept, as an option of verify's. */
export async function knownCheckpoint({ known }: KnownOption): Promise<{ known?: Uint8Array }> {
  return known === undefined ? {} : { known: await readInput(known, "--known") };
}

export function withToday(command: Command): Command {
  return command.option(
    "--today <day>",
    "the day by which the board's promise is judged, where its clock is played; this machine's (UTC) if left out",
    dayValue,
  );
}

/** The UTC day. */
export function today(): string {
  return dayOf(Date.now());
}
