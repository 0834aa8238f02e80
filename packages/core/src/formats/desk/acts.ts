/** Every act of the desk by its name, with the shapes of what is sent and answered. */
import type { Infer, Shape } from "../shape.ts";
import { answeredActs } from "./answered-acts.ts";
import { chronicleActs } from "./chronicle-acts.ts";
import { documentActs } from "./document-acts.ts";
import { letterActs } from "./letter-acts.ts";
import { organiserActs } from "./organiser-acts.ts";
import type { DeskActName } from "./roles.ts";
import { workforceActs } from "./workforce-acts.ts";

export const deskActs = {
  ...organiserActs,
  ...documentActs,
  ...workforceActs,
  ...letterActs,
  ...answeredActs,
  ...chronicleActs,
} as const satisfies Record<DeskActName, { readonly body: Shape<unknown>; readonly answer: Shape<unknown> }>;

export type ActBody<A extends DeskActName> = Infer<(typeof deskActs)[A]["body"]>;
export type ActAnswer<A extends DeskActName> = Infer<(typeof deskActs)[A]["answer"]>;
