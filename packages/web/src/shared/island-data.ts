/** The attributes `data-…` of `#island`, by which a page speaks to its island. */
export interface IslandData {
  /** Workforce id; empty on a page that is of none. */
  readonly workforce: string;
  /** Letter id; empty on a page that is of none. */
  readonly letter: string;
  /** Hash of the client build that the page loads (PROTOCOL §3.5). */
  readonly client: string;
  /** The files of each part that the page may load later, by its name and as `partAttribute` writes them. */
  readonly parts: Readonly<Record<string, string>>;
}
