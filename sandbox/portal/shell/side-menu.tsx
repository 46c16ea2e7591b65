import * as React from "react";
import { Icon } from "azure-devops-ui/Icon";

export type MenuEntry = {
  readonly name: string;
  readonly href: string;
  /** Addresses below these belong to the entry too. */
  readonly covers?: readonly string[];
};
export type MenuGroup = {
  readonly group: string;
  readonly icon: string;
  readonly entries: readonly MenuEntry[];
};

/** The project's areas and their pages. */
export function SideMenu(props: {
  readonly project: string;
  readonly projectHref: string;
  readonly groups: readonly MenuGroup[];
  readonly pathname: string;
}) {
  const here = currentEntry(props.groups, props.pathname);
  return (
    <nav className="portal-menu" aria-label="Project">
      <a className="portal-menu-project" href={props.projectHref}>
        <span className="portal-project-coin" aria-hidden="true">
          {props.project.charAt(0).toUpperCase()}
        </span>
        {props.project}
      </a>
      {props.groups.map(({ group, icon, entries }) => (
        <section key={group} aria-label={group}>
          <h2>
            <Icon iconName={icon} ariaHidden={true} />
            {group}
          </h2>
          {entries.map((entry) => (
            <a
              key={entry.href}
              href={entry.href}
              aria-current={entry === here ? "page" : undefined}
            >
              {entry.name}
            </a>
          ))}
        </section>
      ))}
    </nav>
  );
}

// The longest address that the page lies below.
function currentEntry(groups: readonly MenuGroup[], pathname: string): MenuEntry | undefined {
  const lengthOf = (entry: MenuEntry) =>
    Math.max(
      0,
      ...[entry.href, ...(entry.covers ?? [])]
        .map((href) => href.split("?")[0] ?? "")
        .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
        .map(({ length }) => length),
    );
  const entries = groups.flatMap((group) => group.entries);
  const longest = [...entries].sort((a, b) => lengthOf(b) - lengthOf(a))[0];
  return longest && lengthOf(longest) > 0 ? longest : undefined;
}
