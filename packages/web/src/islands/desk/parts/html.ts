/** The part `html`: reads and cleans saved pages. Large, and wanted only by those who choose one. */
export { cleanHtml } from "@undersigned/clean/html";
