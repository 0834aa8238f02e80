/**
 * Trusted Types (W3C): pages demand them for scripts, and starting a worker is one. The policy "undersigned" lets addresses
 * through that this build has asked for, and no others, so that nothing else on the page can use it to run a script.
 */
interface Policy {
  createScriptURL(url: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const NAME = "undersigned";
const asked = new Set<string>();
let policy: Policy | null = null;

/**
 * What `new Worker` and a script's `src` take: the address itself where a browser knows no Trusted Types. Throws where the
 * page forbids the policy.
 */
export function scriptUrl(own: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (factory === undefined) return own;
  // A second one of this name would be refused.
  policy ??= factory.createPolicy(NAME, { createScriptURL: onlyAsked });
  asked.add(own);
  // A TrustedScriptURL, which the DOM's types still call a string.
  return policy.createScriptURL(own) as string;
}

function onlyAsked(url: string): string {
  if (!asked.has(url) || !/^\/assets\/[\w.-]+\.js$/.test(url)) {
    throw new TypeError("Only the script of this page's own build may be started.");
  }
  return url;
}
