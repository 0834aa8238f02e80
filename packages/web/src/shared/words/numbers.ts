/** Numbers as English pages write them. */

const format = new Intl.NumberFormat("en-US");

/** `1,400`. */
export function number(value: number): string {
  return format.format(value);
}

/** `1 signatory`, `1,400 signatories`. */
export function counted(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
