/** `undersigned check-page` against a real board, and against somebody in front of it who changes what is served. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCommand } from "../../packages/cli/test/run-command.ts";
import { startWorld, type World } from "../kit/servers/world.ts";

type Change = (path: string, body: Buffer, headers: Record<string, string>) => Buffer;

/** Passes everything on to the board; what comes back goes through `change`. */
async function between(board: string, change: Change): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    const answer = await fetch(new URL(path, board));
    const headers = Object.fromEntries(answer.headers);
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) delete headers[name];
    const body = change(path, Buffer.from(await answer.arrayBuffer()), headers);
    response.writeHead(answer.status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe("a page that is compared with the log", () => {
  let world: World;
  const servers: Server[] = [];
  beforeAll(async () => {
    world = await startWorld({ pages: true });
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await world?.close();
  });

  const pathOf = (rest: string) => `/w/${world.workforce}/letters/${world.letters[0]}${rest}`;

  const check = (page: string) => startCommand(["check-page", page, "--workforce", world.workforce]).finished;

  /** What the command says of the signing page where somebody changes what is served. */
  async function checkThrough(change: Change) {
    const { url, server } = await between(world.board.url, change);
    servers.push(server);
    return await check(new URL(pathOf("/sign"), url).href);
  }

  it.each(["", "/sign", "/recount", "/signatories/1"])("is what was stated: the letter%s", async (rest) => {
    const { code, stdout, stderr } = await check(new URL(pathOf(rest), world.board.url).href);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.not.stringContaining("page-differs") });
    expect(stdout).toMatch(
      /^The page runs client [\w-]{43} \(version \S+\), stated in leaf \d+ on \d{4}-\d\d-\d\d\.$/m,
    );
  });

  it("is what was stated through somebody who changes nothing", async () => {
    expect(await checkThrough((_, body) => body)).toMatchObject({ code: 0 });
  });

  it.each<[string, Change]>([
    [
      "a script",
      (path, body) => (path.endsWith(".js") ? Buffer.concat([body, Buffer.from("evil()")]) : body),
    ],
    [
      "a script and the hash that the page demands of it",
      (path, body) =>
        path.endsWith("/sign")
          ? Buffer.from(
              String(body).replaceAll(/integrity="[^"]+"/g, `integrity="sha256-${"A".repeat(43)}="`),
            )
          : body,
    ],
    [
      "the page, by a script of its own",
      (path, body) =>
        path.endsWith("/sign")
          ? Buffer.from(String(body).replace("</main>", "<script>evil()</script></main>"))
          : body,
    ],
    [
      "the policy",
      (_, body, headers) => {
        headers["content-security-policy"] = "script-src *";
        return body;
      },
    ],
  ])("is refused where somebody changes %s", async (_, change) => {
    expect(await checkThrough(change)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^page-differs: /m),
    });
  });

  it("is refused where the list of the build's files is another", async () => {
    const { code, stderr } = await checkThrough((path, body) =>
      path.includes("/clients/") ? Buffer.from(String(body).replace(/"bytes":1/, '"bytes":2')) : body,
    );
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/^client-mismatch: /m) });
  });
});
