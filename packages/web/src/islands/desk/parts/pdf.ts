/** The part `pdf`: reads and cleans PDF files. Large, and wanted only by those who choose one. */
export { cleanPdf } from "@undersigned/clean/pdf";
