/** The thread that does a registrar's proof of work. It is handed the challenge, and nothing of the person. */
import { solveWork } from "@undersigned/client";

export type FromSolver = { readonly work: string } | { readonly code: string };

/** What is used here of the worker's global scope. */
interface Scope {
  postMessage(message: FromSolver): void;
  onmessage: ((event: MessageEvent<string>) => void) | null;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  solveWork(data).then(
    (work) => scope.postMessage({ work }),
    (error: { readonly code?: string }) => scope.postMessage({ code: error.code ?? "work-failed" }),
  );
};
