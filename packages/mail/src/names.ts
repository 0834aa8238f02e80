/** Domain names as mail has them: letters, digits and hyphens (RFC 5321 section 4.1.2). IDN in its ASCII form only. */

const DOMAIN =
  /^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Of lower-case text. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text);
}

/** Whether a domain is another one or below it. */
export function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}
