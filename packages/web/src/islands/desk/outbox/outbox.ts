/** The documents that are open in this tab. Two pages of one document share what was typed. */
import { OpenDocument, type OpenDocumentOptions } from "./open-document.ts";

export type OutboxOptions = Omit<OpenDocumentOptions, "id">;

/** More was typed while it was being saved; somebody who types without end is not waited for. */
const MOST_ROUNDS = 5;

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #open = new Map<string, Promise<OpenDocument>>();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Rejects as `document-read` does; then it can be asked for again. */
  open(id: string): Promise<OpenDocument> {
    let document = this.#open.get(id);
    if (document === undefined) {
      document = OpenDocument.open({ id, ...this.#options });
      document.catch(() => this.#open.delete(id));
      this.#open.set(id, document);
    }
    return document;
  }

  /** Before what is in documents is used by another act, such as freezing. True if all of it is saved. */
  async settle(id: string): Promise<boolean> {
    const document = await this.open(id);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await document.save();
      if (document.saving !== "unsaved") break;
    }
    return document.saving === "saved";
  }

  /** The network is there again. */
  wake(): void {
    for (const document of this.#open.values()) document.then((one) => one.wake()).catch(() => {});
  }

  /** Resolves when all that is typed is sealed on the device. */
  async close(): Promise<void> {
    const all = await Promise.allSettled(this.#open.values());
    this.#open.clear();
    await Promise.all(all.map((one) => (one.status === "fulfilled" ? one.value.close() : undefined)));
  }
}
