/** Steps that follow one another on one page. After one has failed the others are left out: they would fail for its reason. */
import { it } from "vitest";

export function story(): (step: string, act: () => unknown) => void {
  let failed: string | null = null;
  return (step, act) =>
    it(step, async ({ skip }) => {
      if (failed !== null) skip(`“${failed}” has failed`);
      try {
        await act();
      } catch (error) {
        failed = step;
        throw error;
      }
    });
}
