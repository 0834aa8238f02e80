/**
 * `/saving-a-mail`: how a mail that somebody already has is saved as a file, in the programs that people have. A menu that
 * nobody could show us to be there is not named here.
 */
import type { PublicFile } from "@undersigned/service";
import type { ComponentChildren } from "preact";
import { LEARNS } from "../../shared/addresses.ts";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";

export function savingMailPage(build: ClientBuild): PublicFile {
  return htmlPage(build, {
    title: "How to save a mail as a file",
    leave: true,
    children: (
      <div class="column">
        <h1>How to save a mail as a file</h1>
        <p class="lead">
          A mail that already lies in your work mailbox can show that the mailbox is yours. So nobody has to
          mail you a code.
        </p>
        <Before />
        <Fitting />
        <h2>What leaves your device</h2>
        <p>
          The signing page reads the file on your device. It sends the lines of the mail's header that its
          sender has signed: as a rule from whom, to whom, when, the subject and some technical ones. It shows
          you these lines first. It never sends the text or what is attached.
        </p>
        <h2>Save it</h2>
        <p>
          You need a file whose name ends in <code>.eml</code>. Menus are named as in the English versions,
          and differ a little from one version to the next.
        </p>
        <ul>
          {WAYS.map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
        <Browsers />
        <Programs />
        <Phones />
        <p>
          <a href={LEARNS}>Who can learn what</a>
        </p>
      </div>
    ),
  });
}

/** In the order of the page. */
const WAYS = [
  ["gmail", "Gmail in a browser"],
  ["outlook-web", "Outlook in a browser, and the new Outlook for Windows"],
  ["roundcube", "Roundcube"],
  ["outlook-classic", "The older Outlook for Windows"],
  ["outlook-mac", "Outlook for Mac"],
  ["apple-mail", "Mail on a Mac"],
  ["thunderbird", "Thunderbird"],
  ["phone", "On a phone or tablet"],
] as const;

function Before() {
  return (
    <>
      <div class="notice warning">
        <p>
          <strong>Use a device of your own.</strong> A device of the company can record what is saved on it
          and which pages are opened.
        </p>
        <p>
          Your work mail may be open to you in a browser on your own device. Its server can record that you
          opened or saved a mail there, as with every mail. It does not see what you use it for. If saving is
          blocked there, leave it at that and prove your mailbox another way.
        </p>
      </div>
      <div class="notice bad">
        <p>
          <strong>Never forward the mail,</strong> neither to yourself nor to us. The company's server would
          see it leave, and a forwarded mail is not accepted. Nobody of us will ask you for one.
        </p>
      </div>
    </>
  );
}

function Fitting() {
  return (
    <>
      <h2>Which mails fit</h2>
      <ul>
        <li>
          It was sent by one of the services that the signing page lists, by its machines: for example a
          notice that somebody has signed in.
        </li>
        <li>
          It was sent to your work address and to nobody else: not to a group, a list or others in copy.
        </li>
        <li>It is from the days that the signing page names.</li>
        <li>You have not used it before. Each mail counts once.</li>
        <li>
          It is as it was sent. Some mail systems change mails when they arrive, such as by a word like
          “External” in the subject. The signature no longer fits then, and another mail may be better.
        </li>
      </ul>
      <p>Delete the file when you have signed, and empty the bin.</p>
    </>
  );
}

function Browsers() {
  return (
    <>
      <Way id="gmail">
        <li>Open the mail.</li>
        <li>
          Open the menu with the three dots, beside the arrow for replies, and choose <b>Download message</b>.
        </li>
        <li>
          If that is not there, choose <b>Show original</b>, then <b>Download Original</b>.
        </li>
      </Way>
      <Way id="outlook-web">
        <li>Open the mail.</li>
        <li>
          Open the menu with the three dots, <b>More actions</b>, beside the arrows for replies.
        </li>
        <li>
          Choose <b>Download</b> or <b>Save as</b>, whichever is there.
        </li>
        <li>
          If it asks for the kind of file, choose <b>EML</b>, not MSG.
        </li>
      </Way>
      <Way id="roundcube">
        <li>Select the mail.</li>
        <li>
          Open <b>More</b> and choose <b>Download (.eml)</b>.
        </li>
      </Way>
    </>
  );
}

function Programs() {
  return (
    <>
      <WayHead id="outlook-classic" />
      <p>
        It cannot do it: what it saves is a <code>.msg</code> file, which does not hold the mail as it was
        sent. Converting such a file does not bring that back. Open the same mailbox in a browser and go on
        with <a href="#outlook-web">Outlook in a browser</a>.
      </p>
      <Way id="outlook-mac">
        <li>Make the window smaller, so that you see the desktop.</li>
        <li>
          Drag the mail from the list of mails to the desktop. The file there ends in <code>.eml</code>.
        </li>
      </Way>
      <Way id="apple-mail">
        <li>
          Drag the mail from the list of mails to the desktop. The file there ends in <code>.eml</code>.
        </li>
        <li>
          Or select it, choose <b>File</b>, <b>Save As</b>, and the format <b>Raw Message Source</b>. Let the
          name end in <code>.eml</code>.
        </li>
      </Way>
      <Way id="thunderbird">
        <li>Select the mail.</li>
        <li>
          Press Ctrl+S, or ⌘S on a Mac, and save it with a name that ends in <code>.eml</code>.
        </li>
      </Way>
    </>
  );
}

function Phones() {
  return (
    <>
      <WayHead id="phone" />
      <p>
        We know of no way to save a mail as it was sent with the apps of Gmail, Outlook or Mail on a phone.
        Printing it, sharing it or taking a picture of it does not help: the signature is lost. A browser on
        the phone may do:
      </p>
      <ol>
        <li>Open your work mail in the phone's browser, not in the app.</li>
        <li>
          Have the browser ask for the page that computers get. In Safari this is{" "}
          <b>Request Desktop Website</b>, in Chrome <b>Desktop site</b>.
        </li>
        <li>
          Go on as with <a href="#gmail">Gmail</a> or <a href="#outlook-web">Outlook</a> in a browser. The
          file is among the phone's downloads.
        </li>
      </ol>
      <p>If that fails, take a computer of your own.</p>
    </>
  );
}

type WayId = (typeof WAYS)[number][0];

function Way({ id, children }: { readonly id: WayId; readonly children: ComponentChildren }) {
  return (
    <>
      <WayHead id={id} />
      <ol>{children}</ol>
    </>
  );
}

function WayHead({ id }: { readonly id: WayId }) {
  return <h3 id={id}>{WAYS.find(([one]) => one === id)?.[1]}</h3>;
}
