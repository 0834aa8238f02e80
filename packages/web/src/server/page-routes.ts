/** Registers pages in a language: each is told in which frame it stands, and goes out packed to those who take it. */
import type { Language } from "@undersigned/messages";
import { sayIn } from "@undersigned/messages/node";
import type { GetOptions, GetRequest, HttpServer, PublicFile, Static, TObject } from "@undersigned/service";
import { inLanguage } from "../shared/addresses.ts";
import type { ClientBuild } from "./client-build.ts";
import { compressed } from "./compressed.ts";
import type { Frame } from "./html.tsx";

export interface PageRoutes {
  /** `path` is that of the English page. */
  get<P extends TObject, Q extends TObject>(
    path: string,
    options: GetOptions<P, Q>,
    present: (frame: Frame, request: GetRequest<Static<P>, Static<Q>>) => PublicFile | Promise<PublicFile>,
  ): void;
}

export function pageRoutes(server: HttpServer, build: ClientBuild, language: Language): PageRoutes {
  const say = sayIn(language);
  return {
    get: (path, options, present) =>
      server.get(inLanguage(language, path), options, async (request) => {
        const frame = { build, say, path: filled(path, request.params) };
        return compressed(await present(frame, request), request.acceptsGzip);
      }),
  };
}

/** The address that was asked for. What stands in it has come from a caller, and is written as an address takes it. */
function filled(path: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, string>;
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}
