/** Sends to this board. A receipt that promises an odd day is kept all the same: it is signed, and it is evidence. */
import { ClientError, type Fetch, postRequest, type SignatoryRequest } from "@undersigned/client";
import type { ResultEvent } from "../machine/event.ts";
import type { OpenLog } from "../machine/state.ts";

type Taken = Extract<ResultEvent, { type: "taken" }>;

/** Throws as `postRequest` does, but for `receipt-implausible`. `today` is this device's UTC day. */
export async function sendRequest(
  log: OpenLog,
  request: SignatoryRequest,
  to: { readonly board: string; readonly fetch: Fetch; readonly today: string },
): Promise<Taken> {
  const taken = { type: "taken", request: request.type, seq: request.leaf.seq } as const;
  try {
    return { ...taken, receipt: await postRequest(log.view, request, to), implausible: false };
  } catch (error) {
    if (!(error instanceof ClientError) || error.receipt === null) throw error;
    return { ...taken, receipt: error.receipt, implausible: true };
  }
}
