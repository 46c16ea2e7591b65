// Pages change without loading the portal anew; every address still works when it is opened itself.
import * as React from "react";

const moved = "portal-moved";
let byNavigation = false;

/** The address as far as it chooses a page: path and query. */
export function useAddress(): string {
  const read = () => `${location.pathname}${location.search}`;
  const [address, setAddress] = React.useState(read);
  React.useEffect(() => {
    const look = () => setAddress(read());
    window.addEventListener(moved, look);
    window.addEventListener("popstate", look);
    return () => {
      window.removeEventListener(moved, look);
      window.removeEventListener("popstate", look);
    };
  }, []);
  return address;
}

/** Opens another page of the portal; whatever is not one is left to the browser. */
export function openPage(href: string): void {
  const url = new URL(href, location.href);
  if (!isPage(url)) return location.assign(url.href);
  byNavigation = true;
  history.pushState(null, "", url.href);
  window.dispatchEvent(new Event(moved));
  window.scrollTo(0, 0);
}

/** True once a page was opened from another one: its heading then takes the focus. */
export function wasNavigated(): boolean {
  return byNavigation;
}

/** Follows a link inside the portal; keys held leave it to the browser, as everywhere. */
export function followLink(event: React.MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const anchor = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
  if (!anchor || anchor.target || anchor.hasAttribute("download")) return;
  const url = new URL(anchor.href);
  if (!isPage(url) || (url.hash && url.pathname === location.pathname)) return;
  event.preventDefault();
  openPage(anchor.href);
}

function isPage({ origin, pathname }: URL): boolean {
  const organisation = location.pathname.split("/")[1];
  return (
    origin === location.origin &&
    pathname.split("/")[1] === organisation &&
    !pathname.includes("/_apis")
  );
}
