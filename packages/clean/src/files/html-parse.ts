/**
 * Parses a page as browsers do (HTML Standard, 13.2; package parse5), within bounds: how deep, and how many elements, since
 * one mark that is never closed is made anew in each paragraph after it.
 */
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5";
import { CleanError } from "../errors.ts";

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Chromium goes no deeper than 512. Walking up costs as much as a page is deep, for each of its elements. */
export const DEPTH_MOST = 512;
const ELEMENTS_MOST = 100_000;

export interface ParsedPage {
  readonly root: HtmlElement;
  /** Whether remarks stand outside the root, as browsers write them where a page is saved. */
  readonly hasRemarks: boolean;
}

/** Throws `file-too-deep`, `file-expands`. */
export function parsePage(text: string): ParsedPage {
  let depth = 0;
  let elements = 0;
  const document = parse(text, {
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(name, namespace, attributes) {
        if (++elements > ELEMENTS_MOST) throw new CleanError("file-expands");
        return defaultTreeAdapter.createElement(name, namespace, attributes);
      },
      onItemPush() {
        if (++depth > DEPTH_MOST) throw new CleanError("file-too-deep");
      },
      onItemPop() {
        depth--;
      },
    },
  });
  return {
    root: document.childNodes.find((node) => node.nodeName === "html") as HtmlElement,
    hasRemarks: document.childNodes.some((node) => node.nodeName === "#comment"),
  };
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return "tagName" in node;
}

export function attributeOf({ attrs }: HtmlElement, name: string): string | null {
  return attrs.find((one) => one.name === name)?.value ?? null;
}
