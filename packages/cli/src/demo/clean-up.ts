/** What has to be undone at the end, in the opposite order. */
type Step = () => unknown;

export type CleanUp = {
  readonly add: (step: Step) => void;
  /** Runs every step once, also those after one that fails; then throws the first failure. */
  readonly run: () => Promise<void>;
};

export function createCleanUp(): CleanUp {
  const steps: Step[] = [];
  return {
    add: (step) => void steps.push(step),
    async run() {
      const failures: unknown[] = [];
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
