/**
 * Leaves out of the pages' scripts what they never show: the sentences of our packages' errors. A page branches on an error's
 * code and has sentences of its own, in words that fit what the person is doing (islands/signatory/words/problems.ts). Threads
 * that workers run are built without this: the recount shows what its thread says.
 */
import type { Plugin } from "vite";

const OURS = /\/packages\/(?:core|log|verify|client)\/src\/[^?]+\.ts$/;
const ERRORS = new Set(["CoreError", "LogError", "VerifyError", "ClientError"]);

/** What is looked at of a syntax tree (ESTree). */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly callee?: { readonly type: string; readonly name?: string };
  readonly arguments?: readonly Node[];
}

/** Every `new CoreError(code, "sentence")` gets an empty sentence; one that is computed elsewhere stays. */
export function withoutMessages(code: string, program: unknown): string {
  const found: Node[] = [];
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    if (value === null || typeof value !== "object") return;
    const node = value as Node;
    if (node.type === "NewExpression" && ERRORS.has(node.callee?.name ?? "")) {
      const message = node.arguments?.[1];
      if (message?.type === "Literal" || message?.type === "TemplateLiteral") found.push(message);
    }
    if (!Array.isArray(value)) for (const item of Object.values(value)) walk(item);
  };
  walk(program);
  return found
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => `${text.slice(0, start)}""${text.slice(end)}`, code);
}

export function unsaidMessages(): Plugin {
  return {
    name: "unsaid-messages",
    // The types are gone by then.
    enforce: "post",
    transform(code, id) {
      return OURS.test(id) ? { code: withoutMessages(code, this.parse(code)), map: null } : null;
    },
  };
}
