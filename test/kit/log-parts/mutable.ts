/** Formats are read-only to everyone but those who make wrong ones. */
export type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
export type Edit<T> = (value: Mutable<T>) => unknown;
