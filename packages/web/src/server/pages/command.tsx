/** Command lines as a block to copy. Options stay in one piece where a line must break. */

export function Commands({ lines }: { readonly lines: readonly string[] }) {
  return (
    <pre>
      <code>
        {lines.map((line, i) => (
          <>
            {i > 0 && "\n"}
            {line
              .split(/((?<= )--?[a-z][a-z-]*(?= ))/)
              .map((part, odd) => (odd % 2 === 0 ? part : <span class="option">{part}</span>))}
          </>
        ))}
      </code>
    </pre>
  );
}
