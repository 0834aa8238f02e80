/** The part `after`: what becomes of a closed letter: handed over, answered, its demands judged. */
import { AnswersPage } from "../letters/after/answers/answers-page.tsx";
import { DeliveryPage } from "../letters/after/delivery/delivery-page.tsx";
import { DemandsPage } from "../letters/after/demands/demands-page.tsx";

export const pages = { delivery: DeliveryPage, answers: AnswersPage, demands: DemandsPage };
