/** Who checks that people work there: by the cards that registrars hand over, and how many of them must agree. */

import {
  CoreError,
  decodeBase64url,
  encodeHex,
  openRegistrarCard,
  quorumBounds,
  type RegistrarCard,
  utf8Encode,
} from "@undersigned/core";
import { boundsWords, foreign } from "@undersigned/messages";
import { useEffect, useState } from "preact/hooks";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Field, FileField, Select } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Checks } from "../shell/checks.tsx";
import type { SectionProps } from "./props.ts";

export function RegistrarsSection({ values, problems, set }: SectionProps) {
  const { registrars, quorum } = values;
  const cards = useCards(registrars);
  const count = registrars.length + values.keptRegistrars.length;
  const enough = Array.from({ length: count }, (_, i) => i + 1).filter((k) => k * 2 > count);
  return (
    <>
      <p>{say("desk-workforce.a-registrar-checks-that-a")}</p>
      <ul class="plain">
        {registrars.map((text, i) => (
          <li class="card" key={text}>
            <Card card={cards.get(text)} />
            <Button
              onPress={() =>
                set(
                  "registrars",
                  registrars.filter((_, at) => at !== i),
                )
              }
            >
              {say("desk-workforce.take-card-away", { n: i + 1 })}
            </Button>
          </li>
        ))}
      </ul>
      <AddCard onCard={(text) => !registrars.includes(text) && set("registrars", [...registrars, text])} />
      <Checks problems={problems} of={["registrars", "keptRegistrars"]} />
      {count > 0 && (
        <>
          <Select
            id="quorum"
            label={say("desk-workforce.how-many-of-them-must")}
            value={quorum === null ? "" : String(quorum)}
            options={enough.map(String)}
            none={say("desk-workforce.choose-a-number")}
            onType={(value) => set("quorum", value === "" ? null : Number(value))}
          />
          <Checks problems={problems} of={["quorum"]} />
          {quorum !== null && quorum <= count && quorum * 2 > count && (
            <ul>
              {boundsWords(say, quorumBounds(count, quorum)).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <details>
        <summary>{say("desk-workforce.the-boards-address-and-witnesses")}</summary>
        <Field
          id="board-url"
          label={say("desk-workforce.the-boards-address")}
          hint={say("desk-workforce.leave-it-empty-for-the")}
          dir="ltr"
          value={values.boardUrl}
          onType={(boardUrl) => set("boardUrl", boardUrl)}
        />
        <Checks problems={problems} of={["boardUrl", "witnesses", "witnessQuorum"]} />
      </details>
    </>
  );
}

/** Cards by their text, each opened once; null for what is none. */
function useCards(texts: readonly string[]): ReadonlyMap<string, RegistrarCard | null> {
  const [cards, setCards] = useState<ReadonlyMap<string, RegistrarCard | null>>(new Map());
  const key = texts.join("\u0000");
  useEffect(() => {
    let wanted = true;
    const all = texts.map(
      async (text) => [text, await openRegistrarCard(utf8Encode(text)).catch(() => null)] as const,
    );
    void Promise.all(all).then((opened) => wanted && setCards(new Map(opened)));
    return () => {
      wanted = false;
    };
  }, [key]);
  return cards;
}

function Card({ card }: { readonly card: RegistrarCard | null | undefined }) {
  if (card === undefined) return <p>{say("desk-workforce.one-moment")}</p>;
  if (card === null) return <p class="error">{say("desk-workforce.this-is-no-card-or")}</p>;
  return (
    <>
      <h3>
        <bdi>{card.name}</bdi>
      </h3>
      <p>
        <Says
          words={say.rich("desk-workforce.run-by", {
            operator: foreign(card.operator),
            url: card.url,
            address: (words) => (
              <bdi class="address">
                <Says words={words} />
              </bdi>
            ),
          })}
        />
      </p>
      <p>{say("desk-workforce.anybody-can-make-a-card")}</p>
      <p class="fingerprint">{fingerprint(card.identity)}</p>
    </>
  );
}

/** The key in groups that can be read out. */
export function fingerprint(key: string): string {
  return encodeHex(decodeBase64url(key, 32)).match(/.{4}/g)?.join(" ") ?? "";
}

function AddCard({ onCard }: { readonly onCard: (text: string) => void }) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const add = async (typed: string) => {
    const card = typed.trim();
    try {
      await openRegistrarCard(utf8Encode(card));
      setText("");
      setError(null);
      onCard(card);
    } catch (failure) {
      if (!(failure instanceof CoreError)) throw failure;
      setError(
        failure.code === "signature-invalid"
          ? say("desk-workforce.this-card-was-changed-on")
          : say("desk-workforce.this-is-no-registrars-card"),
      );
    }
  };
  return (
    <Form onSubmit={() => add(text)}>
      <h3>{say("desk-workforce.add-a-registrar")}</h3>
      <FileField
        id="card-file"
        label={say("desk-workforce.the-card-as-a-file")}
        onFile={(file) => add(new TextDecoder().decode(file))}
      />
      <Field
        id="card-text"
        label={say("desk-workforce.or-paste-its-text")}
        dir="ltr"
        lines={3}
        value={text}
        error={error}
        onType={setText}
      />
      <Actions>
        <Button>{say("desk-workforce.add-this-card")}</Button>
      </Actions>
    </Form>
  );
}
