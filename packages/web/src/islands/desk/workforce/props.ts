/** What every section of the form gets. */
import type { Problem, WorkforceResult, WorkforceValues } from "@undersigned/core";
import type { OpenDocument } from "../outbox/open-document.ts";

export interface SectionProps {
  readonly document: OpenDocument;
  readonly values: WorkforceValues;
  readonly problems: readonly Problem[];
  /** Null until it was made, or where it cannot be made here. */
  readonly result: WorkforceResult | null;
  readonly set: <N extends keyof WorkforceValues>(name: N, value: WorkforceValues[N]) => void;
}
