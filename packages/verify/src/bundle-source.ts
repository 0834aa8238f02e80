/** Public files in a bundle (PROTOCOL §8): a ZIP of them under their paths. */
import { type FileSource, requirePlainPath } from "./source.ts";
import { ZipReader } from "./zip.ts";

/** Throws VerifyError `bundle-malformed` when the bytes are no such ZIP. Files are unpacked as they are read. */
export function bundleSource(zipBytes: Uint8Array): FileSource {
  const zip = new ZipReader(zipBytes);
  return {
    read: async (path, maxBytes) => {
      requirePlainPath(path);
      return zip.read(path, maxBytes);
    },
  };
}
