/**
 * A network before one server that a test commands: it lets requests through, is closed, answers nobody, holds each answer
 * back, or loses answers after the server has given them.
 */
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Weather =
  | { readonly is: "open" }
  /** Connections are refused. */
  | { readonly is: "refuse" }
  /** Connections are taken, and nothing ever comes. */
  | { readonly is: "partition" }
  /** The answer is held back. */
  | { readonly is: "slow"; readonly ms: number }
  /** The server has answered, and the connection breaks. */
  | { readonly is: "lose" };

export type Gate = {
  readonly url: string;
  /** Requests that came for this path, the ones included that were let through to nobody. */
  came(path: string): number;
  /** For what comes from now on. Under a partition that ends, what hangs is broken off. */
  set(weather: Weather): Promise<void>;
  close(): Promise<void>;
};

/** Before the server at this port of 127.0.0.1. */
export async function startGate(target: number): Promise<Gate> {
  let weather: Weather = { is: "open" };
  const came = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  const server: Server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "";
    came.set(path, (came.get(path) ?? 0) + 1);
    const now = weather;
    if (now.is === "partition") return;
    const passed = request(
      {
        host: "127.0.0.1",
        port: target,
        path,
        method: incoming.method,
        headers: incoming.headers,
        agent: false,
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", () => outgoing.destroy());
        answer.on("end", () => {
          if (now.is === "lose") {
            outgoing.destroy();
            return;
          }
          const give = () => {
            outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
            outgoing.end(Buffer.concat(parts));
          };
          if (now.is !== "slow") {
            give();
            return;
          }
          const timer = setTimeout(() => {
            timers.delete(timer);
            give();
          }, now.ms);
          timers.add(timer);
        });
      },
    );
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", reject);
        resolve();
      });
    });
  const shut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    came: (asked) => came.get(asked) ?? 0,
    async set(next) {
      const before = weather;
      weather = next;
      if (next.is === "refuse" && server.listening) await shut();
      if (next.is !== "refuse" && !server.listening) await listen(port);
      if (before.is === "partition" && next.is !== "partition") server.closeAllConnections();
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      if (server.listening) await shut();
    },
  };
}
