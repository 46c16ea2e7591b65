import * as React from "react";

/** How lines are laid out: under each other, or before and after side by side. */
export type DiffStyle = "inline" | "split";

const Style = React.createContext<DiffStyle>("inline");

export const DiffStyleProvider = Style.Provider;

export function useDiffStyle(): DiffStyle {
  return React.useContext(Style);
}
