/**
 * Faults on demand, in a server's own process: the n-th call from now of a database driver or of a function of
 * node:crypto throws, once, with a message that quotes all that it was called with. That is what real engines do, and
 * what must reach neither answer, output nor disk.
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { StatementSync } from "node:sqlite";
import pg from "pg";

export type FaultKind = "database" | "crypto";

let armed: { kind: FaultKind; left: number } | null = null;

/** `after` 1 means the next call. */
export function armFault(kind: FaultKind, after: number): void {
  armed = { kind, left: after };
}

/** Whether the fault had not happened yet. */
export function disarmFault(): boolean {
  const waiting = armed !== null;
  armed = null;
  return waiting;
}

function strike(kind: FaultKind, quoted: readonly unknown[]): void {
  if (armed?.kind !== kind || --armed.left > 0) return;
  armed = null;
  throw Object.assign(new Error(`It failed with ${quoted.map(quote).join(", ")}`), { detail: quoted });
}

function quote(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  return Array.isArray(value) ? value.map(quote).join(" ") : String(value);
}

type Any = (this: unknown, ...args: unknown[]) => unknown;

function patch(owner: object, name: string, kind: FaultKind, rejects: boolean): void {
  const original = Reflect.get(owner, name) as Any;
  const patched: Any = function (this: unknown, ...args) {
    // The sign of life of PostgreSQL's lock is no request's: failing it ends the server, as it should.
    if (args[0] === "select 1") return Reflect.apply(original, this, args);
    try {
      strike(kind, args);
    } catch (error) {
      if (rejects) return Promise.reject(error);
      throw error;
    }
    return Reflect.apply(original, this, args);
  };
  Object.defineProperty(owner, name, { value: patched, configurable: true, writable: true });
}

/** To be called before the server's packages are imported. */
export function prepareFaults(): void {
  patch(StatementSync.prototype, "run", "database", false);
  patch(StatementSync.prototype, "all", "database", false);
  patch(pg.Client.prototype, "query", "database", true);
  // HMACs of mailboxes, hashes of leaves, signatures: whatever the servers compute over what people send.
  patch(crypto.Hmac.prototype, "update", "crypto", false);
  for (const name of ["hash", "sign", "verify", "createPublicKey"]) patch(crypto, name, "crypto", false);
  syncBuiltinESMExports();
}
