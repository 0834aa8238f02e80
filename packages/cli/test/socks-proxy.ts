/** A SOCKS5 proxy (RFC 1928) without login, CONNECT only: leads every name to this machine, and notes what it was asked for. */
import { connect, createServer, type Server } from "node:net";

export function socksProxy(): { readonly server: Server; readonly wanted: string[] } {
  const wanted: string[] = [];
  const server = createServer((client) => {
    client.once("data", () => {
      client.write(Buffer.from([5, 0]));
      client.once("data", (data) => {
        const request = data as Buffer;
        const byName = request[3] === 3;
        const end = byName ? 5 + request[4]! : 8;
        const host = byName ? request.subarray(5, end).toString() : request.subarray(4, 8).join(".");
        wanted.push(host);
        const target = connect(request.readUInt16BE(end), "127.0.0.1", () => {
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          client.pipe(target).pipe(client);
        });
        target.on("error", () => client.destroy());
        client.on("error", () => target.destroy());
      });
    });
  });
  return { server, wanted };
}
