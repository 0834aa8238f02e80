/** Award exports and Open Contracting data: each is refused with a typed error, or gives rows that core takes. */
import { dealing, dealingId, type JsonValue } from "@undersigned/core";
import { DealingsError, type ImportResult, readAwardExport, readOcds } from "@undersigned/dealings";
import { ACTION, AWARD, csv, OLD_ACTION, pieces, zipOf } from "../../packages/dealings/test/made-up.ts";
import { sample as file } from "../../packages/dealings/test/samples.ts";
import { mutateBytes } from "./mutate.ts";
import { type Target, takes } from "./target.ts";

const MOST = 64 * 1024;
const encode = (text: string) => new TextEncoder().encode(text);

const exports_ = [
  encode(csv([AWARD, { ...AWARD, contract_award_unique_key: "B" }])),
  encode(`\ufeff${csv([ACTION, ACTION], { quoted: false, end: "\r\n" })}`),
  encode(csv([OLD_ACTION])),
  zipOf({ "Contracts_PrimeAwardSummaries_1.csv": csv([AWARD]), "a.txt": "a" }),
];

const names = ["record", "ocds-213czf-000-00001-05-contract", "ocds-213czf-000-00001"];
const packages = names.map((name) => file(`${name}.json`));

function check({ rows }: ImportResult): void {
  for (const { id, entry } of rows) {
    dealingId.check(id, "");
    dealing.check(entry as unknown as JsonValue, "");
  }
}

function target(name: string, seeds: readonly Uint8Array[], read: typeof readOcds): Target {
  return {
    name,
    weight: 2,
    most: MOST,
    seeds,
    make: (random) => mutateBytes(random, seeds[random.below(seeds.length)] as Uint8Array, seeds, MOST),
    takes: (input) =>
      takes([DealingsError], async () => {
        const result = await read(pieces(input));
        check(result);
        if (JSON.stringify(await read(pieces(input, 1021))) !== JSON.stringify(result))
          throw new Error("reads pieces in another way");
      }),
  };
}

export const dealingsTargets: readonly Target[] = [
  target("award-export", exports_, readAwardExport),
  target("ocds", packages, readOcds),
];
