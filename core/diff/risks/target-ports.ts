// Where a Service sends what comes to a port that it keeps, and where probes knock.
import { containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Surroundings } from "../risk.ts";
import { selectedBy } from "../selectors.ts";
import { textOf, valueAt } from "../values.ts";

/** Ports of its pods that do not open them, and of nodes; in sentences. */
export function otherPorts(
  before: unknown,
  after: unknown,
  beside: Surroundings,
): readonly string[] {
  const had = new Map(portsOf(before).map((one) => [keyOf(one), one]));
  return portsOf(after).flatMap((next) => {
    const old = had.get(keyOf(next));
    if (old === undefined) return [];
    const [from, to] = [old, next].map((one) => one["targetPort"] ?? one["port"]);
    const [node, other] = [old["nodePort"], next["nodePort"]];
    // A name and a number may be one port.
    const isElsewhere = from !== to && typeof from === typeof to && !isOpened(after, to, beside);
    return [
      ...(isElsewhere
        ? [
            `sends port ${textOf(next["port"])} to ${textOf(to)} of its pods instead of ${textOf(from)}`,
          ]
        : []),
      // One that is not written stays what it is.
      ...(node !== undefined && other !== undefined && node !== other
        ? [`is reached at port ${textOf(other)} of the nodes instead of ${textOf(node)}`]
        : []),
    ];
  });
}

function portsOf(service: unknown): readonly Mapping[] {
  return mappings(valueAt(service, "spec.ports"));
}

function keyOf({ port, protocol = "TCP" }: Mapping): string {
  return `${textOf(port)}/${textOf(protocol)}`;
}

/** Whether pods that it selects say that they listen there. */
function isOpened(service: unknown, port: unknown, { after }: Surroundings): boolean {
  const [selector, namespace] = [
    valueAt(service, "spec.selector"),
    valueAt(service, "metadata.namespace"),
  ];
  return selectedBy(after, { selector, namespace })
    .flatMap((one) => containersOf(podSpecOf(one)))
    .flatMap((container) => mappings(container["ports"]))
    .some((one) => one["containerPort"] === port || one["name"] === port);
}

type Side = ObjectChange["before"];

const probes = ["startupProbe", "readinessProbe", "livenessProbe"];

/** Probes of a port by a name that its container no longer has, or not yet; in sentences. */
export function probesOfNoPort(before: Side, after: Side): readonly string[] {
  const had = new Set(nowhere(before));
  return nowhere(after).filter((one) => !had.has(one));
}

function nowhere(side: Side): readonly string[] {
  return containersOf(podSpecOf(side)).flatMap((container) => {
    const names = mappings(container["ports"]).map(({ name }) => name);
    return probes.flatMap((probe) =>
      ["httpGet", "tcpSocket"]
        .map((way) => valueAt(container, `${probe}.${way}.port`))
        .filter((port) => typeof port === "string" && !names.includes(port))
        .map(
          (port) =>
            `container ${textOf(container["name"])} has no port ${textOf(port)}, which its ${probe} asks: it always fails`,
        ),
    );
  });
}
