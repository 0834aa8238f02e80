/**
 * Pages over public files that a test holds in its hands, as a mirror has them, or a board that lies. Nothing is signed here:
 * for counting again.
 */
import type { PublicSite } from "@undersigned/board";
import type { FollowedWorkforce } from "@undersigned/core";
import { closed, createLogger, createServer, httpEvents, ServiceError, Type } from "@undersigned/service";
import type { FileSource } from "@undersigned/verify";
import { boardPages, type Pictures } from "@undersigned/web";
import { copyOf } from "../../../packages/board/src/public/copy-of.ts";

export type LogSite = {
  readonly origin: string;
  recountAddress(letter: string): string;
  /** From now on these are the files. */
  show(files: FileSource): void;
  close(): Promise<void>;
};

export type ShownLog = {
  readonly files: FileSource;
  readonly workforce: string;
  readonly employer: string;
  /** Of the log. */
  readonly origin: string;
  readonly day: string;
  /** What is followed of other boards; nothing if left out. */
  readonly following?: readonly FollowedWorkforce[];
  /** What draws cards and badges; left out, there are none. */
  readonly pictures?: Pictures;
};

const MOST_BYTES = 64 * 1024 * 1024;

export async function startLogSite({ workforce, employer, origin, day, ...of }: ShownLog): Promise<LogSite> {
  let files = of.files;
  let shown = 0;
  const site: PublicSite = {
    day: () => day,
    workforces: async () => [{ workforce, employer, origin }],
    following: async () => ({ type: "following", v: 1, day, workforces: [...(of.following ?? [])] }),
    // Other files under the same checkpoint are another state.
    withheld: async () => shown,
    isRehearsal: () => false,
    files: (asked) => ({
      read: async (path, most) => (asked === workforce ? await files.read(path, most) : null),
    }),
  };
  const server = createServer({
    name: "A mirror",
    version: "1",
    maxBodyBytes: 1024,
    logger: createLogger(httpEvents, { stream: { write: () => undefined } }),
  });
  boardPages({ ...(of.pictures && { pictures: of.pictures }) }).pages(server, site);
  server.get(
    "/w/:workforce/*",
    { summary: "A public file.", params: closed({ workforce: Type.String(), "*": Type.String() }) },
    async ({ params }) => {
      const body = await site.files(params.workforce).read(params["*"], MOST_BYTES);
      if (body === null) throw new ServiceError("not-found", "There is nothing at this address.");
      if (params["*"].startsWith("copies/")) return copyOf(body);
      return { body, contentType: "application/octet-stream", cache: "none" };
    },
  );
  const { url } = await server.listen({ host: "127.0.0.1", port: 0 });
  const own = new URL(url).origin;
  return {
    origin: own,
    recountAddress: (letter) => `${own}/w/${workforce}/letters/${letter}/recount#${workforce}`,
    show(others) {
      files = others;
      shown++;
    },
    close: () => server.close(),
  };
}
