/**
 * Makes whole logs in memory: workforce, epochs, letters, endorsements, batches, closings, with real keys and real
 * signatures, and gives the public files (PROTOCOL §8). Everything is a function of the seed, so two runs make the same
 * bytes.
 *
 * It never checks a rule. Every step takes an `edit`, made before signing, and `append` and `appendRaw` log anything: so
 * the logs that a verifier must refuse are made with it too. For changes behind the log's back see public-files.ts.
 */
import { decodeBase64url, encodeCanonical, type JsonValue } from "@undersigned/core";
import { ed25519CosignatureSigner, ed25519NoteSigner, type NoteSigner, signNote } from "@undersigned/log";
import { SignatoryLog } from "./log-builder/signatory-log.ts";
import { checkpointText, logFiles } from "./log-parts/log-files.ts";

export type { ConfirmOptions, LetterHandle, WorkforceOptions } from "./log-builder/options.ts";
export type { Mutable } from "./log-parts/mutable.ts";

export class LogBuilder extends SignatoryLog {
  /** A signed checkpoint of the first `size` entries, cosigned by every witness or those with the given numbers. */
  async checkpoint(size = this.entries.length, witnesses = [...this.witnesses.keys()]): Promise<Uint8Array> {
    return this.signCheckpoint(checkpointText(this.manifest.log.origin, this.entries, size), witnesses);
  }

  /** Signs any checkpoint text with the log's key. */
  async signCheckpoint(
    text: string,
    witnesses = [...this.witnesses.keys()],
    log = this.logSigner,
  ): Promise<Uint8Array> {
    const signers: NoteSigner[] = [
      ed25519NoteSigner(this.manifest.log.origin, decodeBase64url(log.publicKey), (m) => log.sign(m)),
      ...witnesses.map((number) => {
        const witness = this.witnesses[number]!;
        const key = decodeBase64url(witness.publicKey);
        return ed25519CosignatureSigner(
          `witness-${number}.example.com`,
          key,
          (m) => witness.sign(m),
          () => 1_800_000_000,
        );
      }),
    ];
    return signNote(text, signers);
  }

  /** All public files, without signatories files. */
  async files(): Promise<Map<string, Uint8Array>> {
    const files = new Map([...this.documents, ...logFiles(this.entries)]);
    files.set("checkpoint", await this.checkpoint());
    for (const { letter } of this.letters)
      for (const [path, page] of this.openingFiles(letter)) files.set(path, page);
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
