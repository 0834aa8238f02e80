/** The Trusted Types policy lets this build's own script through, once made, and nothing else. */
import { afterEach, describe, expect, it, vi } from "vitest";

interface Rules {
  createScriptURL(url: string): string;
}

const OWN = "/assets/recount-worker.abc123.js";
const made: { name: string; rules: Rules }[] = [];

/** As a browser has it: a policy of one name can be made once. */
const factory = {
  createPolicy(name: string, rules: Rules) {
    if (made.some((policy) => policy.name === name)) throw new TypeError("made before");
    made.push({ name, rules });
    return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
  },
};

async function load() {
  vi.resetModules();
  made.length = 0;
  return await import("../../src/islands/script-url.ts");
}

afterEach(() => vi.unstubAllGlobals());

describe("the address that a worker is started with", () => {
  it("is the address itself where there are no Trusted Types", async () => {
    const { scriptUrl } = await load();
    expect(scriptUrl(OWN)).toBe(OWN);
  });

  it("is made by the policy undersigned, as often as it is needed", async () => {
    vi.stubGlobal("trustedTypes", factory);
    const { scriptUrl } = await load();
    expect(scriptUrl(OWN)).toEqual({ trusted: OWN });
    expect(scriptUrl(OWN)).toEqual({ trusted: OWN });
    expect(made.map(({ name }) => name)).toEqual(["undersigned"]);
  });

  it("may be of several scripts, each once it was asked for", async () => {
    vi.stubGlobal("trustedTypes", factory);
    const { scriptUrl } = await load();
    const other = "/assets/signing.x1.js";
    scriptUrl(OWN);
    expect(() => made[0]?.rules.createScriptURL(other)).toThrow(TypeError);
    expect(scriptUrl(other)).toEqual({ trusted: other });
    expect(made).toHaveLength(1);
  });

  it("is never another one: not of this build, not elsewhere, not in the script itself", async () => {
    vi.stubGlobal("trustedTypes", factory);
    const { scriptUrl } = await load();
    scriptUrl(OWN);
    const others = ["/assets/other.js", `https://evil.example${OWN}`, "data:text/javascript,1", `${OWN}?x`];
    for (const url of others) expect(() => made[0]?.rules.createScriptURL(url), url).toThrow(TypeError);
  });

  it("is refused for what is no asset, even as the own one", async () => {
    vi.stubGlobal("trustedTypes", factory);
    const { scriptUrl } = await load();
    expect(() => scriptUrl("https://evil.example/assets/a.js")).toThrow(TypeError);
  });
});
