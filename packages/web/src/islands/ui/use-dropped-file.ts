/**
 * A file that is dropped anywhere on the page. Where none is wanted it is refused all the same: a browser would else leave the
 * page and show the file.
 */
import { useEffect } from "preact/hooks";

export function useDroppedFile(onFile: ((file: File) => void) | null): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = onFile === null ? "none" : "copy";
    };
    const drop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault();
      onFile?.(file);
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  });
}
