/** What kinds of files a copy can be, and what cleans them. */
import type { FileFormat } from "@undersigned/clean";
import type { CopyType } from "@undersigned/core";

const TYPES: Readonly<Record<FileFormat, CopyType>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  pdf: "application/pdf",
  html: "text/html",
  text: "text/plain",
};

export const typeOf = (format: FileFormat): CopyType => TYPES[format];

/** Loaded when the first such file comes. */
export const CLEAN_PARTS = {
  pdf: () => import("@undersigned/clean/pdf"),
  html: () => import("@undersigned/clean/html"),
};
