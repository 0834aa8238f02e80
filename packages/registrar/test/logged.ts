/** What a log says of registrars, in place of a board: for tests that are not about reading it. */
import { type DestructionLeaf, type IssuanceLeaf, parseKeyStatement } from "@undersigned/core";
import type { LoggedState } from "../src/index.ts";

/** A log with the epochs of these statements, and what has been stated about them. */
export function logOf(
  statementFiles: readonly Uint8Array[],
  stated: {
    readonly issuance?: readonly IssuanceLeaf[];
    readonly destructions?: readonly DestructionLeaf[];
  } = {},
): LoggedState {
  const statements = statementFiles.map((file) => parseKeyStatement(file));
  const named = <T extends { epoch: number; registrar: string }>(leaves: readonly T[]) =>
    new Map(leaves.map((leaf) => [`${leaf.epoch} ${leaf.registrar}`, leaf]));
  return {
    epochs: new Map(
      statements.map((statement) => [
        statement.epoch,
        { statements: new Map([[statement.registrar, statement]]) },
      ]),
    ),
    issuance: named(stated.issuance ?? []),
    destructions: named(stated.destructions ?? []),
  };
}
