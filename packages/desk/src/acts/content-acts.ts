/** Acts on what organisers write and what becomes of it: documents, copies, workforces, letters. */
import { closingAgree } from "./closing-agree.ts";
import { closingDrop } from "./closing-drop.ts";
import { closingPropose } from "./closing-propose.ts";
import { copyAdd } from "./copy-add.ts";
import { copyCompare } from "./copy-compare.ts";
import { copyCompared } from "./copy-compared.ts";
import { copyRead } from "./copy-read.ts";
import { documentDiscard } from "./document-discard.ts";
import { documentNew } from "./document-new.ts";
import { documentRead } from "./document-read.ts";
import { documentSave } from "./document-save.ts";
import { documents } from "./documents.ts";
import { epochOpen } from "./epoch-open.ts";
import { letterPublish } from "./letter-publish.ts";
import { letterReveal } from "./letter-reveal.ts";
import { letters } from "./letters.ts";
import { workforceAdd } from "./workforce-add.ts";
import { workforceFreeze } from "./workforce-freeze.ts";
import { workforceSign } from "./workforce-sign.ts";
import { workforceThaw } from "./workforce-thaw.ts";

export const contentActs = {
  documents,
  "document-new": documentNew,
  "document-read": documentRead,
  "document-save": documentSave,
  "document-discard": documentDiscard,
  "workforce-freeze": workforceFreeze,
  "workforce-thaw": workforceThaw,
  "workforce-sign": workforceSign,
  "workforce-add": workforceAdd,
  "epoch-open": epochOpen,
  "copy-add": copyAdd,
  "copy-read": copyRead,
  "copy-compare": copyCompare,
  "copy-compared": copyCompared,
  "letter-publish": letterPublish,
  "letter-reveal": letterReveal,
  "closing-propose": closingPropose,
  "closing-agree": closingAgree,
  "closing-drop": closingDrop,
  letters,
} as const;
