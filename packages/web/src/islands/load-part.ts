/**
 * Loads a part of the page after it (decision 16). `import()` bears no integrity, so each file comes by a script element that
 * does, the imported ones first; the module that it has put into the page's module map is what `import()` then hands over. A
 * browser runs nothing of a file that does not have its hash, and of what imports it.
 *
 * Paths and hashes stand in the page, beside those of its own scripts, and are trusted as much as these.
 */
import { scriptUrl } from "./script-url.ts";

const FILE = /^(\/assets\/[\w.-]+\.js) (sha256-[A-Za-z0-9+/]{43}=)$/;

interface PartFile {
  readonly path: string;
  readonly integrity: string;
}

/** What of a page is used here. */
export interface PartPage {
  readonly document: Pick<Document, "createElement" | "head">;
  readonly fetch: typeof globalThis.fetch;
  /** `import()` of a file that is in the module map. */
  import(path: string): Promise<unknown>;
}

/** Reads what `partAttribute` has written. Throws where it is anything else, or no file is named. */
export function readPartFiles(text: string): readonly PartFile[] {
  const words = text.split(" ");
  const files: PartFile[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [, path, integrity] = FILE.exec(`${words[i]} ${words[i + 1]}`) ?? [];
    if (path === undefined || integrity === undefined) throw new Error("The page does not name this part.");
    files.push({ path, integrity });
  }
  return files;
}

/** The part's module. Rejects where a file does not come or is another one; nothing of that file has run then. */
export async function loadPart(text: string, page: PartPage): Promise<unknown> {
  const files = readPartFiles(text);
  for (const file of files) await fetchOnce(file, page);
  for (const file of files) await loadScript(file, page);
  return await page.import(files[files.length - 1]?.path ?? "");
}

/**
 * Has it in the browser's cache. What fails here can be asked for again; a module that has failed stays so in the module map
 * until the page is loaded anew, and with it all that somebody has typed is gone.
 */
async function fetchOnce({ path, integrity }: PartFile, { fetch }: PartPage): Promise<void> {
  const response = await fetch(path, { integrity });
  if (!response.ok) throw new Error("A part of this page is not there.");
  await response.arrayBuffer();
}

function loadScript({ path, integrity }: PartFile, { document }: PartPage): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.integrity = integrity;
    script.crossOrigin = "anonymous";
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("A part of this page did not come as it should."));
    script.src = scriptUrl(path);
    document.head.append(script);
  });
}
