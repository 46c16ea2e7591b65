/** Addresses come from what others wrote: only those of this organisation become links. */
export function safeLink(url: string | undefined, organisationUrl: string): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const [link, home] = [new URL(url), new URL(organisationUrl)];
  const inside = link.pathname.startsWith(`${home.pathname.replace(/\/$/, "")}/`);
  return link.origin === home.origin && inside && link.username === "" ? link.href : undefined;
}
