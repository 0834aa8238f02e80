/** What a board is started with so that it has pages: their addresses, and the client build that it is to log. */
import type { Pages } from "@undersigned/board";
import { type AddPagesOptions, addPages } from "./add-pages.ts";
import { readClientBuild } from "./client-build.ts";

export interface BoardPages {
  readonly pages: Pages;
  readonly clientBuild: Uint8Array;
}

/** To be spread into `startBoard`'s options. Throws where the package was not built. */
export function boardPages(options: Pick<AddPagesOptions, "pictures"> = {}): BoardPages {
  const build = readClientBuild();
  return { pages: (server, site) => addPages(server, site, { ...options, build }), clientBuild: build.file };
}
