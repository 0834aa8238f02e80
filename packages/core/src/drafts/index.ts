/** What organisers write, up to the manifests that are published (decision 22). */
export * from "./agreement.ts";
export * from "./assemble-workforce.ts";
export * from "./coarser.ts";
export { type FieldRule, type FieldTable, fieldText } from "./field.ts";
export * from "./fields-of.ts";
export * from "./kinds.ts";
export * from "./known-senders.ts";
export * from "./letter-fields.ts";
export * from "./letter-of.ts";
export type { ProblemPart } from "./problem-parts.ts";
export { PROBLEM_SENTENCES, type ProblemCode } from "./problem-sentences.ts";
export type { Problem } from "./problems.ts";
export { isPublicProvider } from "./public-providers.ts";
export { registrarOfCard } from "./registrars-of.ts";
export * from "./tidy.ts";
export * from "./workforce-fields.ts";
export * from "./workforce-of.ts";
