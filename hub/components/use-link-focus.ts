import * as React from "react";

/**
 * Puts the focus on the link that took the place of the button somebody pressed; without it the focus
 * would be lost with the button. @returns the ref of the element around the link
 */
export function useLinkFocus<T extends HTMLElement = HTMLParagraphElement>(
  isThere: boolean,
): React.RefObject<T> {
  const around = React.useRef<T>(null);
  React.useEffect(() => {
    if (isThere) around.current?.querySelector("a")?.focus();
  }, [isThere]);
  return around;
}
