/** Which addresses of other people's making become links: the web's, and nothing that runs or opens anything else. */

/** The address as it may stand in `href`, or null: then it is shown as text. */
export function webLink(url: string): string | null {
  const parsed = /^https?:\/\//i.test(url) ? URL.parse(url) : null;
  return parsed !== null && (parsed.protocol === "https:" || parsed.protocol === "http:")
    ? parsed.href
    : null;
}

/** The same for Markdown, where mail addresses may be links too. */
export function isTextLink(url: string): boolean {
  return webLink(url) !== null || /^mailto:[^\s<>"']+@[^\s<>"']+$/i.test(url);
}

/** For links that lead away: tells the other site nothing of where the reader comes from. */
export const AWAY = "noreferrer noopener";
