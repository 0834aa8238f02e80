/** Where a server listens, and how requests get there without crossing a network in the clear. */
import type { ListenOptions } from "@undersigned/service";
import { type Command, Option } from "commander";
import { CliError } from "../errors.ts";
import { readInput } from "../io/files.ts";
import { portNumber } from "./values.ts";

export interface ListenFlags {
  readonly host: string;
  readonly port: number;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: boolean;
}

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/;

/** Whether only this machine can reach it. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

export function withListen(command: Command, port: number): Command {
  return command
    .option("--host <address>", "address of this machine to listen on", "127.0.0.1")
    .addOption(new Option("--port <n>", "port, 0 for any free one").argParser(portNumber).default(port))
    .option("--tls-cert <file>", "certificate chain, PEM")
    .option("--tls-key <file>", "private key of the certificate, PEM")
    .option("--behind-proxy", "a proxy in front ends TLS and sets X-Forwarded-Proto and X-Forwarded-For");
}

/** Throws CliError `usage` for a certificate without key or the reverse. */
export async function listenOptions(flags: ListenFlags): Promise<ListenOptions> {
  const { host, port, tlsCert, tlsKey, behindProxy } = flags;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new CliError("usage", "Give --tls-cert and --tls-key together.");
  }
  const tls =
    tlsCert === undefined || tlsKey === undefined
      ? undefined
      : {
          cert: await readInput(tlsCert, "the certificate"),
          key: await readInput(tlsKey, "the certificate's key"),
        };
  return { host, port, ...(tls && { tls }), ...(behindProxy === true && { behindProxy }) };
}
