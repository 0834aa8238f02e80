/** Ports of this machine that nobody listens on. */
import { type AddressInfo, createServer } from "node:net";

/**
 * A port of 127.0.0.1 that was free a moment ago. The registrar's address stands in the first manifest, which must be
 * signed before the registrar can start, so the port has to be known before it is taken.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
