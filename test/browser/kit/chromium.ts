/**
 * Chromium for tests: the one at CHROMIUM_PATH, or the one that comes inside the npm package @sparticuz/chromium, unpacked
 * once below node_modules/.cache. It is started with what a person's browser has: web security, site isolation and the
 * pages' own Content-Security-Policy stay as they are.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const UNPACK = fileURLToPath(new URL("./unpack-chromium.ts", import.meta.url));

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever slips through has no address.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

type Installed = { readonly executablePath: string; readonly env: Record<string, string> };

let installed: Promise<Installed> | null = null;

/** Unpacks what is to be unpacked. Several processes may do it at the same time: the first to be ready counts. */
export function installChromium(): Promise<Installed> {
  installed ??= install();
  return installed;
}

async function install(): Promise<Installed> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return { executablePath: given, env: ownEnvironment() };
  const { version } = JSON.parse(await readFile(packageFile(), "utf8")) as { version: string };
  const cache = join(root, "node_modules/.cache");
  const folder = join(cache, `undersigned-chromium-${version}-${process.arch}`);
  if (!existsSync(folder)) await unpack(cache, folder);
  const executablePath = join(folder, "chromium");
  const env = { ...ownEnvironment(), FONTCONFIG_FILE: join(folder, "fonts.conf") };
  if (!(await lacksLibraries(executablePath))) return { executablePath, env };
  return { executablePath, env: { ...env, LD_LIBRARY_PATH: join(folder, "al2023", "lib") } };
}

/** package.json is not among the package's exports. */
function packageFile(): string {
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  return join(dirname(entry), "..", "package.json");
}

function ownEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function unpack(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, "unpacking-"));
  await run(process.execPath, ["--disable-warning=ExperimentalWarning", UNPACK], {
    env: { ...process.env, TMPDIR: staging },
  });
  await writeFile(join(staging, "fonts.conf"), fontsConf(folder));
  try {
    await rename(staging, folder);
  } catch (error) {
    // Another process was first.
    await rm(staging, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

/** The machine's own fonts first, since they know more scripts; the package's one for machines that have none. */
function fontsConf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

async function lacksLibraries(executable: string): Promise<boolean> {
  try {
    return (await run("ldd", [executable])).stdout.includes("not found");
  } catch {
    // Without ldd nobody knows: those of the package do no harm.
    return true;
  }
}

export type ProfileOptions = BrowserContextOptions & {
  /** Where the browser writes what its network stack does. */
  readonly netLog?: string;
};

/** A browser whose contexts keep nothing. `netLog` is where it writes what its network stack does. */
export async function launchBrowser({ netLog }: { readonly netLog?: string } = {}): Promise<Browser> {
  return await chromium.launch(await launchOptions(netLog));
}

/** A browser with a profile in a folder, as people have it. The profile is written when the context is closed. */
export async function launchProfile(folder: string, options: ProfileOptions = {}): Promise<BrowserContext> {
  const { netLog, ...rest } = options;
  return await chromium.launchPersistentContext(folder, { ...(await launchOptions(netLog)), ...rest });
}

async function launchOptions(netLog: string | undefined) {
  const { executablePath, env } = await installChromium();
  const args = netLog === undefined ? ARGS : [...ARGS, `--log-net-log=${netLog}`];
  return { executablePath, env, args, headless: true };
}
