/** What a document consists of, as data for the template: the template draws it and decides nothing. */
import type { FaceCode } from "../fonts/faces.ts";

/** A piece of a line. Links lead to `to`; `code` and the like are how it is drawn. */
export interface Run {
  readonly text: string;
  readonly strong?: boolean;
  readonly emphasis?: boolean;
  readonly code?: boolean;
  readonly struck?: boolean;
  readonly small?: boolean;
  readonly to?: string;
  /** A line ends here. */
  readonly ends?: boolean;
}

/** Pieces that share a direction, a language (two or three letters) and a main face. */
export interface Line {
  readonly runs: readonly Run[];
  readonly rtl: boolean;
  readonly face: FaceCode;
  readonly language: string;
}

export interface PersonLines {
  readonly name: Line;
  readonly where: Line | null;
}

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly line: Line }
  | { readonly kind: "over" | "title" | "figure" | "paragraph" | "small" | "code"; readonly line: Line }
  | { readonly kind: "list"; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "numbers"; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: "quote" | "panel"; readonly blocks: readonly Block[] }
  | { readonly kind: "table"; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: "people"; readonly people: readonly PersonLines[] }
  | { readonly kind: "qr"; readonly svg: string; readonly alt: string }
  | { readonly kind: "rule" | "page" };
