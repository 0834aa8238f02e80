/**
 * A mail server in a process of its own, so that what it does with a mail is not done where times are measured. It has
 * no mailbox whose name begins with `unknown`, as an employer's does not. Sends its port to its parent.
 */
import { startSmtp } from "@undersigned/service/testing";

const smtp = await startSmtp();
smtp.refuse((to) => to.startsWith("unknown"));
process.on("message", () => process.send?.({ mails: smtp.messages.length }));
process.on("disconnect", () => process.exit(0));
process.send?.({ port: smtp.port });
