/** Broken copies: client builds (PROTOCOL §3.5; §4, rule 10). */
import { utf8Encode } from "@undersigned/core";
import type { BrokenCase, World } from "./broken-case.ts";
import { last } from "./change-helpers.ts";
import type { Change } from "./small-set.ts";

const BUILD = { version: "0.1.0", day: "2027-02-02" } as const;
const last1: Change = last((builder) => builder.addClient(BUILD));

export function clientCases({ keys, valid }: World): BrokenCase[] {
  const withFile = (change: NonNullable<Change["files"]>): Change => ({ ...last1, files: change });
  const pathIn = (files: ReadonlyMap<string, Uint8Array>) =>
    [...files.keys()].find((path) => path.startsWith("clients/"))!;
  return [
    {
      name: "client-mismatch-file",
      why: "The list of a client build's files was changed behind the log's back.",
      change: withFile((files) => {
        const path = pathIn(files);
        const text = new TextDecoder().decode(files.get(path));
        files.set(path, utf8Encode(text.replace("0.1.0", "0.1.9")));
      }),
      expect: ["client-mismatch"],
      follows: ["index-wrong"],
    },
    {
      name: "file-missing-client",
      why: "The list of a client build's files is not there.",
      change: withFile((files) => files.delete(pathIn(files))),
      expect: ["file-missing"],
      follows: ["index-wrong"],
    },
    {
      name: "client-by-a-stranger",
      why: "A client build is stated by another key than the board's.",
      change: last((builder) => builder.addClient(BUILD, undefined, keys.stranger)),
      expect: ["signature-invalid"],
      follows: ["index-wrong"],
    },
    {
      name: "client-of-another-workforce",
      why: "A client build is stated for another workforce.",
      change: last((builder) =>
        builder.addClient(BUILD, (leaf) => {
          leaf.workforce = valid.builder.workforce;
        }),
      ),
      expect: ["workforce-mismatch"],
      follows: ["index-wrong"],
    },
  ];
}
