/** Registrars of a draft: from their cards, and in a new version those that stay (PROTOCOL §3.1, §3.6). */
import { utf8Encode } from "../bytes.ts";
import { CoreError } from "../errors.ts";
import { openRegistrarCard, type RegistrarCard } from "../formats/cards.ts";
import type { WorkforceManifest } from "../formats/workforce-manifest.ts";
import type { Problems } from "./problems.ts";
import type { WorkforceValues } from "./workforce-fields.ts";

type Registrar = WorkforceManifest["registrars"][number];

/** What a manifest takes from a card. */
export function registrarOfCard({ identity, name, operator, url }: RegistrarCard): Registrar {
  return { identity, name, operator, url };
}

export async function registrarsOf(
  { registrars, keptRegistrars }: WorkforceValues,
  before: WorkforceManifest | null,
  problems: Problems,
): Promise<Registrar[]> {
  const cards = (await Promise.all(registrars.map(open))).filter((card) => card !== null);
  if (cards.length < registrars.length) {
    problems.stop("registrars", "registrar-card");
  }
  const kept = before?.registrars.filter(({ identity }) => keptRegistrars.includes(identity)) ?? [];
  if (kept.length < new Set(keptRegistrars).size) {
    problems.stop("keptRegistrars", "registrar-unknown");
  }
  const given = new Set(cards.map(({ identity }) => identity));
  if (given.size < cards.length) {
    problems.stop("registrars", "registrars-repeated");
  }
  const all = [...kept.filter(({ identity }) => !given.has(identity)), ...cards.map(registrarOfCard)];
  if (all.length === 0) {
    problems.stop("registrars", "no-registrars");
  } else if (all.length > 15) {
    problems.stop("registrars", "too-many-registrars");
  } else if (all.length === 1) {
    problems.warn("registrars", "one-registrar");
  }
  if (new Set(all.map(({ operator }) => operator)).size < all.length) {
    problems.warn("registrars", "one-operator");
  }
  return all;
}

async function open(text: string): Promise<RegistrarCard | null> {
  try {
    return await openRegistrarCard(utf8Encode(text.trim()));
  } catch (error) {
    if (error instanceof CoreError) return null;
    throw error;
  }
}
