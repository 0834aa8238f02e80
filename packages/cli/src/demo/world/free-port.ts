/** Ports of this machine that nobody listens on. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { DemoError } from "../demo-error.ts";

/** Below what systems hand out by themselves (32768 on Linux, 49152 elsewhere): nobody is given one of these meanwhile. */
const FROM = 20_000;
const TO = 32_000;
const TRIES = 100;

/**
 * Ports of 127.0.0.1, all different, that were free a moment ago. The registrars' addresses stand in the first manifest,
 * which must be signed before they can start, so the ports have to be known some seconds before they are taken.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count && tries < count + TRIES; tries++) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) ports.add(port);
  }
  if (ports.size < count) throw new DemoError("no-port", "Hardly any port of this machine is free.");
  return [...ports];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
