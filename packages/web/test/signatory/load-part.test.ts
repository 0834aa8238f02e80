/** A part of the page runs only as the file whose hash the page names, and what it imports before it. */
import { describe, expect, it } from "vitest";
import { loadPart, type PartPage, readPartFiles } from "../../src/islands/load-part.ts";
import { partAttribute } from "../../src/shared/parts.ts";

const HASH = `sha256-${"A".repeat(43)}=`;
const FILES = [
  { path: "/assets/base.x1.js", integrity: HASH },
  { path: "/assets/part.x2.js", integrity: HASH.replace("A", "B") },
];

/** A page that remembers what was done, in order. `broken`: where a file does not come, or has another hash. */
function pageWith(broken: { readonly fetch?: string; readonly script?: string } = {}) {
  const done: string[] = [];
  const page = {
    fetch: async (path: string, { integrity }: RequestInit) => {
      done.push(`fetch ${path} ${integrity}`);
      if (path === broken.fetch) throw new TypeError("Failed to fetch");
      return new Response("");
    },
    import: async (path: string) => {
      done.push(`import ${path}`);
      return { part: path };
    },
    document: {
      createElement: () => ({}) as HTMLScriptElement,
      head: {
        append: (script: HTMLScriptElement) => {
          const { src, type, integrity, crossOrigin } = script;
          done.push(`script ${src} ${type} ${crossOrigin} ${integrity}`);
          queueMicrotask(() => (src === broken.script ? script.onerror?.("") : script.onload?.({} as Event)));
        },
      },
    },
  };
  return { done, page: page as unknown as PartPage };
}

describe("A part of the page", () => {
  it("is run by scripts that bear their hashes, what it imports first, and only then imported", async () => {
    const { done, page } = pageWith();
    expect(await loadPart(partAttribute(FILES), page)).toEqual({ part: "/assets/part.x2.js" });
    expect(done).toEqual([
      ...FILES.map(({ path, integrity }) => `fetch ${path} ${integrity}`),
      ...FILES.map(({ path, integrity }) => `script ${path} module anonymous ${integrity}`),
      "import /assets/part.x2.js",
    ]);
  });

  it("is not imported where a script of it does not run, and nothing after that one is run", async () => {
    const { done, page } = pageWith({ script: "/assets/base.x1.js" });
    await expect(loadPart(partAttribute(FILES), page)).rejects.toThrow();
    expect(done.filter((what) => !what.startsWith("fetch"))).toHaveLength(1);
    expect(done.some((what) => what.startsWith("import"))).toBe(false);
  });

  it("is not even made a script where it does not come: a failed module could not be asked for again", async () => {
    const { done, page } = pageWith({ fetch: "/assets/part.x2.js" });
    await expect(loadPart(partAttribute(FILES), page)).rejects.toThrow();
    expect(done.every((what) => what.startsWith("fetch"))).toBe(true);
  });

  it.each([
    "",
    "/assets/a.js",
    `/assets/a.js sha1-${"A".repeat(27)}=`,
    `/assets/a.js  ${HASH}`,
    `/assets/a.js ${HASH} /assets/b.js`,
    `https://evil.example/assets/a.js ${HASH}`,
    `/assets/../a.js ${HASH}`,
    `/assets/a.js?x ${HASH}`,
    `data:text/javascript,1 ${HASH}`,
  ])("is not read from %j", (text) => {
    expect(() => readPartFiles(text)).toThrow();
  });
});
