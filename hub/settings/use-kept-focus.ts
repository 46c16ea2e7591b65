import * as React from "react";

/**
 * Puts the focus on what is around a button that goes away with what it did; without it the focus would
 * be lost with the button. @returns the ref of the element around it, and what to call when it has acted
 */
export function useKeptFocus() {
  const around = React.useRef<HTMLDivElement>(null);
  const hasActed = React.useRef(false);
  // After each look, since it goes with the first one that shows what was done.
  React.useEffect(() => {
    if (!hasActed.current || document.activeElement !== document.body) return;
    hasActed.current = false;
    around.current?.focus();
  });
  const acted = () => {
    hasActed.current = true;
  };
  return { around, acted };
}
