/** The part `register`: what the company supplies, by hand and by import, with what folds and plans it. */
import { RegisterPage } from "../letters/after/register/register-page.tsx";
import { sentences } from "../letters/after/sentences.ts";

export const pages = { register: RegisterPage };
export { sentences };
