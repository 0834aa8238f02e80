/** Vite: the address of a worker's script, built by itself, below /assets/. */
declare module "*?worker&url" {
  const url: string;
  export default url;
}
