/** *Register of dealings*: what stands, and its changes: by hand, one row at a time, or by an import that is looked at first. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { say } from "../../../../say.ts";
import { Actions, Button } from "../../../../ui/button.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import type { PageProps } from "../../../parts.ts";
import { useDesk, useMay } from "../../../shell/desk.ts";
import { hashOf } from "../../../shell/route.ts";
import { type AfterProps, AfterScreen } from "../after-screen.tsx";
import { Importing } from "./import/importing.tsx";
import { registerOf } from "./register-state.ts";
import { newRowId } from "./row-draft.ts";
import { RowEditor } from "./row-editor.tsx";
import { RowsList } from "./rows-list.tsx";

export function RegisterPage({ route }: PageProps) {
  return <AfterScreen route={route}>{(props) => <Register {...props} />}</AfterScreen>;
}

type Doing =
  | { readonly at: "table" }
  | { readonly at: "row"; readonly id: string }
  | { readonly at: "import" };
const TABLE: Doing = { at: "table" };

function Register({ after, reload }: AfterProps) {
  const { letter, further } = after;
  const { announce } = useDesk();
  const may = useMay();
  const of = { workforce: letter.workforce, letter: letter.letter };
  const register = useMemo(() => registerOf(further), [further]);
  const [doing, setDoing] = useState<Doing>(TABLE);
  const heading = useRef<HTMLHeadingElement>(null);
  const left = useRef(false);
  useEffect(() => {
    // Back from a form: to where the rows begin.
    if (doing.at === "table" && left.current) heading.current?.focus();
    left.current = doing.at !== "table";
  }, [doing]);
  const stop = () => setDoing(TABLE);
  const done = (words: string) => {
    setDoing(TABLE);
    announce(words);
    reload();
  };
  if (!letter.listed) {
    return (
      <Notice tone="warning">
        {say("desk-register.the-letter-is-unlisted-make")}{" "}
        <a href={hashOf("letter", letter.letter)}>{say("desk-register.to-the-letter")}</a>
      </Notice>
    );
  }
  if (doing.at === "row") {
    return <RowEditor of={of} register={register} id={doing.id} onDone={done} onStop={stop} key={doing.id} />;
  }
  if (doing.at === "import") return <Importing of={of} register={register} onDone={done} onStop={stop} />;
  const last = further.dealings.at(-1);
  return (
    <>
      <p>
        {say("desk-register.what-it-supplies")}{" "}
        {last !== undefined &&
          say("desk-register.rows-stand", { count: register.rows.size, day: say.day(last.leaf.day) })}
      </p>
      {may("dealings-change") && (
        <Actions>
          <Button onPress={() => setDoing({ at: "row", id: newRowId() })}>
            {say("desk-register.add-a-row")}
          </Button>
          <Button onPress={() => setDoing({ at: "import" })}>
            {say("desk-register.import-from-a-file")}
          </Button>
        </Actions>
      )}
      <h3 ref={heading} tabIndex={-1}>
        {say("desk-register.what-stands")}
      </h3>
      <RowsList
        register={register}
        onChange={may("dealings-change") ? (id) => setDoing({ at: "row", id }) : null}
      />
    </>
  );
}
