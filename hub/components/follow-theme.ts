import { colorScheme } from "../view/color-scheme.ts";

/**
 * Lets what the browser draws itself (ticks, lists, scroll bars) be as dark as the host's theme: the
 * theme tells colours alone. The SDK applies it in this event, and again when somebody switches.
 */
export function followTheme(): void {
  const follow = () => {
    const { backgroundColor } = getComputedStyle(document.body);
    document.documentElement.style.colorScheme = colorScheme(backgroundColor);
  };
  window.addEventListener("themeApplied", follow);
  follow();
}
