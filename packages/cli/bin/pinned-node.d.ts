export declare const BOARD_FLAGS: readonly string[];
export declare const BOARD_ENVIRONMENT: Readonly<Record<string, string>>;
export declare function compiledBefore(pinned: string): Readonly<Record<string, string>>;
export declare function findPinnedNode(): string | null;
export declare function runOnPinnedNode(
  sourceUrl: URL,
  args: readonly string[],
  options?: { readonly board?: boolean },
): Promise<void>;
