/**
 * Asks a registrar for its key statement of an epoch (PROTOCOL §9), at the address in the manifest. A registrar may be down, lie, or
 * answer with anything: what is no statement of its own for this epoch counts as no answer. The board checks the rest.
 */
import { askRegistrar } from "@undersigned/board";
import { type KeyStatement, MAX_MANIFEST_BYTES, parseKeyStatement } from "@undersigned/core";

/** Null where there is none. */
export async function askStatement(
  registrarUrl: string,
  of: { readonly workforce: string; readonly epoch: number; readonly registrar: string },
): Promise<KeyStatement | null> {
  try {
    const question = { path: `v1/statements/${of.epoch}`, request: null, maxBytes: MAX_MANIFEST_BYTES };
    const statement = parseKeyStatement(await askRegistrar(registrarUrl, question));
    const fits =
      statement.workforce === of.workforce &&
      statement.epoch === of.epoch &&
      statement.registrar === of.registrar;
    return fits ? statement : null;
  } catch {
    return null;
  }
}
