/** The part `names`: how the person's name is written, for workforces whose mailboxes say it. */
import { YourName } from "../screens/your-name.tsx";

export { suggestName } from "@undersigned/core";

export const screens = { "your-name": YourName };
