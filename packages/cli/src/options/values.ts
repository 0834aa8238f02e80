/** Values of options: checked when they are read, so that a typing error is a usage error and not a failure later. */
import { decodeBase64url, isDay } from "@undersigned/core";
import { InvalidArgumentError } from "commander";

// commander prints these behind "option '…' argument is invalid"; main.ts drops the value itself.
function refuse(message: string): never {
  throw new InvalidArgumentError(message);
}

/** A workforce or letter id: 32 bytes as base64url. */
export function id(text: string): string {
  try {
    decodeBase64url(text, 32);
    return text;
  } catch {
    return refuse("An id has 43 letters, digits, - and _.");
  }
}

export function dayValue(text: string): string {
  return isDay(text) ? text : refuse("Give a day as YYYY-MM-DD.");
}

export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < min || value > max)
      refuse(`Give a whole number from ${min} to ${max}.`);
    return value;
  };
}

/** `127.0.0.1:2525`, `[::1]:2525`. */
export function hostAndPort(text: string): { host: string; port: number } {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-fA-F:]+)\]|([^:\s]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) refuse("Give an address and a port, as 127.0.0.1:2525.");
  return { host: host as string, port: Number(port) };
}

/** In lower case. */
export function domainName(text: string): string {
  const domain = text.toLowerCase();
  const fits =
    domain.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domain);
  return fits ? domain : refuse("Give a domain, as answers.example.org.");
}

export const descriptor = wholeNumber(0, 999);
export const portNumber = wholeNumber(0, 65_535);
export const quorumValue = wholeNumber(1, 15);
export const epochValue = wholeNumber(1, 65_535);

/** For options that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
