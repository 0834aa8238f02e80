/** Who checks that people work there: by the cards that registrars hand over, and how many of them must agree. */
import {
  boundsWords,
  CoreError,
  decodeBase64url,
  encodeHex,
  openRegistrarCard,
  quorumBounds,
  type RegistrarCard,
  utf8Encode,
} from "@undersigned/core";
import { useEffect, useState } from "preact/hooks";
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
      <p>
        A registrar checks that a mailbox is real and confirms the person without learning of any letter. Best
        are three, run by people who do not depend on each other or on you: a union, a lawyer, a club. Each of
        them hands you a card, which is a small file.
      </p>
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
              Take card {String(i + 1)} away
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
            label="How many of them must confirm each person"
            value={quorum === null ? "" : String(quorum)}
            options={enough.map(String)}
            none="Choose a number"
            onType={(value) => set("quorum", value === "" ? null : Number(value))}
          />
          <Checks problems={problems} of={["quorum"]} />
          {quorum !== null && quorum <= count && quorum * 2 > count && (
            <ul>
              {boundsWords(quorumBounds(count, quorum)).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </>
      )}
      <details>
        <summary>The board’s address and witnesses</summary>
        <Field
          id="board-url"
          label="The board’s address"
          hint="Leave it empty for the address that the board knows of itself."
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
  if (card === undefined) return <p>One moment …</p>;
  if (card === null) return <p class="error">This is no card, or it was changed on its way.</p>;
  return (
    <>
      <h3>
        <bdi>{card.name}</bdi>
      </h3>
      <p>
        Run by <bdi>{card.operator}</bdi>, at <bdi class="address">{card.url}</bdi>
      </p>
      <p>
        Anybody can make a card in any name. Their program has printed this when it made the card: have them
        read it out to you by telephone, and compare every sign.
      </p>
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
          ? "This card was changed on its way: its signature does not fit. Ask for it again."
          : "This is no registrar’s card. Choose the file that the registrar gave you, or paste all of it.",
      );
    }
  };
  return (
    <Form onSubmit={() => add(text)}>
      <h3>Add a registrar</h3>
      <FileField
        id="card-file"
        label="The card as a file"
        onFile={(file) => add(new TextDecoder().decode(file))}
      />
      <Field
        id="card-text"
        label="Or paste its text"
        dir="ltr"
        lines={3}
        value={text}
        error={error}
        onType={setText}
      />
      <Actions>
        <Button>Add this card</Button>
      </Actions>
    </Form>
  );
}
