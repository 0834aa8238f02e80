/**
 * Sets pages with Typst (native code from npm). A template of ours is the only program; what people wrote reaches it as data
 * (`sys.inputs`) and is shown as text, never run. The workspace is an empty folder that does not exist, so a template reads no
 * file, and packages are never fetched. A template names the families of `faces` alone: the typesetter also knows the system's
 * fonts, but takes those that it is given first.
 */
import { NodeCompiler, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import { PaperError } from "./errors.ts";
import type { Faces } from "./fonts/text-faces.ts";
import { withReadableText } from "./pdf/readable-text.ts";

const NOWHERE = "/nonexistent/undersigned";

export interface Typeset {
  readonly pdf: Uint8Array;
  readonly pages: number;
}

/**
 * `inputs` are texts, of characters that `faces` has (see Faces.take). The PDF is tagged and says that it is accessible
 * (PDF/UA-1), holds no date and no name but the typesetter's, and is a function of template, inputs and the fonts. Throws
 * PaperError `not-typeset`.
 */
export function typeset(template: string, inputs: Inputs, faces: Faces): Typeset {
  return compiled(template, inputs, faces, (compiler, result) => ({
    pdf: withReadableText(pdfOf(compiler, result)),
    pages: result.numOfPages,
  }));
}

/** The same as a drawing: SVG of all pages, one below the other, letters as outlines, `<use>` of `<symbol>`s. */
export function typesetSvg(template: string, inputs: Inputs, faces: Faces): string {
  return compiled(template, inputs, faces, (compiler, result) => compiler.plainSvg(result));
}

type Inputs = Readonly<Record<string, string>>;

function compiled<T>(
  template: string,
  inputs: Inputs,
  faces: Faces,
  made: (compiler: NodeCompiler, result: NodeTypstDocument) => T,
): T {
  const compiler = NodeCompiler.create({ workspace: NOWHERE, fontArgs: [{ fontPaths: faces.folders }] });
  try {
    const { result } = compiler.compile({ mainFileContent: template, inputs: { ...inputs } });
    if (result === null) throw notTypeset();
    return made(compiler, result);
  } catch {
    // What the typesetter says may quote the text.
    throw notTypeset();
  } finally {
    compiler.evictCache(0);
  }
}

/** Text may be such that the standard cannot be kept; the pages look the same without its mark. */
function pdfOf(compiler: NodeCompiler, result: NodeTypstDocument): Uint8Array {
  try {
    return compiler.pdf(result, { pdfStandard: "ua-1" });
  } catch {
    return compiler.pdf(result, {});
  }
}

function notTypeset(): PaperError {
  return new PaperError("not-typeset", "The page could not be set. Print the link by hand, and report this.");
}
