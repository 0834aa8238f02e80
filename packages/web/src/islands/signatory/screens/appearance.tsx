/** How to appear, with what readers will see, and how many look the same. The same screen serves a later change. */
import type { Appearance as Shown } from "@undersigned/core";
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

const KINDS: Readonly<Record<Shown["kind"], Option<Shown["kind"]>>> = {
  anonymous: { value: "anonymous", label: "Anonymous", hint: "You are counted. Nothing else is shown." },
  role: { value: "role", label: "By role", hint: "Your role is shown, and your place if you like." },
  named: { value: "named", label: "By name", hint: "Your name is shown to everyone." },
};
const NOT_SHOWN = "Not shown";

export function Appearance(props: ScreenProps) {
  const { state, send } = props;
  const offered = offeredBy(state);
  const { kind } = state.typed;
  const kinds = (["anonymous", "role", "named"] as const).filter((one) => offered.kinds.includes(one));
  const revising = state.screen === "revise";
  return (
    <Screen name={state.screen} title={revising ? "Change how you appear" : "How do you want to appear?"}>
      {revising && (
        <p>
          What was shown before is removed here when the change comes out. Others may have copied it. Readers
          can see that somebody changed how they appear on that day.
        </p>
      )}
      {state.log?.unlisted === true && (
        <Notice>
          Nobody is shown while this letter is unlisted. When its organisers make it public, what you choose
          here is shown to everyone.
        </Notice>
      )}
      <Form onSubmit={acts(send, "go-on")}>
        <Choices
          name="kind"
          legend="Readers see me"
          options={kinds.map((one) => KINDS[one])}
          value={kind}
          onChoose={types(send, "kind")}
          error={errorAt(state, "kind")}
        />
        {!offered.anyName && offered.confirmed === null && (
          <p>This letter shows confirmed names only, and yours is not confirmed.</p>
        )}
        {kind === "named" && !offered.anyName && (
          <p>
            This letter shows confirmed names only. Yours is “<bdi>{offered.confirmed}</bdi>”.
          </p>
        )}
        {kind === "named" && offered.anyName && (
          <Field
            id="name"
            label="Your name"
            hint={
              offered.confirmed === null
                ? undefined
                : `It reads as confirmed if it is “${offered.confirmed}”.`
            }
            value={state.typed.name}
            error={errorAt(state, "name")}
            onType={types(send, "name")}
          />
        )}
        {(kind === "named" || kind === "role") && offered.roles.length > 0 && (
          <Select
            id="role"
            label="Role"
            value={state.typed.role}
            options={offered.roles}
            none={kind === "role" ? "Choose one" : NOT_SHOWN}
            error={errorAt(state, "role")}
            onType={types(send, "role")}
          />
        )}
        {(kind === "named" || kind === "role") && offered.places.length > 0 && (
          <Select
            id="place"
            label="Place"
            value={state.typed.place}
            options={offered.places}
            none={NOT_SHOWN}
            onType={types(send, "place")}
          />
        )}
        <Preview {...props} />
        <Actions>
          <Button kind="primary">Go on</Button>
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
        <p class="hint">This is what readers see:</p>
        <ShownAs appearance={appearance} confirmed={nameConfirmed(state)} />
      </div>
      {looks === "loading" && <p>Counting how many look the same …</p>}
      {unlisted && appearance.kind === "role" && (
        <p>How many others look the same cannot be told while the letter is unlisted.</p>
      )}
      {looks === "failed" && !unlisted && <p>How many others look the same cannot be read at present.</p>}
      {alike !== null && (alike.warning ? <Notice tone="warning">{alike.text}</Notice> : <p>{alike.text}</p>)}
    </div>
  );
}
