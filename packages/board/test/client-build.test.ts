/** The client build: stated in the log once, by the board's key, before a letter is opened; nothing where there are no pages. */
import { clientBuildFile, clientBuildHash, encodeBase64url, randomBytes } from "@undersigned/core";
import { eachDatabase } from "@undersigned/service/testing";
import { openWorkforce, recount } from "@undersigned/verify";
import { expect, it } from "vitest";
import { logClientBuild } from "../src/commands/log-client-build.ts";
import { publicSite } from "../src/public/public-site.ts";
import { Kit } from "./kit.ts";

function build(version: string): Uint8Array {
  const files = [{ path: "assets/sign.js", sha256: encodeBase64url(randomBytes(32)), bytes: 3 }];
  return clientBuildFile({ version, files });
}

const sourceOf = (kit: Kit) => publicSite(kit.board.internals).files(kit.workforce);

async function statedIn(kit: Kit) {
  const view = await openWorkforce(sourceOf(kit), kit.workforce);
  return view.clients.map(({ leaf, index, build: { version } }) => ({ client: leaf.client, index, version }));
}

eachDatabase("a client build", (database) => {
  it("is stated when a workforce is added, once, and the log with it recounts", async () => {
    const file = build("1");
    const kit = await Kit.start({ databaseUrl: await database.freshUrl(), clientBuild: file });
    const client = clientBuildHash(file);
    expect(await statedIn(kit)).toEqual([{ client, index: 1, version: "1" }]);
    await kit.publish();
    expect(await statedIn(kit)).toHaveLength(1);
    const report = await recount(sourceOf(kit), { workforce: kit.workforce });
    expect(report.failures).toEqual([]);
    expect(report.clients).toEqual([{ client, version: "1", day: kit.clock.day(), leaf: 1 }]);
  });

  it("that is new is in the log before the letter that is opened with it, and an old one is not stated again", async () => {
    const [first, second] = [build("1"), build("2")];
    const kit = await Kit.start({ databaseUrl: await database.freshUrl(), clientBuild: first });
    kit.clientBuild = second;
    await kit.board.close();
    await kit.open();
    const { id } = await kit.publish();
    const view = await openWorkforce(sourceOf(kit), kit.workforce);
    expect(view.clients.map(({ leaf }) => leaf.client)).toEqual([first, second].map(clientBuildHash));
    expect(view.clients[1]!.index).toBeLessThan(view.letters.get(id)!.index);
    kit.clientBuild = first;
    await kit.board.close();
    await kit.open();
    await kit.publish();
    expect(await statedIn(kit)).toHaveLength(2);
  });

  it("that several processes state at the same time is stated once", async () => {
    const kit = await Kit.start({ databaseUrl: await database.freshUrl(), clientBuild: build("1") });
    kit.clientBuild = build("2");
    await kit.board.close();
    await kit.open();
    await Promise.all([1, 2, 3].map(() => logClientBuild(kit.board.internals)));
    expect((await statedIn(kit)).map(({ version }) => version)).toEqual(["1", "2"]);
  });

  it("does not exist on a board without pages", async () => {
    const kit = await Kit.start({ databaseUrl: await database.freshUrl() });
    await kit.publish();
    expect(await statedIn(kit)).toEqual([]);
  });
});
