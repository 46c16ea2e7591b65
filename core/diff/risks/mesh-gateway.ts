// Whom a gateway of Istio lets in: hosts and certificates of each of its ports.
import { mappings } from "../pod-spec.ts";
import { textOf, textsOf, valueAt } from "../values.ts";

/** Ports that go, ask for less, or serve fewer; in sentences. */
export function meshGateway(before: unknown, after: unknown): readonly string[] {
  const now = serversOf(after);
  return [...serversOf(before)].flatMap(([port, was]) => {
    const is = now.get(port);
    if (is === undefined) return [`no longer listens on port ${port}`];
    const isLess = strictness.indexOf(is.mode) < strictness.indexOf(was.mode);
    const isAll = is.hosts.includes("*");
    return [
      ...(isLess ? [`asks less of who calls port ${port} (tls.mode ${is.mode || "none"})`] : []),
      ...was.hosts
        .filter((host) => !is.hosts.some((wide) => serves(wide, host)))
        .map((host) => `no longer serves host ${host} on port ${port}`),
      ...(isAll && !was.hosts.includes("*")
        ? [`serves every host on port ${port}, before ${was.hosts.join(", ")} alone`]
        : []),
    ];
  });
}

// A host of Istio may be a wildcard for names of any depth.
function serves(wide: string, host: string): boolean {
  return wide === host || (wide.startsWith("*") && host.endsWith(wide.slice(1)));
}

/** From nothing to certificates of both sides; what is passed on is for others to judge. */
const strictness = ["", "SIMPLE", "OPTIONAL_MUTUAL", "MUTUAL"];

type Server = { readonly mode: string; readonly hosts: readonly string[] };

/** By the number of their port. */
function serversOf(gateway: unknown): ReadonlyMap<string, Server> {
  const servers = new Map<string, Server>();
  for (const one of mappings(valueAt(gateway, "spec.servers"))) {
    const port = textOf(valueAt(one, "port.number"));
    const hosts = [...(servers.get(port)?.hosts ?? []), ...textsOf(one["hosts"])];
    servers.set(port, { mode: textOf(valueAt(one, "tls.mode") ?? ""), hosts });
  }
  return servers;
}
