/** An address for messages: without user, query and fragment, any of which may hold a secret. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
