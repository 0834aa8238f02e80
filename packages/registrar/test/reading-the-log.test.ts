/** A registrar enrols nobody before it has read the log, and an address that gives nothing, or too much, does it no harm. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseCanonical, signObject } from "@undersigned/core";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createEpochKeys, type ReadLog } from "../src/index.ts";
import { readBoardLog } from "../src/log/read-log.ts";
import {
  board,
  CLOSES,
  manifestFor,
  newWorkforce,
  OPENS,
  Person,
  post,
  removeFolders,
  start,
  stopAll,
} from "./kit.ts";
import { LOCK } from "./lock.ts";
import { logOf } from "./logged.ts";
import { TODAY } from "./test-clock.ts";

const servers: Server[] = [];
afterEach(async () => {
  await stopAll();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
afterAll(removeFolders);

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const INTEROP = fileURLToPath(new URL("../../../interop/valid", import.meta.url));

async function interopWorkforce(): Promise<string> {
  const index = parseCanonical(await readFile(join(INTEROP, "index.json")), 1 << 20);
  return (index as { workforce: string }).workforce;
}

describe("a registrar whose log cannot be read", () => {
  it("refuses with log-not-read, and enrols as soon as it can be read", async () => {
    const workforce = await newWorkforce();
    let down = true;
    const readLog: ReadLog = async () => {
      if (down) throw new Error("down");
      return logOf([workforce.statementFile]);
    };
    const registrar = await start(workforce, { readLog });
    const ada = new Person(workforce, "ada@example.com");
    for (const answer of [
      await post(registrar.url, "/v1/reservations", ada.reservation()),
      await ada.enrol(registrar, "12345678"),
    ]) {
      expect(answer).toMatchObject({ status: 503, body: { code: "log-not-read" } });
    }
    expect(registrar.smtp.messages).toHaveLength(0);
    down = false;
    const answer = await ada.enrol(registrar, await ada.askCode(registrar, "ada@example.com"));
    await ada.tokens(answer);
  });

  it("is read at the manifest's board, or where the operator says that the board is now", async () => {
    const asked: string[] = [];
    const workforce = await newWorkforce();
    const readLog: ReadLog = async (board) => {
      asked.push(board);
      return logOf([workforce.statementFile]);
    };
    const registrar = await start(workforce, { readLog });
    await registrar.close();
    await start(workforce, { readLog, board: "https://moved.example.com" });
    expect(asked).toEqual(["https://board.example.com", "https://moved.example.com"]);
  });

  it("states nothing meanwhile, since it may have stated more", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce, { readLog: () => Promise.reject(new Error("down")) });
    const request = { type: "issuance-request" as const, v: 1 as const, epoch: 1, day: TODAY };
    const ask = signObject({ ...request, workforce: workforce.statement.workforce }, board);
    expect((await post(registrar.url, "/v1/issuance", ask)).body.code).toBe("log-not-read");
  });

  it("answers while the reading hangs, and stops", async () => {
    const workforce = await newWorkforce();
    const registrar = await start(workforce, { readLog: () => new Promise(() => undefined) });
    const ada = new Person(workforce, "ada@example.com");
    const answer = await post(registrar.url, "/v1/reservations", ada.reservation());
    expect(answer.body.code).toBe("log-not-read");
    await stopAll();
  });

  it("is not made to read by many who ask", async () => {
    const workforce = await newWorkforce();
    let readings = 0;
    const readLog: ReadLog = async () => {
      readings += 1;
      throw new Error("down");
    };
    const registrar = await start(workforce, { readLog });
    const from = performance.now();
    const people = Array.from({ length: 5 }, (_, i) => new Person(workforce, `person${i}@example.com`));
    for (let round = 0; round < 3; round++) {
      await Promise.all(people.map((one) => post(registrar.url, "/v1/reservations", one.reservation())));
    }
    expect(readings).toBeLessThanOrEqual(2 + (performance.now() - from) / 500);
    expect(readings).toBeGreaterThan(1);
    expect(registrar.log.filter((line) => line.includes("log-not-read"))).toHaveLength(1);
  });
});

describe("an epoch that the log does not have", () => {
  it("enrols nobody until the board has opened it", async () => {
    const workforce = await newWorkforce();
    let files: Uint8Array[] = [];
    const registrar = await start(workforce, { readLog: async () => logOf(files) });
    const ada = new Person(workforce, "ada@example.com");
    const early = await post(registrar.url, "/v1/reservations", ada.reservation());
    expect(early).toMatchObject({ status: 503, body: { code: "epoch-not-logged" } });
    files = [workforce.statementFile];
    await ada.askCode(registrar, "ada@example.com");
  });

  it("enrols nobody when the log has another statement of this registrar", async () => {
    const workforce = await newWorkforce();
    const elsewhere = await newWorkforce();
    const { dataDir, identity } = elsewhere;
    const other = { epoch: 2, opens: OPENS, closes: CLOSES };
    expect(manifestFor(identity)).toEqual(elsewhere.manifestFile);
    const made = await createEpochKeys({
      dataDir,
      lock: LOCK,
      manifestFile: elsewhere.manifestFile,
      ...other,
    });
    const log = logOf([made.statement]);
    const swapped = { ...log, epochs: new Map([[1, log.epochs.get(2)!]]) };
    const registrar = await start(workforce, { readLog: async () => swapped });
    const answer = await post(
      registrar.url,
      "/v1/reservations",
      new Person(workforce, "ada@example.com").reservation(),
    );
    expect(answer.body.code).toBe("epoch-not-logged");
    expect(registrar.log.join("")).toContain("epoch-not-logged");
  });
});

describe("reading from a board", () => {
  const reading = (url: string, workforce: string, signal = new AbortController().signal) =>
    readBoardLog(url, workforce, signal);

  it("gives epochs with their statements, and each registrar's last words, all proven", async () => {
    const workforce = await interopWorkforce();
    const url = await serve((request, response) => {
      const path = join(INTEROP, new URL(request.url!, "http://x").pathname.slice(`/w/${workforce}/`.length));
      stat(path).then(
        () => createReadStream(path).pipe(response),
        () => response.writeHead(404).end(),
      );
    });
    const { epochs, issuance, destructions } = await reading(`${url}/`, workforce);
    expect(epochs.size).toBeGreaterThan(0);
    expect(issuance.size).toBeGreaterThan(0);
    for (const name of [...issuance.keys(), ...destructions.keys()]) {
      const [epoch, registrar] = name.split(" ") as [string, string];
      expect(epochs.get(Number(epoch))?.statements.get(registrar)?.registrar).toBe(registrar);
    }
  });

  it.each<[string, RequestListener, string]>([
    [
      "leads elsewhere",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
      "file-missing",
    ],
    [
      "never ends",
      (_, response) => {
        const send = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on("drain", send);
        send();
      },
      "file-too-large",
    ],
    ["has nothing", (_, response) => response.writeHead(404).end(), "file-missing"],
    ["lies", (_, response) => response.end("{}"), "manifest-mismatch"],
  ])("refuses an address that %s", async (_, listener, code) => {
    const url = await serve(listener);
    const error = await reading(url, await interopWorkforce()).catch((reason: unknown) => reason);
    expect((error as { code: string }).code).toBe(code);
  });

  it("ends with the signal, when a server hangs or drips", async () => {
    const drip: RequestListener = (_, response) => {
      const timer = setInterval(() => response.write("{"), 20);
      response.on("close", () => clearInterval(timer));
    };
    for (const listener of [() => undefined, drip]) {
      const url = await serve(listener);
      await expect(reading(url, await interopWorkforce(), AbortSignal.timeout(300))).rejects.toMatchObject({
        code: "file-missing",
      });
    }
  });
});
