/** A session ends by itself where nobody uses the page, and at once where the board or the person ends it. */
import { ClientError } from "@undersigned/client";
import type { DeskSession } from "@undersigned/core";
import { describe, expect, it } from "vitest";
import type { DeskIn } from "../../src/islands/desk/shell/door.ts";
import { IDLE_MS, Sessions } from "../../src/islands/desk/shell/session.ts";

function start(fail: string | null = null) {
  const told: string[] = [];
  let now = 0;
  const sessions = new Sessions(() => now);
  const desk: DeskIn = {
    session: {} as DeskSession,
    call: async (act) => {
      told.push(act);
      if (fail !== null) throw new ClientError("refused", "", { remote: fail });
      return {} as never;
    },
    forget: () => told.push("forgotten"),
  };
  sessions.enter(desk);
  return { sessions, told, pass: (ms: number) => (now += ms) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("A session", () => {
  it("ends after a quarter of an hour without use, its key is forgotten and the board is told", async () => {
    const { sessions, told, pass } = start();
    pass(IDLE_MS - 1);
    sessions.checkIdle();
    expect(sessions.standing.at).toBe("in");
    pass(1);
    sessions.checkIdle();
    await settle();
    expect(sessions.standing).toEqual({ at: "out", why: "idle" });
    expect(told).toEqual(["sign-out", "forgotten"]);
  });

  it("goes on while somebody uses the page, but a touch after that time revives nothing", () => {
    const { sessions, pass } = start();
    pass(IDLE_MS - 1);
    sessions.touch();
    pass(IDLE_MS - 1);
    sessions.checkIdle();
    expect(sessions.standing.at).toBe("in");
    // The device slept: no timer ran, and the first thing that happens is a key press.
    pass(IDLE_MS);
    sessions.touch();
    sessions.checkIdle();
    expect(sessions.standing).toEqual({ at: "out", why: "idle" });
  });

  it("that the board knows no more ends here too; another refusal does not end it", async () => {
    const over = start("session-over");
    await expect(over.sessions.call("home", {})).rejects.toThrow();
    expect(over.sessions.standing).toEqual({ at: "out", why: "over" });
    const refused = start("not-allowed");
    await expect(refused.sessions.call("home", {})).rejects.toThrow();
    expect(refused.sessions.standing.at).toBe("in");
  });

  it("that is over lets nobody act", async () => {
    const { sessions, told } = start();
    sessions.leave("locked");
    await expect(sessions.call("home", {})).rejects.toMatchObject({ code: "session-over" });
    expect(told).not.toContain("home");
  });
});
