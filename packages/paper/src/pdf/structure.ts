/** Which element of the document's structure each marked content of a page belongs to (ISO 32000-1, 14.7.4.4, ParentTree). */
import { matched, type PdfFile } from "./pdf-file.ts";

type Parents = (mark: number) => number | undefined;

/** Of a page, given its object: what answers with the number of an element. Nothing where the file is not tagged. */
export function parentsOf(file: PdfFile): (page: string) => Parents {
  const root = file
    .ids()
    .map((id) => file.object(id))
    .find((object) => object.includes("/Type /StructTreeRoot"));
  const lists = new Map<number, number>();
  if (root !== undefined) {
    const tree = matched(root, /\/ParentTree <<\s*\/Nums \[([^\]]*)\]/)[1]!;
    for (const [, key, list] of tree.matchAll(/(\d+) (\d+) 0 R/g)) lists.set(Number(key), Number(list));
  }
  return (page) => {
    const key = /\/StructParents (\d+)/.exec(page)?.[1];
    const list = key === undefined ? undefined : lists.get(Number(key));
    if (list === undefined) return () => undefined;
    const elements = [...matched(file.object(list), /\[([^\]]*)\]/)[1]!.matchAll(/(\d+) 0 R|null/g)];
    return (mark) => {
      const id = elements[mark]?.[1];
      return id === undefined ? undefined : Number(id);
    };
  };
}
