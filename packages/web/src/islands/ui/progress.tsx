/** How far something is, as a bar and in words that are read out. */
export interface ProgressProps {
  readonly label: string;
  /** Left out while it cannot be told. */
  readonly done?: number;
  readonly of?: number;
}

export function Progress({ label, done, of }: ProgressProps) {
  return (
    <>
      <p role="status" aria-live="polite">
        {label}
      </p>
      <progress class="progress" aria-label={label} value={done} max={of} />
    </>
  );
}
