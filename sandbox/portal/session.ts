// Who looks at the portal and how it looks. The sandbox has no sign-in page: a menu switches.
export const identities = ["developer", "approver", "reader", "admin"] as const;
export type IdentityName = (typeof identities)[number];

export const themes = ["light", "dark", "high-contrast"] as const;
export type ThemeName = (typeof themes)[number];

export function currentIdentity(): IdentityName {
  return oneOf(identities, localStorage.getItem("fluxgate.identity")) ?? "approver";
}

export function currentTheme(): ThemeName {
  return oneOf(themes, localStorage.getItem("fluxgate.theme")) ?? "light";
}

export function rememberIdentity(name: IdentityName): void {
  localStorage.setItem("fluxgate.identity", name);
}

export function rememberTheme(name: ThemeName): void {
  localStorage.setItem("fluxgate.theme", name);
}

/** The token of a well-known identity of the sandbox; it opens nothing elsewhere. */
export function tokenOf(identity: IdentityName): string {
  return `sandbox-${identity}`;
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | undefined {
  return known.find((name) => name === value);
}
