import { isRecord } from "./parse.ts";
import type { KubernetesObject } from "./identity.ts";

/** `--service-node-port-range` of an API server that nobody set up otherwise. */
const usual = { first: 30_000, last: 32_767 };

/**
 * Ports of nodes that a usual API server refuses to give out, which its validation of the object alone
 * does not tell.
 * @returns a sentence a port
 */
export function nodePortsOutside({ apiVersion, kind, spec }: KubernetesObject): readonly string[] {
  if (apiVersion !== "v1" || kind !== "Service" || !isRecord(spec)) return [];
  const ports: readonly unknown[] = Array.isArray(spec["ports"]) ? spec["ports"] : [];
  const asked = [
    ...ports.map((port, at) => ({
      path: `spec.ports[${at}].nodePort`,
      port: isRecord(port) ? port["nodePort"] : undefined,
    })),
    { path: "spec.healthCheckNodePort", port: spec["healthCheckNodePort"] },
  ];
  return asked.flatMap(({ path, port }) =>
    typeof port === "number" && port > 0 && port < 65_536 && !isUsual(port)
      ? [
          `${path}: ${port} is outside of ${usual.first}-${usual.last}, which clusters give out unless they are set up otherwise`,
        ]
      : [],
  );
}

function isUsual(port: number): boolean {
  return port >= usual.first && port <= usual.last;
}
