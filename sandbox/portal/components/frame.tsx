import * as React from "react";
import {
  currentIdentity,
  currentTheme,
  identities,
  rememberIdentity,
  rememberTheme,
  themes,
} from "../session.ts";

export type NavigationEntry = { readonly name: string; readonly href: string };

/** The bar on top, the menu at the side, and the page. */
export function Frame(props: {
  readonly title: string;
  readonly menu: readonly {
    readonly group: string;
    readonly entries: readonly NavigationEntry[];
  }[];
  readonly children: React.ReactNode;
}) {
  return (
    <div className="portal">
      <header className="portal-top">
        <span className="portal-name">{props.title}</span>
        <span className="portal-note">Sandbox: nothing here is a real organisation</span>
        <Choice
          label="Signed in as"
          options={identities}
          value={currentIdentity()}
          choose={rememberIdentity}
        />
        <Choice label="Theme" options={themes} value={currentTheme()} choose={rememberTheme} />
      </header>
      <nav className="portal-menu" aria-label="Project">
        {props.menu.map(({ group, entries }) => (
          <React.Fragment key={group}>
            <h2>{group}</h2>
            {entries.map(({ name, href }) => (
              <a key={href} href={href} aria-current={isHere(href) ? "page" : undefined}>
                {name}
              </a>
            ))}
          </React.Fragment>
        ))}
      </nav>
      <main className="portal-main">{props.children}</main>
    </div>
  );
}

function isHere(href: string): boolean {
  return location.pathname === href || location.pathname.startsWith(`${href}/`);
}

// Who looks and how it looks reach every page and frame: a reload is the simplest honest switch.
function Choice<T extends string>(props: {
  readonly label: string;
  readonly options: readonly T[];
  readonly value: T;
  readonly choose: (value: T) => void;
}) {
  return (
    <label className="portal-choice">
      {props.label}{" "}
      <select
        value={props.value}
        onChange={(event) => {
          props.choose(event.target.value as T);
          location.reload();
        }}
      >
        {props.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}
