/** Why a path of fluxgate.yaml is refused (see pathPattern); undefined when it stays inside. */
export function unsafePath(path: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return "is remote: vendor it into the repository";
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return "must be relative to the checkout";
  if (path.split(/[/\\]/).includes("..")) return 'must not leave the checkout ("..")';
  const unknown = [...path.matchAll(/\$\{([^}]*)\}?/g)].find(
    (match) => !["environment", "app", "delivery"].includes(match[1] ?? ""),
  );
  if (unknown) return `may hold \${environment}, \${app}, \${delivery} only, not ${unknown[0]}`;
  return undefined;
}
