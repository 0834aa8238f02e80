/** A client's `fetch` that comes from a chosen address of this machine and says a chosen user agent. */
import { request } from "node:http";

export type Sent = (
  url: string,
  init?: { method?: string; headers?: Record<string, string>; body?: Uint8Array | string },
) => Promise<Response>;

/** A connection for each request, as people come from different networks. Follows no redirects. */
export function fetchFrom(localAddress: string, userAgent: string): Sent {
  return (url, init = {}) =>
    new Promise((resolve, reject) => {
      const { method = "GET", headers = {}, body } = init;
      const sent = request(
        url,
        {
          method,
          localAddress,
          agent: false,
          headers: {
            ...headers,
            ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
            "user-agent": userAgent,
          },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", reject);
          answer.on("end", () => {
            const given = new Headers();
            for (let i = 0; i < answer.rawHeaders.length; i += 2) {
              given.append(answer.rawHeaders[i]!, answer.rawHeaders[i + 1]!);
            }
            const status = answer.statusCode ?? 0;
            const bytes = Buffer.concat(parts);
            resolve(
              new Response(status === 204 || status === 304 ? null : bytes, { status, headers: given }),
            );
          });
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
}
