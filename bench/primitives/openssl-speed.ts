/** `openssl speed`, where the command is installed: a limit from outside of Node, with that library's own build. */
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface OpensslSpeed {
  readonly rsa2048Sign: number;
  readonly rsa2048Verify: number;
  readonly ed25519Sign: number;
  readonly ed25519Verify: number;
}

/** Operations a second with `processes` at once, or null where there is no such command. */
export async function opensslSpeed(seconds: number, processes: number): Promise<OpensslSpeed | null> {
  const multi = processes > 1 ? ["-multi", String(processes)] : [];
  const args = ["speed", "-mr", "-elapsed", "-seconds", String(seconds), ...multi, "rsa2048", "ed25519"];
  const child = spawn("openssl", args, { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = await once(child, "close").catch(() => null);
  return ended?.[0] === 0 ? readSpeed(text) : null;
}

/** Totals start with `+F`: `+F2:<n>:<bits>:<signatures/s>:<verifications/s>` for RSA, with a curve's name more for EdDSA. */
function readSpeed(text: string): OpensslSpeed | null {
  const totals = text.split("\n").filter((line) => line.startsWith("+F"));
  const of = (kind: string, field: number) => {
    const line = totals.find((total) => total.startsWith(`+${kind}:`) && /:(2048|253):/.test(total));
    const value = Number(line?.split(":")[field]);
    return value > 0 ? value : null;
  };
  const found = [of("F2", 3), of("F2", 4), of("F6", 4), of("F6", 5)];
  if (found.includes(null)) return null;
  const [rsa2048Sign, rsa2048Verify, ed25519Sign, ed25519Verify] = found as [number, number, number, number];
  return { rsa2048Sign, rsa2048Verify, ed25519Sign, ed25519Verify };
}
