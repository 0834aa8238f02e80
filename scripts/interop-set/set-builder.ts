/**
 * Writes a log of published keys, step by step, as honest parties and an attacker with all keys would: endorsements come
 * from phrases through blind signatures (PROTOCOL §5, §6). No rule is checked. Counts in closings and in index.json are what
 * somebody states who believes every leaf, so that a verifier cannot refuse a wrong leaf by the counts alone.
 */
import { decodeBase64url, encodeCanonical, type JsonValue } from "@undersigned/core";
import { ed25519CosignatureSigner, ed25519NoteSigner, type NoteSigner, signNote } from "@undersigned/log";
import { checkpointText, logFiles } from "../../test/kit/log-parts/log-files.ts";
import { SignatorySet } from "./set-builder/signatory-set.ts";
import type { Files } from "./set-builder/workforce-set.ts";

export type { Edit, Mutable } from "../../test/kit/log-parts/mutable.ts";
export { type Confirmation, resign } from "./set-builder/signatory-set.ts";
export type { Files } from "./set-builder/workforce-set.ts";

/** POSIX seconds of every cosignature: 2027-03-01. */
const COSIGNED_AT = 1_803_859_200;

export class SetBuilder extends SignatorySet {
  /** Who cosigns the checkpoint. */
  readonly witnessName = "witness.example.com";

  /** A checkpoint of all entries, or of the first `size`, by the log and the witness. */
  async checkpoint(size = this.entries.length): Promise<Uint8Array> {
    return this.sign(checkpointText(this.origin, this.entries, size));
  }

  /** Any text as a checkpoint. */
  async sign(
    text: string,
    { log = this.own.log, cosign = true, as = this.origin } = {},
  ): Promise<Uint8Array> {
    const signers: NoteSigner[] = [ed25519NoteSigner(as, decodeBase64url(log.publicKey), (m) => log.sign(m))];
    const { witness } = this.own;
    const key = decodeBase64url(witness.publicKey);
    if (cosign)
      signers.push(
        ed25519CosignatureSigner(
          this.witnessName,
          key,
          (m) => witness.sign(m),
          () => COSIGNED_AT,
        ),
      );
    return signNote(text, signers);
  }

  /** All public files, with those of signatories where they are asked for. */
  async files({ signatories = false } = {}): Promise<Files> {
    const files: Files = new Map([...this.documents, ...logFiles(this.entries)]);
    files.set("checkpoint", await this.checkpoint());
    for (const { letter } of this.letters) {
      this.writeOpenings(letter, files);
      if (signatories) this.writeSignatories(letter, files);
    }
    files.set("index.json", encodeCanonical(this.#index() as unknown as JsonValue));
    return files;
  }

  #index() {
    return {
      type: "index",
      v: 1,
      workforce: this.workforce,
      size: this.entries.length,
      ...this.workforceIndex(),
      letters: this.lettersIndex(),
    };
  }
}
