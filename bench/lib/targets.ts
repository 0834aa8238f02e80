/** What the figures are held against, and the table that people read. */
import type { AcceptanceResult } from "../acceptance/measure.ts";
import type { BrowserResult } from "../browser/measure.ts";
import type { DocumentResult } from "../document/measure.ts";
import type { EnrolmentResult } from "../enrolment/measure.ts";
import type { MailResult } from "../mail/measure.ts";
import type { PrimitivesResult } from "../primitives/measure.ts";
import type { RecountResult, RecountSize } from "../recount/measure.ts";
import { rounded } from "./statistics.ts";

export interface Results {
  readonly primitives?: PrimitivesResult;
  readonly enrolment?: EnrolmentResult;
  readonly mail?: MailResult;
  readonly recount?: RecountResult;
  readonly acceptance?: AcceptanceResult;
  readonly document?: DocumentResult;
  readonly browser?: BrowserResult;
}

export interface Target {
  readonly name: string;
  readonly target: string;
  readonly reached: number;
  readonly unit: string;
  readonly met: boolean;
  /** What stands behind it. */
  readonly note: string;
}

const MIB = 2 ** 20;
/** Costs of a leaf in the longest log and in the shortest may differ by this much and still be called flat. */
const FLAT = 1.25;

export function targetsOf(results: Results): Target[] {
  return [
    ...enrolmentTargets(results),
    ...mailTargets(results),
    ...recountTargets(results),
    ...acceptanceTargets(results),
    ...documentTargets(results),
    ...browserTargets(results),
  ];
}

function atLeast(name: string, least: number, reached: number, unit: string, note: string): Target {
  return { name, target: `>= ${least}`, reached: rounded(reached), unit, met: reached >= least, note };
}

function below(name: string, most: number, reached: number, unit: string, note: string): Target {
  return { name, target: `< ${most}`, reached: rounded(reached), unit, met: reached < most, note };
}

function per(value: number): string {
  return `${rounded(value)}/s`;
}

function enrolmentTargets({ enrolment, primitives }: Results): Target[] {
  if (enrolment === undefined) return [];
  const { signaturesPerSecond, limitPerSecond, enrolmentsPerSecond, ratio, ratioByCpu } = enrolment;
  const rows = [
    atLeast(
      "enrolment: share of raw RSA-2048 (node:crypto)",
      0.8,
      ratio,
      "",
      `${per(enrolmentsPerSecond)} of 16 signatures = ${per(signaturesPerSecond)} of ${per(limitPerSecond)}; ${rounded(ratioByCpu)} of CPU time`,
    ),
  ];
  const openssl = primitives?.opensslAll?.rsa2048Sign;
  if (openssl !== undefined) {
    const note = `openssl speed, all cores: ${per(openssl)}`;
    rows.push(atLeast("enrolment: share of openssl speed", 0.8, signaturesPerSecond / openssl, "", note));
  }
  return rows;
}

/** 10,000 a second on two cores, of the 65,000 bare verifications a second of the machine that the target was set on. */
const MAIL_SHARE = 0.15;

function mailTargets({ mail }: Results): Target[] {
  if (mail === undefined) return [];
  const { headersPerSecond, limitPerSecond, ratio, ratioByCpu } = mail;
  return [
    atLeast(
      "existing mail: share of RSA-2048 verification alone",
      MAIL_SHARE,
      ratio,
      "",
      `${per(headersPerSecond)} headers of ${per(limitPerSecond)}; ${rounded(ratioByCpu)} of CPU time`,
    ),
  ];
}

function recountTargets({ recount, primitives }: Results): Target[] {
  const sizes = recount?.sizes ?? [];
  const rows = sizes.map(
    ({ endorsements, ratio, ratioByCpu, endorsementsPerSecond, limitPerSecond, peakRssBytes }) =>
      atLeast(
        `recount of ${endorsements}: share of bare checks`,
        0.8,
        ratio,
        "",
        `${per(endorsementsPerSecond)} of ${per(limitPerSecond)}; ${rounded(ratioByCpu)} of CPU time; at most ${Math.round(peakRssBytes / MIB)} MiB`,
      ),
  );
  const openssl = primitives?.opensslAll;
  const longest = sizes.at(-1);
  if (openssl != null && longest !== undefined) {
    const limit = 1 / (1 / openssl.rsa2048Verify + 1 / openssl.ed25519Verify);
    const note = `openssl speed, one of each, all cores: ${per(limit)}`;
    rows.push(
      atLeast("recount: share of openssl speed", 0.8, longest.endorsementsPerSecond / limit, "", note),
    );
  }
  const [shortest, middle] = sizes;
  if (longest !== undefined && shortest !== undefined && middle !== undefined) {
    const inAll = sizes
      .map((size) => `${size.endorsements}: ${rounded(size.microsecondsPerEndorsement)} us`)
      .join(", ");
    const growth = longest.microsecondsPerEndorsement / shortest.microsecondsPerEndorsement;
    rows.push(below("recount: cost of a leaf, longest log to shortest", FLAT, growth, "", inAll));
    if (longest !== middle) {
      const [early, late] = [further(shortest, middle), further(middle, longest)];
      const note = `without the start: ${rounded(early)} us up to ${middle.endorsements}, ${rounded(late)} us from there`;
      rows.push(below("recount: cost of a further leaf, late to early", FLAT, late / early, "", note));
    }
  }
  return rows;
}

/** Microseconds that each endorsement adds between two sizes. */
function further(from: RecountSize, to: RecountSize): number {
  return (1e6 * (to.seconds - from.seconds)) / (to.endorsements - from.endorsements);
}

function acceptanceTargets({ acceptance }: Results): Target[] {
  if (acceptance === undefined) return [];
  const { early, late, endorsements, releases, memory, disk, flags } = acceptance;
  const phase = (
    name: string,
    { acceptedPerSecond, serverCpuMicroseconds, loadCpuMicroseconds, latency }: typeof early,
  ) => [
    atLeast(
      `accepting, ${name}`,
      1500,
      acceptedPerSecond,
      "/s",
      `CPU for each: server ${Math.round(serverCpuMicroseconds)} us, load ${Math.round(loadCpuMicroseconds)} us`,
    ),
    below(
      `p99 at ${latency.perSecond}/s, ${name}`,
      50,
      latency.p99,
      "ms",
      `p50 ${rounded(latency.p50)} ms, longest ${rounded(latency.max)} ms, ${latency.requests} requests`,
    ),
  ];
  const tables = Object.entries(disk.tables ?? {}).slice(0, 3);
  return [
    ...phase("log empty", early),
    ...phase(`log of ${endorsements}`, late),
    below(
      "memory of the board (RSS)",
      200,
      memory.rssBytes / MIB,
      "MiB",
      `at most ${Math.round(memory.peakRssBytes / MIB)} MiB; node ${flags.join(" ")}`,
    ),
    below(
      "disk for each endorsement",
      800.5,
      disk.bytesPerEndorsement,
      "bytes",
      tables.map(([name, bytes]) => `${name} ${Math.round(bytes / endorsements)}`).join(", "),
    ),
    below(
      `releasing ${releases.batch} into the log`,
      1,
      releases.seconds,
      "s",
      `of ${releases.all.length}: ${releases.all.map(rounded).join(", ")} s`,
    ),
  ];
}

const KB = 1000;

function documentTargets({ document }: Results): Target[] {
  if (document === undefined) return [];
  const { names, pages, seconds, cpuSeconds, grownBytes } = document;
  const note = `${names} names, ${pages} pages; ${rounded(cpuSeconds)} s of CPU time`;
  return [
    below("letter as PDF: time", 10, seconds, " s", note),
    below("letter as PDF: memory over idle", 300, grownBytes / MIB, " MiB", note),
  ];
}

function browserTargets({ browser }: Results): Target[] {
  if (browser === undefined) return [];
  const { reader, signing, enrolMs, signMs, runs, recount } = browser;
  const all = (pick: (run: (typeof runs)[number]) => number) =>
    `Chromium ${browser.browser}; of ${runs.length}, cold each: ${runs.map((run) => rounded(pick(run))).join(", ")} ms`;
  return [
    below(
      "reader's page, gzipped",
      30,
      reader.gzipBytes / KB,
      "kB",
      `${reader.requests} requests, ${reader.scriptGzipBytes} bytes of script`,
    ),
    below(
      "signing page at first load, gzipped",
      80,
      signing.gzipBytes / KB,
      "kB",
      `script ${rounded(signing.scriptGzipBytes / KB)} kB; files of the log apart`,
    ),
    below(
      "enrolling for 16 slots: script",
      200,
      enrolMs,
      "ms",
      all(({ blindMs, unblindMs }) => blindMs + unblindMs),
    ),
    below(
      "signing: script",
      20,
      signMs,
      "ms",
      all((run) => run.signMs),
    ),
    below(
      `recount of ${recount.endorsements} on the page`,
      2,
      recount.seconds,
      "s",
      `of ${recount.all.length}: ${recount.all.map(rounded).join(", ")} s`,
    ),
  ];
}

export function formatTable(targets: readonly Target[]): string {
  const rows = targets.map(({ name, target, reached, unit, met, note }) => [
    name,
    target,
    `${reached}${unit === "/s" ? unit : unit === "" ? "" : ` ${unit}`}`,
    met ? "yes" : "NO",
    note,
  ]);
  const all = [["what", "target", "reached", "met", "with"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
