/** What the build leaves out of the pages' scripts: words that can be written shorter, sentences that are never shown. */
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { readIfThere, requireWhole } from "@undersigned/messages/whole";
import { build, parseAst } from "vite";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../front-coded-words.ts";
import { messagesPlugin } from "../messages-plugin.ts";
import { withoutMessages } from "../unsaid-messages.ts";

describe("The catalogues", () => {
  const inputOf = (check: () => void) =>
    build({
      configFile: false,
      logLevel: "silent",
      plugins: [
        messagesPlugin(import.meta.dirname, check),
        { name: "nothing", resolveId: (id) => (id === "nothing" ? id : null), load: () => "export {};" },
      ],
      build: { write: false, rolldownOptions: { input: "nothing" } },
    });

  it("are built of where every message is there in every language", async () => {
    await expect(inputOf(requireWhole)).resolves.toBeDefined();
  });

  it("fail the build where a message is missing in one language, and say which", async () => {
    const without = () =>
      requireWhole((area, language) => {
        const { "words.unit": unit, ...others } = readIfThere(area, language);
        return language === "zh" || unit === undefined ? others : { ...others, "words.unit": unit };
      });
    await expect(inputOf(without)).rejects.toThrow("words/zh.json: words.unit is missing");
  });
});

describe("The word list", () => {
  it("comes back as it was, word for word, and is a good deal shorter on the way", () => {
    const text = encode(wordlist);
    expect(decode(text)).toEqual(wordlist);
    expect(text.length).toBeLessThan(wordlist.join(" ").length * 0.75);
  });

  it("comes back in the script that the browser gets too", () => {
    const inBrowser = new Function(`return ${decode}`)() as typeof decode;
    expect(inBrowser(encode(wordlist))).toEqual(wordlist);
  });

  it("takes words that begin with the whole of the one before, or with more than nine of its letters", () => {
    const words = ["abcdefghij", "abcdefghijk", "abcdefghijkl", "b", "ba"];
    expect(decode(encode(words))).toEqual(words);
  });
});

describe("Sentences of errors", () => {
  const without = (code: string) => withoutMessages(code, parseAst(code));

  it.each([
    ['throw new CoreError("bad-phrase", "Write it again.");', 'throw new CoreError("bad-phrase", "");'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code that is written here.
    ["new ClientError(`a`, `Of ${n} there are ${m}.`, { remote });", 'new ClientError(`a`, "", { remote });'],
    [
      'f(new LogError("a", "B."), () => new VerifyError("c", "D."));',
      'f(new LogError("a", ""), () => new VerifyError("c", ""));',
    ],
    [
      'new VerifyError("a", "ünïcödé"); new CoreError("b", "c");',
      'new VerifyError("a", ""); new CoreError("b", "");',
    ],
  ])("%s", (code, left) => {
    expect(without(code)).toBe(left);
  });

  it.each([
    'new TypeError("a", "b");',
    'new CoreError("a");',
    'new CoreError("a", words);',
    'CoreError("a", "b");',
    'const text = "new CoreError(1, 2)";',
  ])("leaves alone: %s", (code) => {
    expect(without(code)).toBe(code);
  });
});
