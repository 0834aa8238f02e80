/** What is taken of another server at most, whatever it sends. */

export interface Limits {
  /** For one file, from the question to its last byte. */
  readonly fileMs: number;
  /** For the whole. */
  readonly wholeMs: number;
  /** Of all files, as they are unpacked. */
  readonly bytes: number;
  /** Questions that are asked, pages and pictures included. */
  readonly files: number;
  /** Pages and what they show: what is found by links. */
  readonly pages: number;
  readonly atOnce: number;
}

/** For a person who waits. */
export const MIRROR_LIMITS: Limits = {
  fileMs: 60_000,
  wholeMs: 6 * 3_600_000,
  bytes: 8_000_000_000,
  files: 1_000_000,
  pages: 50_000,
  atOnce: 6,
};

/** For a board that has other things to do: a log of some 300,000 signatures. */
export const FOLLOW_LIMITS: Limits = {
  fileMs: 60_000,
  wholeMs: 3_600_000,
  bytes: 1_000_000_000,
  files: 100_000,
  pages: 0,
  atOnce: 4,
};
