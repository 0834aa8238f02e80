/** What stands around every page of the desk: where one can go, who one is here, and the lock. */
import { mayAct } from "@undersigned/core";
import type { ComponentChildren } from "preact";
import { useDesk } from "./desk.ts";
import { PAGE_NAMES, type PageName, ruleOfPage } from "./pages.ts";
import { hashOf } from "./route.ts";

const ROLE_WORDS = { owner: "owner", editor: "editor", moderator: "moderator" } as const;

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
          <bdi>{alias}</bdi>, {ROLE_WORDS[role]}
        </p>
        <button type="button" class="button" onClick={() => leave("locked")}>
          Lock
        </button>
      </div>
      <nav class="desk-nav" aria-label="The desk">
        <ul>
          {listed.map((name) => (
            <li key={name}>
              <a href={hashOf(name)} aria-current={name === here ? "page" : undefined}>
                {ruleOfPage(name).title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  );
}
