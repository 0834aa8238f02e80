/** Which addresses of other people's making become links: the web's, and nothing that runs or opens anything else. */

/** The address as it may stand in `href`, or null: then it is shown as text. */
export function webLink(url: string): string | null {
  if (!/^https?:\/\//i.test(url)) return null;
  const parsed = parse(url);
  return parsed?.protocol === "https:" || parsed?.protocol === "http:" ? parsed.href : null;
}

/** `URL.parse`, which not all of our browsers have. */
function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/** The same for Markdown, where mail addresses may be links too. */
export function isTextLink(url: string): boolean {
  return webLink(url) !== null || /^mailto:[^\s<>"']+@[^\s<>"']+$/i.test(url);
}

/** For links that lead away: tells the other site nothing of where the reader comes from. */
export const AWAY = "noreferrer noopener";
