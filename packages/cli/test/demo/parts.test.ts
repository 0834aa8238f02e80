import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dnsLookup } from "@undersigned/service";
import { describe, expect, it } from "vitest";
import { startDnsServer } from "../../src/demo/answered/dns-server.ts";
import { createCleanUp } from "../../src/demo/clean-up.ts";
import { parseFlags } from "../../src/demo/flags.ts";
import { createProgress } from "../../src/demo/progress.ts";
import { lossyFetch } from "../../src/demo/signatories/lossy-fetch.ts";
import { openDataFolder } from "../../src/demo/world/data-folder.ts";
import { DemoClock } from "../../src/demo/world/demo-clock.ts";
import { freePorts } from "../../src/demo/world/free-port.ts";

const usage = expect.objectContaining({ code: "usage" });

describe("the demo's flags", () => {
  it("are 1,400 signatories, one registrar, a temporary folder, any port and SQLite unless said otherwise", () => {
    expect(parseFlags([])).toEqual({
      signatories: 1400,
      registrars: 1,
      quorum: 1,
      down: 0,
      lying: 0,
      through: "signed",
      data: null,
      port: 0,
      database: null,
      exit: false,
      tick: 30,
      help: false,
    });
    expect(
      parseFlags([
        "--signatories",
        "7",
        "--data=d",
        "--port",
        "8080",
        "--database",
        "postgres://h/d",
        "--exit",
      ]),
    ).toMatchObject({ signatories: 7, data: "d", port: 8080, database: "postgres://h/d", exit: true });
  });

  it.each([
    [["--signatories", "0"]],
    [["--signatories", "1.5"]],
    [["--signatories", "1e3"]],
    [["--port", "65536"]],
    [["--database", "mysql://h/d"]],
    [["--data"]],
    [["--data", ""]],
    [["--through", "judged", "--exit"]],
    [["--through", "answered"]],
    [["--through", "followed"]],
    [["--unknown"]],
    [["stray"]],
  ])("refuses %j", (args) => {
    expect(() => parseFlags(args)).toThrow(usage);
  });
});

describe("the demo's name server", () => {
  it("tells the board's own resolver the texts that it was given, long ones too, and denies all else", async () => {
    const long = `v=DKIM1; k=rsa; p=${"A".repeat(392)}`;
    const dns = await startDnsServer({ "letters._domainkey.example.com": long });
    try {
      const lookUpTxt = dnsLookup({ servers: [dns.server] });
      expect(await lookUpTxt("Letters._domainkey.example.com")).toEqual([long]);
      expect(await lookUpTxt("other._domainkey.example.com")).toEqual([]);
    } finally {
      await dns.close();
    }
  });
});

describe("a network that loses an answer", () => {
  it("lets the server act and keeps the first answer of the path from the caller, then passes everything on", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("done");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const network = lossyFetch("/v1/endorsements");
      expect(await (await network.fetch(`${base}/v1/other`, {})).text()).toBe("done");
      await expect(network.fetch(`${base}/v1/endorsements`, {})).rejects.toThrow(TypeError);
      expect(await (await network.fetch(`${base}/v1/endorsements`, {})).text()).toBe("done");
      expect(asked).toEqual(["/v1/other", "/v1/endorsements", "/v1/endorsements"]);
      expect(network.lost()).toBe(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("the demo's folder", () => {
  it("is temporary and removed with all that is in it", async () => {
    const folder = await openDataFolder(null);
    await writeFile(join(folder.path, "file"), "x");
    folder.remove();
    await expect(readdir(folder.path)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("stays when it was asked for, and is refused when something is in it", async () => {
    const above = await mkdtemp(join(tmpdir(), "undersigned-test-"));
    try {
      const folder = await openDataFolder(join(above, "data"));
      await writeFile(join(folder.path, "file"), "x");
      folder.remove();
      expect(await readdir(folder.path)).toEqual(["file"]);
      await expect(openDataFolder(join(above, "data"))).rejects.toMatchObject({ code: "data-not-empty" });
    } finally {
      await rm(above, { recursive: true });
    }
  });
});

describe("the registrars' ports", () => {
  it("are as many as are asked for, all different, free, and none that a system hands out by itself", async () => {
    const ports = await freePorts(15);
    expect(new Set(ports).size).toBe(15);
    for (const port of ports) {
      expect(port).toBeGreaterThan(1023);
      expect(port).toBeLessThan(32_768);
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", resolve);
      });
      server.close();
    }
  });
});

describe("the demo's clock", () => {
  it("moves its day forwards only, and leaves moments to the machine", () => {
    const clock = new DemoClock("2026-01-31");
    const before = Date.now();
    clock.moveTo("2026-02-01");
    expect(clock.day()).toBe("2026-02-01");
    expect(clock.now()).toBeGreaterThanOrEqual(before);
    expect(() => clock.moveTo("2026-01-31")).toThrow(RangeError);
  });
});

describe("cleaning up", () => {
  it("undoes in the opposite order, goes on after a failure, and tells of it", async () => {
    const done: string[] = [];
    const cleanUp = createCleanUp();
    cleanUp.add(() => done.push("first"));
    cleanUp.add(async () => {
      throw new Error("in the middle");
    });
    cleanUp.add(() => done.push("last"));
    await expect(cleanUp.run()).rejects.toThrow("in the middle");
    expect(done).toEqual(["last", "first"]);
    await cleanUp.run();
    expect(done).toEqual(["last", "first"]);
  });
});

describe("progress where there is no terminal", () => {
  it("is a plain line now and then, with rate and time left", () => {
    const lines: string[] = [];
    let now = 0;
    const stream = { write: (line: string) => lines.push(line) > 0 } as unknown as NodeJS.WritableStream;
    const progress = createProgress(stream, () => now);
    progress.begin(4, "2026-01-01");
    for (let i = 0; i < 2; i++) {
      now += 3000;
      progress.enrolled();
      progress.signed();
    }
    expect(lines).toEqual(["2026-01-01: 2 enrolled, 1 of 4 signed, 0.2/s, 7 s left\n"]);
    progress.enrolled();
    progress.enrolled();
    progress.signed();
    progress.signed();
    progress.end();
    expect(lines.at(-1)).toBe("2026-01-01: 4 enrolled, 4 of 4 signed, 0.7/s, 0 s left\n");
  });
});
