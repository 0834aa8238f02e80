/**
 * `/saving-a-mail`: how a mail that somebody already has is saved as a file, in the programs that people have. A menu that
 * nobody could show us to be there is not named here; those that are bear the names of the English versions.
 */
import type { MessageKey, Tag, Words } from "@undersigned/messages";
import type { PublicFile } from "@undersigned/service";
import { LEARNS } from "../../shared/addresses.ts";
import { Says } from "../../shared/says.tsx";
import { useAddress, useSay } from "../../shared/speech.ts";
import { linkTo, TAGS } from "../../shared/tags.tsx";
import { type Frame, htmlPage } from "../html.tsx";

/** In the order of the page: its fragment, how many steps it has, and whether something is said before them. */
const WAYS = [
  { id: "gmail", steps: 3, before: false },
  { id: "outlook-web", steps: 4, before: false },
  { id: "roundcube", steps: 2, before: false },
  { id: "outlook-classic", steps: 0, before: true },
  { id: "outlook-mac", steps: 2, before: false },
  { id: "apple-mail", steps: 2, before: false },
  { id: "thunderbird", steps: 2, before: false },
  { id: "phone", steps: 3, before: true },
] as const;

/** Where a message may lead. */
const LINKS = { gmail: linkTo("#gmail"), outlook: linkTo("#outlook-web") };

type Mail = Extract<MessageKey, `public.mail.${string}`>;

export function savingMailPage(frame: Frame): PublicFile {
  return htmlPage(frame, { title: frame.say("public.mail.title"), leave: true, children: <Page /> });
}

function Page() {
  const say = useSay();
  const at = useAddress();
  return (
    <div class="column">
      <h1>{say("public.mail.title")}</h1>
      <p class="lead">{say("public.mail.lead")}</p>
      <div class="notice warning">
        <Text of="public.mail.own-device" />
        <Text of="public.mail.server" />
      </div>
      <div class="notice bad">
        <Text of="public.mail.never-forward" />
      </div>
      <h2>{say("public.mail.fits")}</h2>
      <ul>
        <li>{say("public.mail.fits.sender")}</li>
        <li>{say("public.mail.fits.alone")}</li>
        <li>{say("public.mail.fits.days")}</li>
        <li>{say("public.mail.fits.once")}</li>
        <li>{say("public.mail.fits.unchanged")}</li>
      </ul>
      <p>{say("public.mail.delete")}</p>
      <h2>{say("public.mail.leaves")}</h2>
      <p>{say("public.mail.leaves.what")}</p>
      <h2>{say("public.mail.save")}</h2>
      <Text of="public.mail.menus" />
      <ul>
        {WAYS.map(({ id }) => (
          <li key={id}>
            <a href={`#${id}`}>{say(`public.mail.${id}`)}</a>
          </li>
        ))}
      </ul>
      {WAYS.map(({ id, steps, before }) => (
        <>
          <h3 id={id}>{say(`public.mail.${id}`)}</h3>
          {before && <Text of={`public.mail.${id}.before`} />}
          {steps > 0 && (
            <ol>
              {Array.from({ length: steps }, (_, step) => (
                <li key={step}>
                  <Said of={`public.mail.${id}.${step + 1}` as Mail} />
                </li>
              ))}
            </ol>
          )}
        </>
      ))}
      <p>{say("public.mail.phone.else")}</p>
      <p>
        <a href={at(LEARNS)}>{say("public.learns")}</a>
      </p>
    </div>
  );
}

function Text({ of }: { readonly of: Mail }) {
  return (
    <p>
      <Said of={of} />
    </p>
  );
}

function Said({ of }: { readonly of: Mail }) {
  const say = useSay();
  // A message takes of these what it has.
  const rich: (key: Mail, tags: Readonly<Record<string, Tag>>) => Words = say.rich;
  return <Says words={rich(of, { ...TAGS, ...LINKS })} />;
}
