/** Asks which workforce a bundle is to be held against, where the page was not told. */
import { useState } from "preact/hooks";
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
    if (workforce === null) setError("There is no workforce id in this: it has 43 letters, digits, - and _.");
    else onWorkforce(workforce, "person");
  };
  return (
    <Screen name="ready" title="Whose letter is it?">
      <p>
        The recount needs the workforce id from somebody other than this file. It stands in the link of the
        letter, behind the #, and in what was published about it.
      </p>
      <Form onSubmit={submit}>
        <Field
          id="workforce"
          label="Workforce id, or the link of the letter"
          value={text}
          error={error}
          dir="ltr"
          onType={(value) => {
            setText(value);
            setError(null);
          }}
        />
        <Actions>
          <Button kind="primary">Recount the bundle</Button>
          <Button kind="quiet" onPress={onBack}>
            Choose another file
          </Button>
        </Actions>
      </Form>
      {named === null ? (
        <p>The file itself names no workforce that it has a description of.</p>
      ) : (
        <div class="notice warning">
          <h3>If you have no link</h3>
          <p>
            The file says that it is of <bdi>{named.employer}</bdi>, workforce id:
          </p>
          <p>
            <code>{named.workforce}</code>
          </p>
          <p>
            Then the file vouches for itself: anybody can make such a file under any name. Compare this id
            with the link of the letter before you rely on a number.
          </p>
          <Actions>
            <Button onPress={() => onWorkforce(named.workforce, "file")}>Use the id from the file</Button>
          </Actions>
        </div>
      )}
    </Screen>
  );
}
