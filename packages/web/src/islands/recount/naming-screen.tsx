/** Asks which workforce a bundle is to be held against, where the page was not told. */
import { foreign } from "@undersigned/messages";
import { useState } from "preact/hooks";
import { Says } from "../../shared/says.tsx";
import { say } from "../say.ts";
import { Actions, Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Form } from "../ui/form.tsx";
import { Screen } from "../ui/screen.tsx";
import type { NamedByFile } from "./messages.ts";
import { type NamedBy, workforceIn } from "./workforce-id.ts";

export interface NamingScreenProps {
  readonly named: NamedByFile | null;
  readonly onWorkforce: (workforce: string, by: NamedBy) => void;
  readonly onBack: () => void;
}

export function NamingScreen({ named, onWorkforce, onBack }: NamingScreenProps) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = () => {
    const workforce = workforceIn(text);
    if (workforce === null) setError(say("recount.naming-screen.there-is-no-workforce-id"));
    else onWorkforce(workforce, "person");
  };
  return (
    <Screen name="ready" title={say("recount.naming-screen.title")}>
      <p>{say("recount.naming-screen.the-recount-needs-the-workforce")}</p>
      <Form onSubmit={submit}>
        <Field
          id="workforce"
          label={say("recount.naming-screen.workforce-id-or-the-link")}
          value={text}
          error={error}
          dir="ltr"
          onType={(value) => {
            setText(value);
            setError(null);
          }}
        />
        <Actions>
          <Button kind="primary">{say("recount.naming-screen.recount-the-bundle")}</Button>
          <Button kind="quiet" onPress={onBack}>
            {say("recount.naming-screen.choose-another-file")}
          </Button>
        </Actions>
      </Form>
      {named === null ? (
        <p>{say("recount.naming-screen.the-file-itself-names-no")}</p>
      ) : (
        <div class="notice warning">
          <h3>{say("recount.naming-screen.if-you-have-no-link")}</h3>
          <p>
            <Says
              words={say.rich("recount.naming-screen.file-says", { employer: foreign(named.employer) })}
            />
          </p>
          <p>
            <code>{named.workforce}</code>
          </p>
          <p>{say("recount.naming-screen.then-the-file-vouches-for")}</p>
          <Actions>
            <Button onPress={() => onWorkforce(named.workforce, "file")}>
              {say("recount.naming-screen.use-the-id-from-the")}
            </Button>
          </Actions>
        </div>
      )}
    </Screen>
  );
}
