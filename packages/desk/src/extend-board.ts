/** Serves a desk beside a board: what `startBoard` is given as `extension`. */
import type { BoardExtension, JudgeOpening, RefusesKey } from "@undersigned/board";
import { Rehearsals } from "@undersigned/rehearsal";
import { createLimiter } from "@undersigned/service";
import { type Desk, openDesk } from "./desk.ts";
import { deskErrorStatus } from "./errors.ts";
import { addDeskRoutes } from "./http/routes.ts";
import { judgeBy } from "./model/name-rules.ts";
import { isRefusedKey } from "./model/removed-keys.ts";

export interface DeskOptions {
  /** Called once, where the board has no organiser yet: 32 bytes, base64url, for the link `/desk#set-up.<token>`. */
  readonly onSetUpToken?: (token: string) => void;
  /** Of the address at which people reach the board; none if left out. */
  readonly certificate?: Desk["certificate"];
  /** False for none: for tests. */
  readonly limits?: boolean;
  /** For parts that add addresses of their own to the desk, and for tests. */
  readonly onOpened?: (desk: Desk) => void;
}

/** Forty ways in at once for one network, and one each ten seconds in the long run; acts as fast as people type. */
const WAYS_IN = { capacity: 40, refillPerSecond: 0.1 };
const ACTS = { capacity: 600, refillPerSecond: 10 };
const REMEMBERED_NETWORKS = 10_000;

export function withDesk(options: DeskOptions = {}): BoardExtension {
  const rehearsals = new Rehearsals();
  let judge: JudgeOpening = () => null;
  let refuses: RefusesKey = async () => false;
  return {
    errorStatus: deskErrorStatus,
    besides: (workforce) => rehearsals.files(workforce),
    refusesKey: (key) => refuses(key),
    judgeOpening: (opening, manifest, trx) => judge(opening, manifest, trx),
    async start(server, board) {
      const { certificate } = options;
      const { desk, setUpToken } = await openDesk(board, { rehearsals, ...(certificate && { certificate }) });
      judge = judgeBy(desk);
      refuses = (key) => isRefusedKey(desk, desk.database.db, key);
      const { clock } = desk;
      const limiter = (rate: typeof ACTS) =>
        options.limits === false ? null : createLimiter({ ...rate, maxKeys: REMEMBERED_NETWORKS, clock });
      addDeskRoutes(server, desk, { waysIn: limiter(WAYS_IN), acts: limiter(ACTS) });
      options.onOpened?.(desk);
      if (setUpToken !== null) options.onSetUpToken?.(setUpToken);
      return { close: () => rehearsals.end() };
    },
  };
}
