/** The parts of this page, each loaded when it is asked for, and what they bring: screens and work. */
import type { FunctionComponent } from "preact";
import type { PartName } from "../../shared/parts.ts";
import type { ScreenName } from "./machine/screens.ts";
import type { ScreenProps } from "./screens/props.ts";

export interface PartModules {
  readonly evidence: typeof import("./parts/evidence.ts");
  readonly "existing-mail": typeof import("./parts/existing-mail.ts");
  readonly names: typeof import("./parts/names.ts");
  readonly invite: typeof import("./parts/invite.ts");
  readonly signing: typeof import("./parts/signing.ts");
}

/** What every part exports, besides what is its own. */
interface Part {
  readonly screens: Readonly<Partial<Record<ScreenName, FunctionComponent<ScreenProps>>>>;
}

export class Parts {
  readonly #load: (name: PartName) => Promise<unknown>;
  readonly #loaded = new Map<PartName, Part>();

  /** `load` rejects where a part does not come, and may be asked again. */
  constructor(load: (name: PartName) => Promise<unknown>) {
    this.#load = load;
  }

  async load<Name extends PartName>(name: Name): Promise<PartModules[Name]> {
    let part = this.#loaded.get(name);
    if (part === undefined) {
      part = (await this.#load(name)) as Part;
      this.#loaded.set(name, part);
    }
    return part as PartModules[Name];
  }

  /** A screen of a part, once that has come. */
  screen(name: ScreenName): FunctionComponent<ScreenProps> | null {
    for (const { screens } of this.#loaded.values()) if (name in screens) return screens[name] ?? null;
    return null;
  }
}
