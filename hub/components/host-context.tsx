import * as React from "react";
import type { Host } from "../data/host.ts";

const Context = React.createContext<Host | undefined>(undefined);

export const HostProvider = Context.Provider;

export function useHost(): Host {
  const host = React.useContext(Context);
  if (host === undefined) throw new Error("There is no host around this component.");
  return host;
}
