/**
 * @undersigned/messages: what pages and paper say, in every language of the interface (decision 35). Browser and Node; no
 * input or output. Node reads the catalogues by `@undersigned/messages/node`.
 */
export * from "./languages.ts";
export * from "./letter/appearances.ts";
export * from "./letter/bounds.ts";
export * from "./letter/names.ts";
export * from "./letter/parts.ts";
export * from "./letter/tally.ts";
export * from "./letter/verified.ts";
export * from "./say.ts";
export * from "./words.ts";
