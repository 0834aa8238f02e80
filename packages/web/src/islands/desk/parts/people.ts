/** The part `people`: organisers, what they did, and one's own ways in. */
import { Acts } from "../people/acts.tsx";
import { Organisers } from "../people/organisers.tsx";
import { Yours } from "../people/yours.tsx";

export const pages = { organisers: Organisers, acts: Acts, yours: Yours };
