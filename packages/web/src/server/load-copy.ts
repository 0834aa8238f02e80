/** A kept copy of a source, and the sources that it is a copy of. */
import { copyTypeOf } from "@undersigned/board";
import { type CopyType, MAX_COPY_BYTES, type Source } from "@undersigned/core";
import { copyPath, type FileSource } from "@undersigned/verify";

export interface KeptCopy {
  readonly sha256: string;
  /** By its first bytes: it may be anything else. */
  readonly type: CopyType;
  readonly bytes: Uint8Array;
  /** At least one. */
  readonly sources: readonly Source[];
}

/** Null for a copy that is none of `all`, and for one that this board does not have. */
export async function loadCopy(
  source: FileSource,
  all: readonly Source[],
  sha256: string,
): Promise<KeptCopy | null> {
  const sources = all.filter(({ copy }) => copy === sha256);
  if (sources.length === 0) return null;
  const bytes = await source.read(copyPath(sha256), MAX_COPY_BYTES);
  return bytes === null ? null : { sha256, type: copyTypeOf(bytes), bytes, sources };
}
