/** How long the public files of a log stay what they are (PROTOCOL §8): what need not be asked for twice. */

/**
 * `for-good`: named by the hash of its content, or a full tile, and nobody takes it away. `while-there`: named by its hash, and may be
 * taken away. `changing`: all else.
 */
export type Lasting = "for-good" | "while-there" | "changing";

const FOR_GOOD = /^(?:(?:manifests|statements|clients)\/|tile\/)/;
const PARTIAL = /\.p\/\d+$/;
const WHILE_THERE = /^(?:records|answers|documents|copies|unlisted)\//;

export function lastingOf(path: string): Lasting {
  if (FOR_GOOD.test(path) && !PARTIAL.test(path)) return "for-good";
  return WHILE_THERE.test(path) ? "while-there" : "changing";
}

/** Whether a path below a workforce's prefix is one of the log's files, and no page's. */
export function isFileOfLog(path: string): boolean {
  return /^(?:checkpoint|index\.json|(?:tile|manifests|statements|clients|copies|records|withheld|answers|documents|unlisted|openings|signatories)\/.+)$/.test(
    path,
  );
}
