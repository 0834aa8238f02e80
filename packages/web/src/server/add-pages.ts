/** Registers the pages' addresses. Each route loads what its page shows and hands it to the page; nothing else is done here. */
import type { PublicSite } from "@undersigned/board";
import type { Register } from "@undersigned/dealings";
import { closed, type HttpServer, type PublicFile, ServiceError, Type } from "@undersigned/service";
import { DESK, FRONT, LEARNS, LEFT, RECOUNT, SAVING_MAIL } from "../shared/addresses.ts";
import { type ClientBuild, readClientBuild } from "./client-build.ts";
import { compressed, createPacked } from "./compressed.ts";
import { createRegisters } from "./load-afterwards.ts";
import type { KeptCopy } from "./load-copy.ts";
import { loadFront } from "./load-front.ts";
import { type FoundLetter, loadLetter } from "./load-letter.ts";
import { createReleased } from "./load-released.ts";
import { createTotals } from "./load-signatories.ts";
import { createViews } from "./load-view.ts";
import { firstPage, frontPage } from "./pages/front-page.tsx";
import { deskFrame, recountFileFrame, recountFrame, signFrame } from "./pages/island-pages.tsx";
import { learnsPage } from "./pages/learns-page.tsx";
import { leftPage } from "./pages/left-page.ts";
import { changesPage } from "./pages/letter/changes-page.tsx";
import { copiedPage, copyPage } from "./pages/letter/copy-page.tsx";
import { dealingHistoryPage } from "./pages/letter/dealing-page.tsx";
import { letterPage } from "./pages/letter/letter-page.tsx";
import { registerPage } from "./pages/letter/register-page.tsx";
import { signatoriesPage } from "./pages/letter/signatories-page.tsx";
import { missingPage } from "./pages/missing-page.tsx";
import { savingMailPage } from "./pages/saving-mail-page.tsx";
import { registerCsv, registerJson } from "./register-files.ts";
import { readRegisterView } from "./register-view.ts";

export interface AddPagesOptions {
  readonly build?: ClientBuild;
}

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";
const LETTER = "/w/:workforce/letters/:letter";
const letterParams = closed({ workforce: Type.String(), letter: Type.String() });
const rowParams = closed({ workforce: Type.String(), letter: Type.String(), row: Type.String() });
const copyParams = closed({ workforce: Type.String(), letter: Type.String(), copy: Type.String() });
const pageParams = closed({ workforce: Type.String(), letter: Type.String(), page: Type.String() });
const restParams = closed({ workforce: Type.String(), "*": Type.String() });

export function addPages(server: HttpServer, site: PublicSite, options: AddPagesOptions = {}): void {
  const { build = readClientBuild() } = options;
  const views = createViews(site);
  const of = {
    site,
    views,
    totals: createTotals(),
    released: createReleased(),
    registers: createRegisters(),
    client: build.hash,
  };

  server.get(FRONT, { summary: "The board's letters." }, async ({ acceptsGzip }) =>
    compressed(frontPage(build, await loadFront(site, views)), acceptsGzip),
  );
  server.get(DESK, { summary: "The organisers' desk." }, ({ acceptsGzip }) =>
    compressed(deskFrame(build), acceptsGzip),
  );
  addFixedPages(server, build);

  const letterRoute = (
    path: string,
    summary: string,
    present: (found: FoundLetter) => PublicFile | Promise<PublicFile>,
  ) =>
    server.get(`${LETTER}${path}`, { summary, params: letterParams }, async ({ params, acceptsGzip }) => {
      const found = await loadLetter(of, params);
      return compressed(found === null ? missingPage(build) : await present(found), acceptsGzip);
    });
  letterRoute("", "A letter with its number.", async ({ data, shown }) =>
    letterPage(build, data, await shown(0)),
  );
  letterRoute("/sign", "Signs a letter.", ({ data }) => signFrame(build, data));
  letterRoute(
    "/signatories.csv",
    "Signatories who are shown, for spreadsheets.",
    async ({ csv }) => (await csv()) ?? missingPage(build),
  );
  letterRoute(
    "/changes",
    "What a new version of a letter changes.",
    ({ data }) => changesPage(build, data) ?? missingPage(build),
  );
  letterRoute("/recount", "Recounts a letter.", ({ data }) => recountFrame(build, data));

  server.get(
    `${LETTER}/signatories/:page`,
    { summary: "Signatories who are shown, a page of them.", params: pageParams },
    async ({ params, acceptsGzip }) => {
      const found = await loadLetter(of, params);
      const page = pageNumber(params.page);
      if (found === null || page === null || page > Math.max(1, found.data.pages)) return missingPage(build);
      const shown = await found.shown(page - 1);
      return compressed(signatoriesPage(build, found.data, page, shown), acceptsGzip);
    },
  );
  addRegister(server, build, of);
  const copyRoute = (
    path: string,
    summary: string,
    present: (found: FoundLetter, copy: KeptCopy) => PublicFile | null,
  ) =>
    server.get(
      `${LETTER}/copies/:copy${path}`,
      { summary, params: copyParams },
      async ({ params, acceptsGzip }) => {
        const found = await loadLetter(of, params);
        const copy = (await found?.copy(params.copy)) ?? null;
        const page = found === null || copy === null ? null : present(found, copy);
        return compressed(page ?? missingPage(build), acceptsGzip);
      },
    );
  copyRoute("", "A kept copy of a source that a letter names.", ({ data }, copy) =>
    copyPage(build, data, copy),
  );
  copyRoute("/page", "A kept copy that is a page: nothing in it runs.", (_, copy) => copiedPage(copy));

  const rest = { summary: "Nothing: a letter's address that leads nowhere.", params: restParams };
  server.get("/w/:workforce/letters/*", rest, () => missingPage(build));
}

function addRegister(server: HttpServer, build: ClientBuild, of: Parameters<typeof loadLetter>[0]): void {
  const route = (
    path: string,
    summary: string,
    present: (found: FoundLetter, register: Register, query: unknown, row: string) => PublicFile | null,
  ) =>
    server.get(
      `${LETTER}${path}`,
      { summary, params: path.endsWith(":row") ? rowParams : letterParams },
      async ({ params, query, acceptsGzip }) => {
        const found = await loadLetter(of, params);
        const register = found?.register ?? null;
        if (found === null || register === null) return missingPage(build);
        const row = "row" in params && typeof params.row === "string" ? params.row : "";
        return compressed(present(found, register, query, row) ?? missingPage(build), acceptsGzip);
      },
    );
  route("/register", "What the company supplies.", ({ data }, register, query) =>
    registerPage(build, data, register, readRegisterView(query)),
  );
  route("/register.csv", "The register for spreadsheets.", (_, register) => registerCsv(register));
  route("/register.json", "The register for programs.", (_, register) => registerJson(register));
  route("/register/:row", "A row of the register with its history.", ({ data }, register, _, row) =>
    dealingHistoryPage(build, data, register, row),
  );
}

/**
 * The pages of a machine on which no board has been set up: what to do next. `folder` is where its data would lie, as the
 * operator named it.
 */
export function addFirstPages(server: HttpServer, folder: string): void {
  const build = readClientBuild();
  server.get(FRONT, { summary: "What to do next." }, ({ acceptsGzip }) =>
    compressed(firstPage(build, folder), acceptsGzip),
  );
  addFixedPages(server, build);
}

/** Pages that are of no workforce. */
function addFixedPages(server: HttpServer, build: ClientBuild): void {
  const learns = learnsPage(build);
  const savingMail = savingMailPage(build);
  server.get(LEARNS, { summary: "Who can learn what." }, ({ acceptsGzip }) =>
    compressed(learns, acceptsGzip),
  );
  server.get(SAVING_MAIL, { summary: "How a mail is saved as a file." }, ({ acceptsGzip }) =>
    compressed(savingMail, acceptsGzip),
  );
  server.get(RECOUNT, { summary: "Recounts a file." }, ({ acceptsGzip }) =>
    compressed(recountFileFrame(build), acceptsGzip),
  );
  server.get(LEFT, { summary: "Where “Leave quickly” leads." }, () => leftPage());
  addAssets(server, build);
}

function addAssets(server: HttpServer, build: ClientBuild): void {
  const packed = createPacked();
  server.get(
    "/assets/:name",
    { summary: "Scripts and styles of the pages.", params: closed({ name: Type.String() }) },
    ({ params, acceptsGzip }) => {
      const asset = build.assets.get(params.name);
      if (asset === undefined) throw new ServiceError("not-found", "There is nothing at this address.");
      const contentType = params.name.endsWith(".css") ? STYLE : SCRIPT;
      return packed({ body: asset.bytes, contentType, cache: "immutable" }, acceptsGzip);
    },
  );
}

/** From 1, in its one spelling. */
function pageNumber(text: string): number | null {
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;
}
