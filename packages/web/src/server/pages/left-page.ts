/** `/left`: where “Leave quickly” leads. Nothing on it tells where the reader comes from, and nothing is fetched. */
import type { PublicFile } from "@undersigned/service";
import { FIXED_HEADERS, type Frame } from "../html.tsx";

export function leftPage({ say }: Pick<Frame, "say">): PublicFile {
  const { language, direction } = say;
  return {
    // Messages are ours and hold nothing that HTML would read.
    body: `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${say("public.left.title")}</title></head><body><main><h1>${say("public.left")}</h1></main></body></html>`,
    contentType: "text/html; charset=utf-8",
    cache: "none",
    headers: {
      ...FIXED_HEADERS,
      // Not "storage": a link from anywhere leads here, and what a person chose to keep is the island's to clear.
      "clear-site-data": '"cache"',
      "content-security-policy":
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
  };
}
