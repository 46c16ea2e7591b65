// Who looks at the portal and how it looks. The sandbox has no sign-in page: a menu switches.
import * as React from "react";

export const identities = ["developer", "approver", "reader", "admin"] as const;
export type IdentityName = (typeof identities)[number];

export const themes = ["light", "dark", "high-contrast"] as const;
export type ThemeName = (typeof themes)[number];

/** What each of them may do, in the words of the menu. */
export const rolesOf: Readonly<Record<IdentityName, string>> = {
  developer: "pushes, opens and votes on pull requests, runs pipelines",
  approver: "votes, completes pull requests, decides on approvals",
  reader: "reads and comments",
  admin: "may do everything",
};

const changed = "portal-session-changed";

export function currentIdentity(): IdentityName {
  return oneOf(identities, localStorage.getItem("fluxgate.identity")) ?? "approver";
}

export function currentTheme(): ThemeName {
  return oneOf(themes, localStorage.getItem("fluxgate.theme")) ?? "light";
}

export function chooseIdentity(name: IdentityName): void {
  localStorage.setItem("fluxgate.identity", name);
  window.dispatchEvent(new Event(changed));
}

export function chooseTheme(name: ThemeName): void {
  localStorage.setItem("fluxgate.theme", name);
  window.dispatchEvent(new Event(changed));
}

/** Calls back after each switch, in this window or another one; returns how to stop. */
function onSessionChanged(callback: () => void): () => void {
  window.addEventListener(changed, callback);
  window.addEventListener("storage", callback);
  return () => {
    window.removeEventListener(changed, callback);
    window.removeEventListener("storage", callback);
  };
}

/** The present choice; the component is drawn again when it changes. */
export function useSession(): { readonly identity: IdentityName; readonly theme: ThemeName } {
  const read = () => `${currentIdentity()} ${currentTheme()}`;
  const [, setSeen] = React.useState(read);
  React.useEffect(() => onSessionChanged(() => setSeen(read())), []);
  return { identity: currentIdentity(), theme: currentTheme() };
}

/** Lets links to files of the service be followed, as a real sign-in's cookie does. */
export function signInForLinks(identity: IdentityName): void {
  document.cookie = `sandbox-sign-in=${tokenOf(identity)}; path=/; samesite=lax`;
}

/** The token of a well-known identity of the sandbox; it opens nothing elsewhere. */
export function tokenOf(identity: IdentityName): string {
  return `sandbox-${identity}`;
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | undefined {
  return known.find((name) => name === value);
}
