import * as React from "react";
import { Avatar } from "../components/avatar.tsx";
import {
  chooseIdentity,
  chooseTheme,
  identities,
  rolesOf,
  themes,
  type IdentityName,
  type ThemeName,
} from "../session.ts";

export type Crumb = { readonly text: string; readonly href: string };

/** Where the page is, and who looks at it. */
export function TopBar(props: {
  readonly crumbs: readonly Crumb[];
  readonly identity: IdentityName;
  readonly theme: ThemeName;
}) {
  const { crumbs, identity, theme } = props;
  return (
    <header className="portal-top">
      <a className="portal-logo" href={crumbs[0]?.href ?? "/"} aria-label="Azure DevOps sandbox">
        <span aria-hidden="true" className="portal-logo-mark" />
      </a>
      <nav aria-label="Breadcrumb" className="portal-crumbs">
        <ol>
          {crumbs.map(({ text, href }, index) => (
            <li key={`${index}${href}`}>
              {index > 0 && <span aria-hidden="true">/</span>}
              <a href={href}>{text}</a>
            </li>
          ))}
        </ol>
      </nav>
      <span className="portal-note">Sandbox: no real organisation</span>
      <Choice
        label="Signed in as"
        options={identities}
        value={identity}
        describe={(name) => `${name}: ${rolesOf[name]}`}
        choose={chooseIdentity}
      />
      <Choice label="Theme" options={themes} value={theme} choose={chooseTheme} />
      <Avatar name={displayNames[identity]} />
    </header>
  );
}

const displayNames: Readonly<Record<IdentityName, string>> = {
  developer: "Dana Developer",
  approver: "Ari Approver",
  reader: "Remy Reader",
  admin: "Ada Admin",
};

function Choice<T extends string>(props: {
  readonly label: string;
  readonly options: readonly T[];
  readonly value: T;
  readonly describe?: (value: T) => string;
  readonly choose: (value: T) => void;
}) {
  const { label, options, value, describe, choose } = props;
  return (
    <label className="portal-choice">
      <span>{label}</span>
      <select
        value={value}
        title={describe?.(value)}
        onChange={(event) => choose(event.target.value as T)}
      >
        {options.map((option) => (
          <option key={option} value={option} title={describe?.(option)}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
