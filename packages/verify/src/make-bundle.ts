/**
 * A bundle (PROTOCOL §8): all public files of a log, as one ZIP that can be recounted years later. The same files give the
 * same bytes. What goes in was read under the checkpoint and compared with it, with tiles and with hashes; signatures and
 * rules are not looked at, since a log that breaks them must be shown too.
 */
import {
  clientBuildHash,
  encodeCanonical,
  equalBytes,
  type JsonValue,
  keyStatementHash,
  type Leaf,
  leafHashOf,
  letterId,
  parseLeaf,
  parseLetterManifest,
  parseSealedLetter,
  utf8Encode,
  workforceManifestHash,
} from "@undersigned/core";
import { entriesPath, TILE_WIDTH, tilePath, tilesOf } from "@undersigned/log";
import { bundleReadme } from "./bundle-readme.ts";
import { readWorkforceManifest } from "./check-workforce-chain.ts";
import { refuse, VerifyError } from "./errors.ts";
import { furtherFiles } from "./further-files.ts";
import { isFurther } from "./further-rules.ts";
import { openLogCheckpoint } from "./open-checkpoint.ts";
import {
  CHECKPOINT_PATH,
  clientPath,
  INDEX_PATH,
  indexFile,
  manifestPath,
  OPENINGS_PER_PAGE,
  openingsPage,
  openingsPath,
  parsePublicFile,
  statementPath,
  unlistedPath,
} from "./public-files.ts";
import { type Bundle, readBundles, readTile } from "./read-bundles.ts";
import { readFile, readIfThere } from "./read-files.ts";
import { isSignatorys } from "./signatory-bytes.ts";
import { type FileSource, LIMITS } from "./source.ts";
import { TreeCheck } from "./tree-check.ts";
import { writeZip } from "./zip.ts";

const NOWHERE = { leaf: null };
const READ_AHEAD = 6;

/** ZIP bytes. Throws VerifyError with the failure's code when files are missing or do not fit together. */
export async function makeBundle(source: FileSource, workforceId: string): Promise<Uint8Array> {
  const first = await readWorkforceManifest(source, workforceId, refuse, null);
  const note = await readFile(source, CHECKPOINT_PATH, LIMITS.checkpoint, refuse, NOWHERE);
  const checkpoint = first === null || note === null ? null : await openLogCheckpoint(note, first, refuse);
  if (first === null || checkpoint === null)
    throw new VerifyError("file-missing", "There is no log to make a bundle of.");
  const { size } = checkpoint;
  const files = new Map<string, Uint8Array>([[CHECKPOINT_PATH, checkpoint.note]]);
  const contents = new Contents(source, files);

  const tree = new TreeCheck(source, refuse, null);
  for await (const bundle of readBundles(source, size, READ_AHEAD, refuse)) {
    const number = bundle.first / TILE_WIDTH;
    const tile = requireFitting(bundle);
    files.set(entriesPath(number, bundle.width), entriesOf(bundle));
    files.set(tilePath(0, number, bundle.width), tile);
    await tree.add(tile);
    for (const span of bundle.spans)
      if (span !== null) await contents.take(bundle.bytes.subarray(span[0], span[1]));
  }
  await tree.finish(checkpoint.root);
  for (const id of tilesOf(size)) {
    if (id.level === 0) continue;
    const tile = await readTile(source, id, refuse, id.index * TILE_WIDTH ** (id.level + 1));
    if (tile !== null) files.set(tilePath(id.level, id.index, id.width), tile);
  }
  await contents.addOpenings(size);
  await addIndex(source, size, files);
  const { employer, log } = first;
  const readme = bundleReadme({
    employer,
    workforce: workforceId,
    origin: log.origin,
    size,
    titles: contents.titles,
  });
  files.set("README.txt", utf8Encode(readme));
  return writeZip(files);
}

/** The tile's hashes. */
function requireFitting({ first, spans, bytes, hashes }: Bundle): Uint8Array {
  if (hashes === null)
    throw new VerifyError("file-missing", `The leaves from ${first} on could not be read.`);
  for (const [place, span] of spans.entries()) {
    const hash = span === null ? null : leafHashOf(bytes.subarray(span[0], span[1]));
    if (hash === null || !equalBytes(hash, hashes.subarray(32 * place, 32 * place + 32))) {
      const message = `Leaf ${first + place} is not the one that the log's tile holds the hash of.`;
      throw new VerifyError("leaf-changed", message);
    }
  }
  return hashes;
}

/** Where a longer bundle was read in place of a partial one that is gone, the part of it that belongs to this size. */
function entriesOf({ bytes, spans }: Bundle): Uint8Array {
  return bytes.slice(0, spans.at(-1)?.[1] ?? 0);
}

/** What leaves name: gathered while they go by. */
class Contents {
  readonly titles: string[] = [];
  readonly #source: FileSource;
  readonly #files: Map<string, Uint8Array>;
  /** Endorsements that batches state, by letter. */
  readonly #endorsements = new Map<string, number>();

  constructor(source: FileSource, files: Map<string, Uint8Array>) {
    this.#source = source;
    this.#files = files;
  }

  async take(entry: Uint8Array): Promise<void> {
    const leaf = readStructure(entry);
    if (leaf?.type === "workforce")
      await this.#add(manifestPath(leaf.manifest), leaf.manifest, workforceManifestHash);
    if (leaf?.type === "epoch") {
      for (const { statement } of leaf.statements)
        await this.#add(statementPath(statement), statement, keyStatementHash);
    }
    if (leaf?.type === "client") await this.#add(clientPath(leaf.client), leaf.client, clientBuildHash);
    if (leaf?.type === "letter") await this.#addLetter(leaf.letter);
    if (leaf !== null && isFurther(leaf)) {
      for (const [path, file] of await furtherFiles(this.#source, leaf)) this.#files.set(path, file);
    }
    if (leaf?.type === "batch") {
      for (const { letter, mailbox, vouched } of leaf.letters) {
        this.#endorsements.set(letter, (this.#endorsements.get(letter) ?? 0) + mailbox + vouched);
      }
    }
  }

  async addOpenings(size: number): Promise<void> {
    for (const [letter, endorsements] of this.#endorsements) {
      for (let page = 0; page * OPENINGS_PER_PAGE < endorsements; page++)
        await this.#addOpeningsPage(letter, page, size);
    }
  }

  async #addLetter(letter: string): Promise<void> {
    const path = manifestPath(letter);
    const file = await readIfThere(this.#source, path, LIMITS.document, refuse, NOWHERE);
    if (file !== null) {
      requireHash(path, file, letter, letterId);
      this.#files.set(path, file);
      this.titles.push(parseLetterManifest(file).title);
    }
    const sealedPath = unlistedPath(letter);
    const sealed = await readIfThere(this.#source, sealedPath, LIMITS.sealedLetter, refuse, NOWHERE);
    if (sealed === null) return;
    requireSealed(sealedPath, sealed, letter);
    this.#files.set(sealedPath, sealed);
  }

  /** Pages change without the log: an opening of a leaf that came after the checkpoint is left out. */
  async #addOpeningsPage(letter: string, page: number, size: number): Promise<void> {
    const path = openingsPath(letter, page);
    const file = await readIfThere(this.#source, path, LIMITS.openings, refuse, NOWHERE);
    if (file === null) return;
    const parsed = parsePublicFile(file, openingsPage, LIMITS.openings);
    const entries = parsed.entries.filter(({ index }) => index < size);
    const kept =
      entries.length === parsed.entries.length ? file : encodeCanonical({ ...parsed, entries } as JsonValue);
    this.#files.set(path, kept);
  }

  async #add(path: string, hash: string, hashOf: (file: Uint8Array) => string): Promise<void> {
    const file = await readFile(this.#source, path, LIMITS.document, refuse, NOWHERE);
    if (file === null) return;
    requireHash(path, file, hash, hashOf);
    this.#files.set(path, file);
  }
}

/** Leaves other than signatories', of which there are too many to read each; null for what cannot be read. */
function readStructure(entry: Uint8Array): Leaf | null {
  if (isSignatorys(entry)) return null;
  try {
    return parseLeaf(entry);
  } catch {
    return null;
  }
}

function requireHash(
  path: string,
  file: Uint8Array,
  hash: string,
  hashOf: (file: Uint8Array) => string,
): void {
  if (hashOf(file) !== hash) {
    throw new VerifyError(
      "manifest-mismatch",
      `The file ${path} is not the one that its name is the hash of.`,
    );
  }
}

function requireSealed(path: string, file: Uint8Array, letter: string): void {
  if (parseSealedLetter(file).letter !== letter)
    throw new VerifyError("file-malformed", `The file ${path} is of another letter than its name says.`);
}

async function addIndex(source: FileSource, size: number, files: Map<string, Uint8Array>): Promise<void> {
  const file = await readIfThere(source, INDEX_PATH, LIMITS.index, refuse, NOWHERE);
  if (file !== null && parsePublicFile(file, indexFile).size === size) files.set(INDEX_PATH, file);
}
