/** Acts about the chronicle of a letter (decision 32). */
import { chronicle } from "./chronicle.ts";
import { chronicleAdd } from "./chronicle-add.ts";
import { chronicleAgree } from "./chronicle-agree.ts";
import { chronicleDrop } from "./chronicle-drop.ts";
import { chroniclePropose } from "./chronicle-propose.ts";

export const chronicleActs = {
  chronicle,
  "chronicle-add": chronicleAdd,
  "chronicle-propose": chroniclePropose,
  "chronicle-agree": chronicleAgree,
  "chronicle-drop": chronicleDrop,
} as const;
