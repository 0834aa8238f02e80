/** A button that asks for a file. The browser's own control beside it would be named in the browser's language, not the page's. */
import { useRef } from "preact/hooks";
import { Button, type ButtonProps } from "../ui/button.tsx";

export interface FileButtonProps {
  readonly kind?: NonNullable<ButtonProps["kind"]>;
  readonly label: string;
  /** As `accept` of an input. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

export function FileButton({ kind = "plain", label, accept, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // The same file may be chosen once more.
          currentTarget.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
