/** Single leaves, each proven to be in the tree of the checkpoint. */
import { encodeBase64url, equalBytes, type Leaf, leafHashOf, parseLeaf } from "@undersigned/core";
import { proveInclusion, TILE_WIDTH, verifyInclusion } from "@undersigned/log";
import { refuse, VerifyError } from "./errors.ts";
import type { LogCheckpoint } from "./open-checkpoint.ts";
import { type Bundle, readBundle, tileReader } from "./read-bundles.ts";
import { messageOf } from "./read-files.ts";
import type { FileSource } from "./source.ts";

export class ProvenLeaves {
  readonly #source: FileSource;
  readonly #checkpoint: LogCheckpoint;
  #bundle: Bundle | null = null;

  constructor(source: FileSource, checkpoint: LogCheckpoint) {
    this.#source = source;
    this.#checkpoint = checkpoint;
  }

  async read(index: number): Promise<{ leaf: Leaf; name: string }> {
    const { size, root } = this.#checkpoint;
    const bundle = await this.#bundleOf(index);
    const span = bundle.spans[index - bundle.first] ?? null;
    if (span === null) throw new VerifyError("leaf-changed", `Leaf ${index} is not in its bundle.`);
    const entry = bundle.bytes.subarray(span[0], span[1]);
    const hash = leafHashOf(entry);
    const place = 32 * (index - bundle.first);
    if (bundle.hashes === null || !equalBytes(hash, bundle.hashes.subarray(place, place + 32))) {
      throw new VerifyError(
        "leaf-changed",
        `Leaf ${index} is not the one that the log's tile holds the hash of.`,
      );
    }
    const proof = await proveInclusion(index, size, tileReader(this.#source)).catch(() => null);
    if (proof === null)
      throw new VerifyError("file-missing", `Tiles that lead to leaf ${index} could not be read.`);
    if (!verifyInclusion({ leafHash: hash, index, size, proof, root })) {
      throw new VerifyError(
        "tiles-inconsistent",
        `Leaf ${index} is not in the log that the checkpoint describes.`,
      );
    }
    try {
      return { leaf: parseLeaf(entry), name: encodeBase64url(hash) };
    } catch (error) {
      throw new VerifyError(
        "leaf-malformed",
        `Leaf ${index} is no leaf of this protocol. ${messageOf(error)}`,
      );
    }
  }

  async #bundleOf(index: number): Promise<Bundle> {
    const first = index - (index % TILE_WIDTH);
    if (this.#bundle?.first !== first) {
      this.#bundle = await readBundle(this.#source, first / TILE_WIDTH, this.#checkpoint.size, refuse);
    }
    return this.#bundle;
  }
}
