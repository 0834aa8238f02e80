/** The pages of a board: what is read without script, and the frames of what is done with it. */
export { type AddPagesOptions, addFirstPages, addPages } from "./add-pages.ts";
export { type BoardPages, boardPages } from "./board-pages.ts";
export { type ClientBuild, readClientBuild } from "./client-build.ts";
export type { CountWords } from "./ways/count-words.ts";
export type { Pictures } from "./ways/pictures.ts";
