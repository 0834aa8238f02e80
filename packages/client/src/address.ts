/**
 * Addresses of registrars and boards. Everything that is sent to them goes over https; plain http only to the own
 * machine, where there is no network in between. Addresses come from a manifest or from the person.
 */
import { ClientError } from "./errors.ts";

const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/**
 * The address `path` below `base`, whether or not `base` ends in a slash. Throws `address-refused` for anything but
 * https, or http to loopback, and for addresses with a user name, a query or a fragment.
 */
export function addressBelow(base: string, path: string): string {
  let url: URL;
  try {
    url = new URL(base);
  } catch {
    throw new ClientError("address-refused", "Give a full web address that begins with https://.");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new ClientError("address-refused", "Give the address without user name, query and fragment.");
  }
  const safe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (!safe) {
    throw new ClientError(
      "address-refused",
      "Use https: without it, everyone on the way reads and changes what is sent.",
    );
  }
  return new URL(path, url.href.endsWith("/") ? url.href : `${url.href}/`).href;
}

/** The prefix of a workforce's files and requests on a board, with its closing slash; `base` may already be it. */
export function boardPrefix(base: string, workforce: string): string {
  const own = `/w/${workforce}`;
  const trimmed = base.replace(/\/+$/, "");
  return addressBelow(trimmed.endsWith(own) ? trimmed : `${trimmed}${own}`, "");
}
