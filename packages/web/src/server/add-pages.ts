/** Registers the pages' addresses. Each route loads what its page shows and hands it to the page; nothing else is done here. */
import type { PublicSite } from "@undersigned/board";
import { closed, type HttpServer, ServiceError, Type } from "@undersigned/service";
import { type ClientBuild, readClientBuild } from "./client-build.ts";
import { frontPage } from "./pages/front-page.tsx";

export interface AddPagesOptions {
  readonly build?: ClientBuild;
}

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";

export function addPages(server: HttpServer, site: PublicSite, options: AddPagesOptions = {}): void {
  const { build = readClientBuild() } = options;
  server.get("/", { summary: "The board's letters." }, async () => frontPage(build, await site.workforces()));
  server.get(
    "/assets/:name",
    { summary: "Scripts and styles of the pages.", params: closed({ name: Type.String() }) },
    ({ params }) => {
      const asset = build.assets.get(params.name);
      if (asset === undefined) throw new ServiceError("not-found", "There is nothing at this address.");
      const contentType = params.name.endsWith(".css") ? STYLE : SCRIPT;
      return { body: asset.bytes, contentType, cache: "immutable" };
    },
  );
}
