/** What stands around every page of the desk: where one can go, who one is here, and the lock. */
import { mayAct } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import type { ComponentChildren } from "preact";
import { Says } from "../../../shared/says.tsx";
import { say } from "../../say.ts";
import { useDesk } from "./desk.ts";
import { PAGE_NAMES, type PageName, ruleOfPage, titleOfPage } from "./pages.ts";
import { hashOf } from "./route.ts";

export function Layout({
  page,
  children,
}: {
  readonly page: PageName;
  readonly children: ComponentChildren;
}) {
  const { session, leave } = useDesk();
  const { alias, role } = session.me;
  const here = ruleOfPage(page).under ?? page;
  const listed = PAGE_NAMES.filter((name) => ruleOfPage(name).listed && mayAct(role, ruleOfPage(name).act));
  return (
    <>
      <div class="desk-bar">
        <p>
          <Says words={say.rich("desk.who-and-role", { alias: foreign(alias), role })} />
        </p>
        <button type="button" class="button" onClick={() => leave("locked")}>
          {say("desk.lock")}
        </button>
      </div>
      <nav class="desk-nav" aria-label={say("desk.the-desk")}>
        <ul>
          {listed.map((name) => (
            <li key={name}>
              <a href={hashOf(name)} aria-current={name === here ? "page" : undefined}>
                {titleOfPage(name)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  );
}
