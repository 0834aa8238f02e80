/** Takes registrars' signatures of a frozen workforce. Anybody may have made the texts; those that hold are kept. */
import {
  type ActAnswer,
  agreementFor,
  CoreError,
  type ManifestSignature,
  manifestSignature,
  manifestSignatureHolds,
  parseCanonical,
  parseWorkforceManifest,
  utf8Encode,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { workforceInForce } from "../model/board-texts.ts";
import { nameOf, requireDocument, requireKind } from "../model/documents.ts";
import { type Frozen, putFrozen, requireFrozen } from "../model/frozen.ts";
import { within } from "./act.ts";

const MAX_SIGNATURE_BYTES = 1000;

export const workforceSign = within<"workforce-sign">(async ({ desk, trx }, { document: id, signatures }) => {
  const document = await requireDocument(desk, trx, id);
  requireKind(document, "workforce");
  const frozen = await requireFrozen(desk, trx, id);
  const manifest = parseWorkforceManifest(frozen.file);
  const before =
    document.workforce === null ? null : (await workforceInForce(trx, document.workforce)).manifest;
  const registrars = whoMaySign(manifest, before);
  const hash = workforceManifestHash(frozen.file);

  const kept = new Map(frozen.signatures.map((one) => [one.registrar, one]));
  const refused: string[] = [];
  let isNew = false;
  for (const text of signatures) {
    const signature = read(text);
    const fault = signature === null ? "A text is no signature of a registrar." : await faultOf(signature);
    if (signature === null || fault !== null) {
      refused.push(fault!);
      continue;
    }
    isNew ||= !kept.has(signature.registrar);
    kept.set(signature.registrar, { registrar: signature.registrar, sig: signature.sig });
  }
  if (isNew) await putFrozen(desk, trx, id, { file: frozen.file, signatures: [...kept.values()] });
  return {
    answer: { registrars: stateOf(registrars, kept), refused },
    about: isNew ? nameOf(document) : null,
  };

  async function faultOf(signature: ManifestSignature): Promise<string | null> {
    const name = registrars.get(signature.registrar);
    if (name === undefined) return "A signature is by somebody who is no registrar here.";
    if (signature.manifest !== hash)
      return `The signature of ${name} is of another version of this workforce.`;
    return (await manifestSignatureHolds(manifest, signature))
      ? null
      : `The signature of ${name} does not fit.`;
  }
});

/** Names by identity key. */
function whoMaySign(
  manifest: WorkforceManifest,
  before: WorkforceManifest | null,
): ReadonlyMap<string, string> {
  const { all, some } = agreementFor(manifest, before);
  return new Map([...some, ...all].map(({ identity, name }) => [identity, name]));
}

function stateOf(
  registrars: ReadonlyMap<string, string>,
  kept: ReadonlyMap<string, Frozen["signatures"][number]>,
): ActAnswer<"workforce-sign">["registrars"] {
  return [...registrars].map(([registrar, name]) => ({ registrar, name, signed: kept.has(registrar) }));
}

function read(text: string): ManifestSignature | null {
  try {
    return manifestSignature.check(parseCanonical(utf8Encode(text.trim()), MAX_SIGNATURE_BYTES), "");
  } catch (error) {
    if (error instanceof CoreError) return null;
    throw error;
  }
}
