/** The parts of the desk, each loaded when one of its pages is shown, and the pages that they bring. */
import type { FunctionComponent } from "preact";
import type { PartOf } from "../../shared/parts.ts";
import { PageError } from "./shell/code-of.ts";
import type { PageName } from "./shell/pages.ts";
import type { Route } from "./shell/route.ts";

export interface PageProps {
  readonly route: Route;
}

type PartName = PartOf<"desk">;

/** What every part with pages exports, besides what is its own. */
export interface Part {
  readonly pages?: Readonly<Partial<Record<PageName, FunctionComponent<PageProps>>>>;
}

export class Parts {
  readonly #load: (name: PartName) => Promise<unknown>;
  readonly #loaded = new Map<PartName, Part>();

  /** `load` rejects where a part does not come, and may be asked again. */
  constructor(load: (name: PartName) => Promise<unknown>) {
    this.#load = load;
  }

  /** Rejects with PageError `part-missing`. */
  async load(name: PartName): Promise<Part> {
    const there = this.#loaded.get(name);
    if (there !== undefined) return there;
    const part = (await this.#load(name).catch(() => {
      throw new PageError("part-missing");
    })) as Part;
    this.#loaded.set(name, part);
    return part;
  }

  there(name: PartName): Part | null {
    return this.#loaded.get(name) ?? null;
  }
}
