/** First come, first served, within this process. */
export class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves to the function that releases, once all earlier holders have. */
  async acquire(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const before = this.#tail;
    this.#tail = promise;
    await before;
    return resolve;
  }
}
