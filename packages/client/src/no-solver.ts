/** In a browser: what solves runs on a thread of its own, which the page passes in as `solveWork`. */
import { ClientError } from "./errors.ts";

export async function solveWork(): Promise<string> {
  throw new ClientError(
    "work-failed",
    "This registrar asks for work, and nothing here can do it. Use a newer client.",
  );
}
