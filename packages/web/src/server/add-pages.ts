/** Registers the pages' addresses. Each route loads what its page shows and hands it to the page; nothing else is done here. */
import type { PublicSite } from "@undersigned/board";
import type { Register } from "@undersigned/dealings";
import { LANGUAGES } from "@undersigned/messages";
import { closed, type HttpServer, type PublicFile, ServiceError, Type } from "@undersigned/service";
import { DESK, FRONT, LEARNS, LEFT, RECOUNT, SAVING_MAIL } from "../shared/addresses.ts";
import { type ClientBuild, readClientBuild } from "./client-build.ts";
import { createPacked } from "./compressed.ts";
import { addFollowedPages } from "./followed/add-followed-pages.ts";
import { createHistories } from "./followed/histories.ts";
import type { Frame } from "./html.tsx";
import { createRegisters } from "./load-afterwards.ts";
import type { KeptCopy } from "./load-copy.ts";
import { loadFront } from "./load-front.ts";
import { type FoundLetter, type LettersOf, loadLetter } from "./load-letter.ts";
import { createReleased } from "./load-released.ts";
import { createTotals } from "./load-signatories.ts";
import { createViews } from "./load-view.ts";
import { type PageRoutes, pageRoutes } from "./page-routes.ts";
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
import { addWays } from "./ways/add-ways.ts";
import { boardWays } from "./ways/head.ts";
import type { Pictures } from "./ways/pictures.ts";
import { createPublicLetters } from "./ways/public-letter.ts";

export interface AddPagesOptions {
  readonly build?: ClientBuild;
  /** What typesets cards and badges; left out, there are none. */
  readonly pictures?: Pictures;
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
  const { build = readClientBuild(), pictures = null } = options;
  const views = createViews(site);
  const of: LettersOf = {
    site,
    views,
    totals: createTotals(),
    released: createReleased(),
    registers: createRegisters(),
    histories: createHistories(),
    client: build.hash,
  };
  const letters = createPublicLetters(site, views, of.histories);
  for (const language of LANGUAGES) {
    const pages = pageRoutes(server, build, language);
    pages.get(FRONT, { summary: "The board's letters." }, async (frame) =>
      frontPage(frame, await loadFront(site, views), {
        ways: boardWays(frame.say, await letters.all()),
        elsewhere: (await site.following()).workforces.length > 0,
      }),
    );
    pages.get(DESK, { summary: "The organisers' desk." }, (frame) => deskFrame(frame));
    addFixedPages(pages);
    addLetterPages(pages, of, pictures !== null);
    addRegisterPages(pages, of);
    addCopyPages(pages, of);
    addFollowedPages(pages, of, letters);
    const rest = { summary: "Nothing: a letter's address that leads nowhere.", params: restParams };
    pages.get("/w/:workforce/letters/*", rest, (frame) => missingPage(frame));
  }
  addLetterFiles(pageRoutes(server, build, "en"), of);
  addWays(server, { site, build, letters, pictures });
  addAssets(server, build);
}

function addLetterPages(pages: PageRoutes, of: LettersOf, pictures: boolean): void {
  const route = (
    path: string,
    summary: string,
    present: (frame: Frame, found: FoundLetter) => PublicFile | null | Promise<PublicFile | null>,
  ) =>
    pages.get(`${LETTER}${path}`, { summary, params: letterParams }, async (frame, { params }) => {
      const found = await loadLetter(of, params);
      return (found === null ? null : await present(frame, found)) ?? missingPage(frame);
    });
  route("", "A letter with its number.", async (frame, { data, shown, followed }) =>
    letterPage(frame, data, await shown(0), await followed(), pictures),
  );
  route("/sign", "Signs a letter.", (frame, { data }) => signFrame(frame, data));
  route("/changes", "What a new version of a letter changes.", (frame, { data }) => changesPage(frame, data));
  route("/recount", "Recounts a letter.", (frame, { data }) => recountFrame(frame, data));
  pages.get(
    `${LETTER}/signatories/:page`,
    { summary: "Signatories who are shown, a page of them.", params: pageParams },
    async (frame, { params }) => {
      const found = await loadLetter(of, params);
      const page = pageNumber(params.page);
      if (found === null || page === null || page > Math.max(1, found.data.pages)) return missingPage(frame);
      const shown = await found.shown(page - 1);
      return signatoriesPage(frame, found.data, page, shown);
    },
  );
}

function addRegisterPages(pages: PageRoutes, of: LettersOf): void {
  const route = (
    path: string,
    summary: string,
    present: (
      frame: Frame,
      found: FoundLetter,
      register: Register,
      query: unknown,
      row: string,
    ) => PublicFile | null,
  ) =>
    pages.get(
      `${LETTER}${path}`,
      { summary, params: path.endsWith(":row") ? rowParams : letterParams },
      async (frame, { params, query }) => {
        const found = await loadLetter(of, params);
        const register = found?.register ?? null;
        if (found === null || register === null) return missingPage(frame);
        const row = "row" in params && typeof params.row === "string" ? params.row : "";
        return present(frame, found, register, query, row) ?? missingPage(frame);
      },
    );
  route("/register", "What the company supplies.", (frame, { data }, register, query) =>
    registerPage(frame, data, register, readRegisterView(query)),
  );
  route("/register/:row", "A row of the register with its history.", (frame, { data }, register, _, row) =>
    dealingHistoryPage(frame, data, register, row),
  );
}

function addCopyPages(pages: PageRoutes, of: LettersOf): void {
  const route = (
    path: string,
    summary: string,
    present: (frame: Frame, found: FoundLetter, copy: KeptCopy) => PublicFile | null,
  ) =>
    pages.get(`${LETTER}/copies/:copy${path}`, { summary, params: copyParams }, async (frame, { params }) => {
      const found = await loadLetter(of, params);
      const copy = (await found?.copy(params.copy)) ?? null;
      return (found === null || copy === null ? null : present(frame, found, copy)) ?? missingPage(frame);
    });
  route("", "A kept copy of a source that a letter names.", (frame, { data }, copy) =>
    copyPage(frame, data, copy),
  );
  route("/page", "A kept copy that is a page: nothing in it runs.", (_frame, _found, copy) =>
    copiedPage(copy),
  );
}

/** What is for programs, and the same in all languages. */
function addLetterFiles(files: PageRoutes, of: LettersOf): void {
  const route = (
    path: string,
    summary: string,
    present: (found: FoundLetter) => PublicFile | null | Promise<PublicFile | null>,
  ) =>
    files.get(`${LETTER}${path}`, { summary, params: letterParams }, async (frame, { params }) => {
      const found = await loadLetter(of, params);
      return (found === null ? null : await present(found)) ?? missingPage(frame);
    });
  route("/signatories.csv", "Signatories who are shown, for spreadsheets.", ({ csv }) => csv());
  route("/register.csv", "The register for spreadsheets.", ({ register }) =>
    register === null ? null : registerCsv(register),
  );
  route("/register.json", "The register for programs.", ({ register }) =>
    register === null ? null : registerJson(register),
  );
}

/**
 * The pages of a machine on which no board has been set up: what to do next. `folder` is where its data would lie, as the
 * operator named it.
 */
export function addFirstPages(server: HttpServer, folder: string): void {
  const build = readClientBuild();
  for (const language of LANGUAGES) {
    const pages = pageRoutes(server, build, language);
    pages.get(FRONT, { summary: "What to do next." }, (frame) => firstPage(frame, folder));
    addFixedPages(pages);
  }
  addAssets(server, build);
}

/** Pages that are of no workforce. */
function addFixedPages(pages: PageRoutes): void {
  pages.get(LEARNS, { summary: "Who can learn what." }, (frame) => learnsPage(frame));
  pages.get(SAVING_MAIL, { summary: "How a mail is saved as a file." }, (frame) => savingMailPage(frame));
  pages.get(RECOUNT, { summary: "Recounts a file." }, (frame) => recountFileFrame(frame));
  pages.get(LEFT, { summary: "Where “Leave quickly” leads." }, (frame) => leftPage(frame));
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
