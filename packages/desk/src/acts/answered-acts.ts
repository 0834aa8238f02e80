/** Acts about a letter's further life: handed over, answered, judged, and the register of dealings (decision 30). */
import { answerDrop } from "./answer-drop.ts";
import { answers } from "./answers.ts";
import { dealingsChange } from "./dealings-change.ts";
import { delivery } from "./delivery.ts";
import { deliveryFile } from "./delivery-file.ts";
import { deliveryMake } from "./delivery-make.ts";
import { deliveryPrepare } from "./delivery-prepare.ts";
import { judgementAgree } from "./judgement-agree.ts";
import { judgementDrop } from "./judgement-drop.ts";
import { judgementPropose } from "./judgement-propose.ts";
import { judgements } from "./judgements.ts";
import { responseWithhold } from "./response-withhold.ts";
import { statementAdd } from "./statement-add.ts";

export const answeredActs = {
  delivery,
  "delivery-prepare": deliveryPrepare,
  "delivery-file": deliveryFile,
  "delivery-make": deliveryMake,
  answers,
  "answer-drop": answerDrop,
  "statement-add": statementAdd,
  "response-withhold": responseWithhold,
  judgements,
  "judgement-propose": judgementPropose,
  "judgement-agree": judgementAgree,
  "judgement-drop": judgementDrop,
  "dealings-change": dealingsChange,
} as const;
