/**
 * Trusted Types (W3C): pages demand them for scripts, and starting a worker is one. The policy "undersigned" lets a single
 * address through, the one that it is made for, so that nothing else on the page can use it to run a script.
 */
interface Policy {
  createScriptURL(url: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const NAME = "undersigned";
const policies = new Map<string, Policy>();

/** What `new Worker` takes: the address itself where a browser knows no Trusted Types. Throws where the page forbids the policy. */
export function scriptUrl(own: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (factory === undefined) return own;
  let policy = policies.get(own);
  if (policy === undefined) {
    policy = factory.createPolicy(NAME, { createScriptURL: (url) => only(own, url) });
    policies.set(own, policy);
  }
  // A TrustedScriptURL, which the DOM's types still call a string.
  return policy.createScriptURL(own) as string;
}

function only(own: string, url: string): string {
  if (url !== own || !/^\/assets\/[\w.-]+\.js$/.test(url)) {
    throw new TypeError("Only the script of this page's own build may be started.");
  }
  return url;
}
