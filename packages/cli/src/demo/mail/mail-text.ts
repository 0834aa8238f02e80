/** Reads the plain text out of a caught mail: enough of RFC 5322, 2045 and 2047 for the mails that a registrar sends. */

export type MailText = { readonly from: string; readonly subject: string; readonly text: string };

/** `raw` is the whole message. Anything that is not a single text part is shown as it came. */
export function readMail(raw: Uint8Array): MailText {
  const message = Buffer.from(raw).toString("latin1").replace(/\r\n/g, "\n");
  const end = message.indexOf("\n\n");
  const head = end < 0 ? message : message.slice(0, end);
  const body = end < 0 ? "" : message.slice(end + 2);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return {
    from: decodeWords(headers.get("from") ?? ""),
    subject: decodeWords(headers.get("subject") ?? ""),
    text: decodeBody(body, (headers.get("content-transfer-encoding") ?? "7bit").toLowerCase()),
  };
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8").replace(/\r\n/g, "\n");
  if (encoding === "quoted-printable")
    return quotedPrintable(body.replace(/[ \t]+\n/g, "\n").replace(/=\n/g, ""));
  return Buffer.from(body, "latin1").toString("utf8");
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encoded words of a header (RFC 2047), in UTF-8 or its subsets. */
function decodeWords(text: string): string {
  return text
    .replace(/(\?=)\s+(=\?)/g, "$1$2")
    .replace(/=\?[\w-]+\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : quotedPrintable(word.replaceAll("_", " ")),
    );
}
