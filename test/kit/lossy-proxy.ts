/**
 * A network that loses answers: passes each request on, waits until the server has answered in full, and then breaks the
 * connection instead of passing the answer back.
 */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type LossyProxy = {
  /** Where a request for this address is to be sent instead. */
  through(url: string): string;
  /** Statuses of the answers that were lost. */
  readonly lost: readonly number[];
  close(): Promise<void>;
};

/** Loses the first `losses` answers for each address and method; later ones pass. */
export async function startLossyProxy(losses: number): Promise<LossyProxy> {
  const lost: number[] = [];
  const counts = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    // The target stands before the path: /http/127.0.0.1:4000/v1/…
    const [, host = "", path = ""] = /^\/http\/([^/]+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const passed = request(
      `http://${host}${path}`,
      { method: incoming.method, headers: { ...incoming.headers, host }, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => {
          const name = `${incoming.method} ${host}${path}`;
          const count = counts.get(name) ?? 0;
          counts.set(name, count + 1);
          if (count < losses) {
            lost.push(answer.statusCode ?? 0);
            outgoing.destroy();
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          outgoing.end(Buffer.concat(parts));
        });
      },
    );
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    through: (url) => url.replace(/^http:\/\//, `http://127.0.0.1:${port}/http/`),
    lost,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
