/** From a workforce's draft to its log: nothing is signed or logged but what the document says. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  encodeBase64url,
  parseWorkforceManifest,
  signerFromSeed,
  workforceManifestHash,
} from "@undersigned/core";
import { afterEach, describe, expect, it } from "vitest";
import type { TestRegistrar } from "../../board/test/kit.ts";
import {
  bytesOf,
  cardOf,
  fieldsOf,
  fill,
  openEpoch,
  registrars,
  setUpWorkforce,
  signatureText,
  statementTexts,
  textOf,
  workforceFields,
  workforceFile,
} from "./content-kit.ts";
import { Desks, outcome, randomId } from "./kit.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function drafted(change: object = {}) {
  const desks = await Desks.start();
  const owner = await desks.owner();
  const id = randomId();
  await owner.act("document-new", { id, kind: "workforce", workforce: null, replaces: null });
  await fill(owner, id, { ...workforceFields, ...change });
  return { desks, owner, id };
}

describe("a workforce", () => {
  it("is frozen, signed by its registrars, logged, and gets an epoch", async () => {
    const { desks, owner, id } = await drafted();
    const file = await workforceFile(desks, owner, id);
    const { manifest } = await owner.act("workforce-freeze", { document: id, file: encodeBase64url(file) });
    expect(manifest).toBe(workforceManifestHash(file));
    expect(parseWorkforceManifest(file)).toMatchObject({
      openers: [owner.organiser.publicKey],
      roles: ["Engineer"],
    });

    const [first, ...others] = registrars.map((one) => signatureText(file, one));
    const stranger = { signer: signerFromSeed(new Uint8Array(32)), identity: "" };
    const false1 = signatureText(file, { ...stranger, identity: registrars[1]!.identity } as TestRegistrar);
    const asked = await owner.act("workforce-sign", { document: id, signatures: [first!, "{}", false1] });
    expect(asked.registrars.map(({ signed }) => signed)).toEqual([true, false, false]);
    expect(asked.refused).toHaveLength(2);
    expect(outcome(await owner.try("workforce-add", { document: id }))).toBe("manifest-signatures");

    await owner.act("workforce-sign", { document: id, signatures: others });
    const { workforce } = await owner.act("workforce-add", { document: id });
    expect(workforce).toBe(manifest);
    expect(await owner.act("workforce-add", { document: id })).toEqual({ workforce });
    await openEpoch(desks, owner, { workforce, manifest: parseWorkforceManifest(file) });
    expect((await owner.act("home", {})).workforces).toEqual([
      { workforce, employer: "Example Works", opener: true },
    ]);
  });

  it("is not frozen as a page says that it is, where the document says something else", async () => {
    const { desks, owner, id } = await drafted();
    const file = await workforceFile(desks, owner, id);
    const manifest = {
      ...parseWorkforceManifest(file),
      openers: [signerFromSeed(new Uint8Array(32)).publicKey],
    };
    const forged = await owner.try("workforce-freeze", {
      document: id,
      file: encodeBase64url(bytesOf(manifest)),
    });
    expect(outcome(forged)).toBe("manifest-differs");
    await fill(owner, id, { employer: "Another" });
    const old = await owner.try("workforce-freeze", { document: id, file: encodeBase64url(file) });
    expect(outcome(old)).toBe("manifest-differs");
  });

  it("that is not ready is refused in the words of the page", async () => {
    const { owner, id } = await drafted({ quorum: 1 });
    const answer = await owner.try("workforce-freeze", { document: id, file: "AAAA" });
    expect(answer.body).toMatchObject({
      code: "manifest-problems",
      message: expect.stringContaining("more than half"),
    });
  });

  it("that is frozen cannot be written in until an owner thaws it, and its signatures are void then", async () => {
    const { desks, owner, id } = await drafted();
    const editor = await desks.invited(owner, "editor", "Editor");
    const file = await workforceFile(desks, owner, id);
    const freeze = () => owner.act("workforce-freeze", { document: id, file: encodeBase64url(file) });
    await freeze();
    await owner.act("workforce-sign", { document: id, signatures: [signatureText(file, registrars[0]!)] });
    const save = { id, changes: [{ name: "employer", base: 1, value: '"Other"' }] };
    expect(outcome(await editor.try("document-save", save))).toBe("document-frozen");
    expect(outcome(await editor.try("document-discard", { id }))).toBe("document-frozen");
    for (const act of ["workforce-thaw", "workforce-add"] as const) {
      expect(outcome(await editor.try(act, { document: id }))).toBe("not-allowed");
    }
    await owner.act("workforce-thaw", { document: id });
    expect(outcome(await owner.try("workforce-sign", { document: id, signatures: [] }))).toBe("not-frozen");
    await freeze();
    const { registrars: signed } = await owner.act("workforce-sign", { document: id, signatures: [] });
    expect(signed.filter((one) => one.signed)).toEqual([]);
  });

  it("is not frozen or added by an open page whose owner is away", async () => {
    const { desks, owner, id } = await drafted();
    const file = encodeBase64url(await workforceFile(desks, owner, id));
    expect(outcome(await owner.try("workforce-freeze", { document: id, file }, null))).toBe("key-needed");
    expect(outcome(await owner.try("workforce-add", { document: id }, null))).toBe("key-needed");
  });

  it("gets a next version with the keys of a new owner, signed by the quorum of the one before", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const { workforce, manifest } = await setUpWorkforce(desks, owner);
    const other = await desks.invited(owner, "owner", "Other");
    const id = randomId();
    await owner.act("document-new", { id, kind: "workforce", workforce, replaces: null });
    const file = await workforceFile(desks, owner, id, {
      manifest,
      hash: workforceManifestHash(bytesOf(manifest)),
    });
    expect(parseWorkforceManifest(file)).toMatchObject({ version: 2, workforce, employer: "Example Works" });
    await owner.act("workforce-freeze", { document: id, file: encodeBase64url(file) });
    const signatures = registrars.slice(0, 2).map((one) => signatureText(file, one));
    await owner.act("workforce-sign", { document: id, signatures });
    expect(await owner.act("workforce-add", { document: id })).toEqual({ workforce });
    expect((await other.act("home", {})).workforces).toMatchObject([{ workforce, opener: true }]);
  });
});

describe("an epoch", () => {
  async function serve(
    answer: (path: string) => { status?: number; location?: string; body?: string },
  ): Promise<string> {
    const server = createServer((request, response) => {
      const { status = 200, location, body = "" } = answer(request.url ?? "");
      response.writeHead(status, location === undefined ? {} : { location }).end(body);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it("is opened with the statements that its registrars give when they are asked", async () => {
    const texts: string[] = [];
    const urls = await Promise.all(
      registrars.map((_, i) =>
        serve((path) => (path === "/v1/statements/1" ? { body: texts[i]! } : { status: 404 })),
      ),
    );
    const desks = await Desks.start();
    const owner = await desks.owner();
    const at = await setUpWorkforce(desks, owner, {
      registrars: registrars.map((one, i) => cardOf(one, urls[i])),
    });
    texts.push(...statementTexts(desks, at));
    const ask = { workforce: at.workforce, epoch: 1, statements: null };
    const opened = await owner.act("epoch-open", ask);
    expect(opened).toMatchObject({ opened: true, opens: "2026-03-01", missing: [] });
    expect(await owner.act("epoch-open", ask)).toEqual(opened);
  });

  it("is not opened while a registrar is silent, sends elsewhere, answers without end, or for another", async () => {
    const texts: string[] = [];
    const elsewhere = await serve(() => ({ body: texts[0]! }));
    const urls = [
      await serve(() => ({ status: 302, location: `${elsewhere}/v1/statements/1` })),
      await serve(() => ({ body: `"${"x".repeat(300_000)}"` })),
      await serve(() => ({ body: texts[0]! })),
    ];
    const desks = await Desks.start();
    const owner = await desks.owner();
    const at = await setUpWorkforce(desks, owner, {
      registrars: registrars.map((one, i) => cardOf(one, urls[i])),
    });
    texts.push(...statementTexts(desks, at));
    const answer = await owner.act("epoch-open", { workforce: at.workforce, epoch: 1, statements: null });
    expect(answer).toMatchObject({ opened: false, opens: null });
    expect(answer.missing).toHaveLength(3);
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.map(({ act }) => act)).not.toContain("epoch-open");
  });

  it("refuses a statement of another epoch, and text that is none", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const at = await setUpWorkforce(desks, owner);
    const open = (epoch: number, statements: string[]) =>
      owner.try("epoch-open", { workforce: at.workforce, epoch, statements });
    expect(outcome(await open(2, statementTexts(desks, at)))).toBe("statements-of-several-epochs");
    expect(outcome(await open(1, [textOf({})]))).toBe("bad-field");
  });
});

describe("a document of a workforce", () => {
  it("tells the page what the manifest is made of besides its fields", async () => {
    const { desks, owner, id } = await drafted();
    const { board, owners } = await owner.act("document-read", { id });
    expect(board).toMatchObject({ key: desks.desk.boardKey, url: desks.board.url });
    expect(owners).toEqual([owner.organiser.publicKey]);
    expect((await fieldsOf(owner, id)).get("employer")).toBe('"Example Works"');
  });
});
