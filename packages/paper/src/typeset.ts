/**
 * Sets a page with Typst (native code from npm). A template of ours is the only program; what people wrote reaches it as data
 * (`sys.inputs`) and is shown as text, never run. The workspace is an empty folder that does not exist, so a template reads no
 * file, and packages are never fetched.
 */
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { PaperError } from "./errors.ts";
import { fontsFor } from "./fonts.ts";

const NOWHERE = "/nonexistent/undersigned";

/**
 * `inputs` are texts. The PDF is tagged, holds no date and no name but the typesetter's, and is a function of template, inputs
 * and the fonts. Throws PaperError `not-typeset`.
 */
export function typeset(template: string, inputs: Readonly<Record<string, string>>): Uint8Array {
  const shown = Object.values(inputs).join(" ");
  const compiler = NodeCompiler.create({
    workspace: NOWHERE,
    fontArgs: [{ fontBlobs: fontsFor(shown) }],
  });
  try {
    return new Uint8Array(compiler.pdf({ mainFileContent: template, inputs: { ...inputs } }, {}));
  } catch {
    // What the typesetter says may quote the text.
    throw new PaperError(
      "not-typeset",
      "The page could not be set. Print the link by hand, and report this.",
    );
  } finally {
    compiler.evictCache(0);
  }
}
