/** Hands a file to the person by a link that is pressed for them. It comes from memory: no server sees it. */
const FREE_AFTER_MS = 60_000;

export function saveFile(name: string, content: string | Uint8Array, type: string): void {
  const blob = new Blob([content as string | Uint8Array<ArrayBuffer>], { type });
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read after this has returned.
  setTimeout(() => URL.revokeObjectURL(address), FREE_AFTER_MS);
}
