/** Hands a letter over, or says that it was. */
import { makeDelivery } from "../delivery/make-delivery.ts";
import { around } from "./act.ts";

export const deliveryMake = around<"delivery-make">(async ({ desk, caller }, body) => {
  const answer = await makeDelivery(desk, caller, body);
  return { answer, about: `${body.how}: ${body.delivered}` };
});
