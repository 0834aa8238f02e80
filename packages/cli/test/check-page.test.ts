/** A page held against the log: what a board, or somebody in front of it, might slip in is named. */
import {
  clientBuildFile,
  clientBuildHash,
  encodeBase64url,
  parseClientBuild,
  sha256,
  utf8Encode,
} from "@undersigned/core";
import type { Client } from "@undersigned/verify";
import { describe, expect, it } from "vitest";
import { checkPage } from "../src/page/check-page.ts";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'";
const FILES = { "assets/sign.js": "run()", "assets/style.css": "p{}", "assets/chunk.js": "more()" };

function hashOf(text: string): string {
  return encodeBase64url(sha256(utf8Encode(text)));
}

function stated(files: Readonly<Record<string, string>>, version = "1"): Client {
  const file = clientBuildFile({
    version,
    files: Object.entries(files).map(([path, text]) => {
      return { path, sha256: hashOf(text), bytes: utf8Encode(text).length };
    }),
  });
  const client = clientBuildHash(file);
  const leaf = {
    type: "client",
    v: 1,
    workforce: "w",
    day: "2027-01-01",
    client,
    sig: "s",
  } as Client["leaf"];
  return { leaf, index: 1, build: parseClientBuild(file) };
}

function integrity(text: string): string {
  return `sha256-${Buffer.from(sha256(utf8Encode(text))).toString("base64")}`;
}

const SCRIPT = `<script type="module" src="/assets/sign.js" integrity="${integrity("run()")}"></script>`;
const STYLE = `<link rel="stylesheet" href="/assets/style.css" integrity="${integrity("p{}")}">`;

function check(
  html: string,
  {
    builds = [stated(FILES)],
    policy = POLICY as string | null,
    served = FILES as Readonly<Record<string, string>>,
    url = "https://board.example.com/w/x/letters/y/sign",
  } = {},
) {
  const page = { url, html: `<!doctype html><html><head>${html}</head><body><p>Text</p></body></html>` };
  return checkPage({ ...page, contentSecurityPolicy: policy }, builds, async (address, maxBytes) => {
    const text = served[new URL(address).pathname.slice(1)];
    const bytes = text === undefined ? null : utf8Encode(text);
    return bytes !== null && bytes.length <= maxBytes ? bytes : null;
  });
}

describe("a page", () => {
  it("that runs a stated build whole has no problem", async () => {
    const result = await check(STYLE + SCRIPT);
    expect(result.problems).toEqual([]);
    expect(result.client?.build.version).toBe("1");
  });

  it("may run an earlier build that was stated", async () => {
    const newer = stated({ ...FILES, "assets/sign.js": "run2()" }, "2");
    expect((await check(STYLE + SCRIPT, { builds: [stated(FILES), newer] })).client?.build.version).toBe("1");
  });

  it.each([
    ["a script of another hash", SCRIPT.replace(/integrity="[^"]*"/, `integrity="${integrity("evil()")}"`)],
    ["a script without a hash", '<script src="/assets/sign.js"></script>'],
    ["a script with a second, weaker hash", SCRIPT.replace('integrity="', 'integrity="sha1-AAAA ')],
    ["a script that no build has", `<script src="/assets/x.js" integrity="${integrity("x")}"></script>`],
    ["a script from elsewhere", SCRIPT.replace('src="/', 'src="https://cdn.example.com/')],
    ["a script that is made for this request", SCRIPT.replace("sign.js", "sign.js?for=you")],
    ["a script within the page", `${SCRIPT}<script>evil()</script>`],
    ["a script in a template", `${SCRIPT}<template><script>evil()</script></template>`],
    ["a script in an SVG", `${SCRIPT}<svg><script>evil()</script></svg>`],
    ["a handler", `${SCRIPT}<img src=x onerror=evil()>`],
    ["a link that is script", `${SCRIPT}<a href=" java\nscript:evil()">x</a>`],
    ["a frame", `${SCRIPT}<iframe src="/x"></iframe>`],
    ["a base", `<base href="https://evil.example.com/">${SCRIPT}`],
    [
      "a header within the page",
      `${SCRIPT}<meta http-equiv="refresh" content="0;url=https://evil.example.com">`,
    ],
    ["a style within the page", `${SCRIPT}<style>p{}</style>`],
  ])("with %s is refused", async (_, html) => {
    expect((await check(html)).problems).not.toEqual([]);
  });

  it("is refused where a part that its script loads later is another one, or is named in another way", async () => {
    const part = (text: string) => `${SCRIPT}<div data-part-more="${text}"></div>`;
    const named = `/assets/chunk.js ${integrity("more()")}`;
    expect((await check(part(`${named} ${named}`))).problems).toEqual([]);
    for (const text of [
      named.replace(integrity("more()"), integrity("evil()")),
      `/assets/x.js ${integrity("x")}`,
      "/assets/chunk.js",
      `/assets/chunk.js sha1-AAAA`,
      `https://cdn.example.com${named}`,
      "",
    ]) {
      expect((await check(part(text))).problems, text).not.toEqual([]);
    }
  });

  it("is refused where a file that it does not name itself, but the build has, is another", async () => {
    const { problems } = await check(SCRIPT, { served: { ...FILES, "assets/chunk.js": "evil()" } });
    expect(problems).toEqual(["The file assets/chunk.js is not the one in the log."]);
  });

  it("is refused where a file of the build is not served, or with more bytes", async () => {
    const { "assets/chunk.js": _, ...without } = FILES;
    expect((await check(SCRIPT, { served: without })).problems).toHaveLength(1);
    expect(
      (await check(SCRIPT, { served: { ...FILES, "assets/chunk.js": "more() /* */" } })).problems,
    ).toHaveLength(1);
  });

  it.each([
    null,
    "default-src *",
    "script-src 'self' 'unsafe-inline'",
    "script-src 'self' https://cdn.example.com",
  ])("under the policy %j is refused", async (policy) => {
    expect((await check(SCRIPT, { policy })).problems).toHaveLength(1);
  });

  it("of a board that has stated nothing is refused", async () => {
    expect(await check(SCRIPT, { builds: [] })).toMatchObject({ client: null });
    expect((await check(SCRIPT, { builds: [] })).problems).toHaveLength(1);
  });
});
