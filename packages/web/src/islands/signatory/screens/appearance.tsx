/** How to appear, with what readers will see, and how many look the same. The same screen serves a later change. */

import type { Appearance as Shown } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Choices, type Option } from "../../ui/choice.tsx";
import { Field, Select } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";
import { chosen, nameConfirmed, offeredBy } from "../machine/signing.ts";
import { alikeWords } from "../words/appearing.ts";
import { BackButton } from "./back-button.tsx";
import { acts, errorAt, type ScreenProps, types } from "./props.ts";
import { ShownAs } from "./shown-as.tsx";

type Kind = Shown["kind"];

const optionOf = (value: Kind): Option<Kind> => ({
  value,
  label: say(`sign-signing.appearance.kind.${value}`),
  hint: say(`sign-signing.appearance.kind.${value}.hint`),
});

export function Appearance(props: ScreenProps) {
  const { state, send } = props;
  const offered = offeredBy(state);
  const { kind } = state.typed;
  const kinds = (["anonymous", "role", "named"] as const).filter((one) => offered.kinds.includes(one));
  const revising = state.screen === "revise";
  return (
    <Screen
      name={state.screen}
      title={
        revising
          ? say("sign-signing.appearance.change-how-you-appear")
          : say("sign-signing.appearance.how-do-you-want-to")
      }
    >
      {revising && <p>{say("sign-signing.appearance.what-was-shown-before-is")}</p>}
      {state.log?.unlisted === true && (
        <Notice>{say("sign-signing.appearance.nobody-is-shown-while-this")}</Notice>
      )}
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="kind"
          legend={say("sign-signing.appearance.readers-see-me")}
          options={kinds.map(optionOf)}
          value={kind}
          onChoose={types(send, "kind")}
          error={errorAt(state, "kind")}
        />
        {!offered.anyName && offered.confirmed === null && (
          <p>{say("sign-signing.appearance.this-letter-shows-confirmed-names")}</p>
        )}
        {kind === "named" && !offered.anyName && (
          <p>
            <Says
              words={say.rich("sign-signing.appearance.only-confirmed-yours", {
                name: foreign(offered.confirmed ?? ""),
              })}
            />
          </p>
        )}
        {kind === "named" && offered.anyName && (
          <Field
            id="name"
            label={say("sign.shared.your-name")}
            hint={
              offered.confirmed === null
                ? undefined
                : say("sign-signing.appearance.reads-as-confirmed", { name: offered.confirmed })
            }
            value={state.typed.name}
            error={errorAt(state, "name")}
            onType={types(send, "name")}
          />
        )}
        {(kind === "named" || kind === "role") && offered.roles.length > 0 && (
          <Select
            id="role"
            label={say("sign-signing.appearance.role")}
            value={state.typed.role}
            options={offered.roles}
            none={
              kind === "role"
                ? say("sign-signing.appearance.choose-one")
                : say("sign-signing.appearance.not-shown")
            }
            error={errorAt(state, "role")}
            onType={types(send, "role")}
          />
        )}
        {(kind === "named" || kind === "role") && offered.places.length > 0 && (
          <Select
            id="place"
            label={say("sign-signing.appearance.place")}
            value={state.typed.place}
            options={offered.places}
            none={say("sign-signing.appearance.not-shown")}
            onType={types(send, "place")}
          />
        )}
        <Preview {...props} />
        <Actions>
          <Button kind="primary">{say("sign.act.go-on")}</Button>
          <BackButton {...props} />
        </Actions>
      </Form>
    </Screen>
  );
}

function Preview({ state }: ScreenProps) {
  const appearance = chosen(state);
  const { looks, standing } = state;
  if (appearance === null) return null;
  const own = standing?.state === "counted" ? (standing.shown ?? { kind: "anonymous" as const }) : null;
  // Nothing is shown of anyone to compare with.
  const unlisted = state.log?.unlisted === true;
  const alike =
    unlisted || looks === null || typeof looks === "string" ? null : alikeWords(looks, appearance, own);
  return (
    <div role="status">
      <div class="preview">
        <p class="hint">{say("sign-signing.shared.this-is-what-readers-see")}</p>
        <ShownAs appearance={appearance} confirmed={nameConfirmed(state)} />
      </div>
      {looks === "loading" && <p>{say("sign-signing.appearance.counting-how-many-look-the")}</p>}
      {unlisted && appearance.kind === "role" && (
        <p>{say("sign-signing.appearance.how-many-others-look-the")}</p>
      )}
      {looks === "failed" && !unlisted && <p>{say("sign-signing.appearance.how-many-others-look-the-2")}</p>}
      {alike !== null && (alike.warning ? <Notice tone="warning">{alike.text}</Notice> : <p>{alike.text}</p>)}
    </div>
  );
}
