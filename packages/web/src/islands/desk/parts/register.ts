/** The part `register`: what the company supplies, by hand and by import, with what folds and plans it. */
import { RegisterPage } from "../letters/after/register/register-page.tsx";

export const pages = { register: RegisterPage };
