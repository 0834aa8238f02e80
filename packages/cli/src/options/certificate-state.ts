/** What the board can tell organisers about the certificate of the address at which people reach it. */
import { X509Certificate } from "node:crypto";
import { dayOf } from "@undersigned/core";
import type { Certificate } from "@undersigned/desk";
import type { ListenOptions } from "@undersigned/service";

/** The board's own certificate and its last day; `proxy` where another program has it; `none` where there is no TLS. */
export function certificateState({ tls, behindProxy }: ListenOptions): Certificate {
  if (behindProxy === true) return { kind: "proxy", until: null };
  if (tls === undefined) return { kind: "none", until: null };
  return { kind: "own", until: dayOf(new X509Certificate(tls.cert).validToDate.getTime()) };
}
