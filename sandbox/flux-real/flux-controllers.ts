import { join } from "node:path";
import type { Command, Layout } from "./control-plane.ts";

export type FluxController = Command & { readonly readyUrl: string };

/** Flux' controllers, each with ports of its own instead of the defaults, which clash. */
export function fluxControllers({ directory, kubeconfig, port }: Layout): FluxController[] {
  const address = () => `127.0.0.1:${port()}`;
  const events = address();
  const storage = address();
  // Half of a build's time is Go's collector otherwise.
  const env = { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: "flux-system", GOGC: "400" };
  const make = (name: string, args: readonly string[]): FluxController => {
    const health = address();
    const common = ["--metrics-addr", address(), "--health-addr", health];
    const readyUrl = `http://${health}/readyz`;
    return { name: `${name}-controller`, env, readyUrl, args: [...common, ...args] };
  };
  const sends = ["--events-addr", `http://${events}/`];
  const soon = ["--requeue-dependency=2s"];
  return [
    make("notification", ["--events-addr", events, "--receiverAddr", address()]),
    make("source", [
      ...sends,
      ...["--storage-path", join(directory, "artifacts")],
      ...["--storage-addr", storage, "--storage-adv-addr", storage],
    ]),
    make("kustomize", [...sends, ...soon]),
    make("helm", [...sends, ...soon]),
  ];
}
