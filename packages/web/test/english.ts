/** What islands say in tests, from the beginning. In browsers it comes as scripts of its own. */
import { listAreas, readCatalogue } from "@undersigned/messages/node";
import { addMessages } from "../src/islands/say.ts";

for (const area of listAreas()) addMessages("en", readCatalogue(area, "en"));
