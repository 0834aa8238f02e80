/**
 * What is known of each contracting process while a file is read: its releases, in any order, and the latest compiled one. Kept as
 * JSON, which is some five times smaller than objects, and bounded in all.
 */
import { DealingsError } from "../errors.ts";
import { ownCopy } from "../text/clean-line.ts";
import type { KnownObject } from "./known-release.ts";
import { compareDates, dateOf, mergeReleases } from "./merge-releases.ts";

/** Bytes in memory, as far as they can be told. */
const KEPT_MOST = 64 * 2 ** 20;
/** A string, its place in a list and a map, beside its characters. */
const OVERHEAD = 120;
const WIDE = /[^ -ÿ]/;

interface Process {
  compiled: string | null;
  releases: string[];
  /** Which package it came with last. */
  origin: number;
}

export class ProcessStore {
  readonly #processes = new Map<string, Process>();
  readonly #most: number;
  #bytes = 0;

  constructor(most = KEPT_MOST) {
    this.#most = most;
  }

  /** `origin` is the number of the package. Throws DealingsError `too-much`. */
  add(ocid: string, release: KnownObject, kind: "release" | "compiled", origin: number): void {
    let process = this.#processes.get(ocid);
    if (process === undefined) {
      process = { compiled: null, releases: [], origin };
      this.#processes.set(ownCopy(ocid), process);
      this.#count(ocid);
    }
    process.origin = origin;
    const text = JSON.stringify(release);
    // Also what is not kept, so that nothing comes without end.
    this.#count(text);
    if (kind === "compiled") {
      const before = process.compiled === null ? "" : dateOf(JSON.parse(process.compiled));
      if (compareDates(dateOf(release), before) < 0) return;
      process.compiled = text;
    } else process.releases.push(text);
  }

  /**
   * Each process once, merged: from the latest compiled release, if there is one, and the releases after it. A process is
   * forgotten when it has been given.
   */
  *merged(): Generator<{ ocid: string; release: KnownObject; origin: number }> {
    for (const [ocid, { compiled, releases, origin }] of this.#processes) {
      this.#processes.delete(ocid);
      const base = compiled === null ? null : (JSON.parse(compiled) as KnownObject);
      const later = releases
        .map((text) => JSON.parse(text) as KnownObject)
        .filter((release) => base === null || compareDates(dateOf(release), dateOf(base)) > 0);
      yield { ocid, release: mergeReleases(base === null ? later : [base, ...later]), origin };
    }
  }

  #count(text: string): void {
    this.#bytes += OVERHEAD + text.length * (WIDE.test(text) ? 2 : 1);
    if (this.#bytes > this.#most) throw new DealingsError("too-much");
  }
}
