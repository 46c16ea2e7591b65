// Where an Ingress sends what it takes: host by host, and path by path.
import { type Mapping, mappings } from "../pod-spec.ts";
import { textOf, valueAt } from "../values.ts";

/** Hosts and paths that are served no more, or by others; in sentences. */
export function otherRoutes(before: unknown, after: unknown): readonly string[] {
  const [had, left] = [hostsOf(before), hostsOf(after)];
  const isTaken = (host: string) => left.some((one) => takes(one, host));
  const routes = routesOf(after);
  return [
    ...had.filter((host) => !isTaken(host)).map((host) => `no longer serves host ${host}`),
    ...routesOf(before)
      .filter(({ host }) => isTaken(host))
      .flatMap((route) => changed(route, answering(routes, route))),
    ...otherDefault(valueAt(before, "spec.defaultBackend"), valueAt(after, "spec.defaultBackend")),
  ];
}

/** Without a host a rule takes them all: `*`. */
export function hostsOf(ingress: unknown): readonly string[] {
  return mappings(valueAt(ingress, "spec.rules")).map(hostOf);
}

type Route = {
  readonly host: string;
  readonly path: string;
  /** Whether it takes what lies below its path too. */
  readonly isWide: boolean;
  readonly service: string;
  readonly port: string;
};

function hostOf(rule: Mapping): string {
  return textOf(rule["host"] ?? "*");
}

function routesOf(ingress: unknown): readonly Route[] {
  return mappings(valueAt(ingress, "spec.rules")).flatMap((rule) =>
    mappings(valueAt(rule, "http.paths")).map((path) => ({
      host: hostOf(rule),
      path: textOf(path["path"] ?? "/"),
      isWide: path["pathType"] !== "Exact",
      ...backendOf(path["backend"]),
    })),
  );
}

function backendOf(backend: unknown): Pick<Route, "service" | "port"> {
  const first = (...fields: readonly string[]) =>
    fields.map((field) => valueAt(backend, field)).find((one) => one !== undefined);
  return {
    service: textOf(first("service.name", "serviceName") ?? "another backend"),
    port: textOf(first("service.port.number", "service.port.name", "servicePort") ?? ""),
  };
}

/** Whether a host, which may be a wildcard, stands for another too. */
export function takes(wide: string, host: string): boolean {
  return (
    wide === host || wide === "*" || (wide.startsWith("*.") && belowFirst(host) === wide.slice(1))
  );
}

function belowFirst(host: string): string {
  return host.slice(host.indexOf("."));
}

/** What takes the requests of a route: of the nearest host the longest path. */
function answering(routes: readonly Route[], { host, path }: Route): Route | undefined {
  const hosts = routes.map((one) => one.host).filter((one) => takes(one, host));
  const nearest = hosts.includes(host) ? host : hosts.sort((a, b) => b.length - a.length)[0];
  const own = routes.filter((one) => one.host === nearest);
  const above = own.filter((one) => one.isWide && `${path}/`.startsWith(withSlash(one.path)));
  return own.find((one) => one.path === path) ?? above.sort(byLength)[0];
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function byLength(one: Route, other: Route): number {
  return other.path.length - one.path.length;
}

function changed(was: Route, is: Route | undefined): readonly string[] {
  const key = `${was.host}${was.path}`;
  if (is === undefined) return [`no longer serves ${key}`];
  if (is.service !== was.service)
    return [`sends ${key} to ${is.service} instead of ${was.service}`];
  return [
    ...(is.port === was.port ? [] : [`sends ${key} to ${placeOf(is)} instead of ${placeOf(was)}`]),
    ...(was.isWide && !is.isWide ? [`no longer serves what is below ${key} (pathType Exact)`] : []),
  ];
}

function otherDefault(before: unknown, after: unknown): readonly string[] {
  if (before === undefined) return [];
  const [was, is] = [backendOf(before), backendOf(after)];
  if (after === undefined) return ["no longer serves what no rule takes (defaultBackend)"];
  return was.service === is.service && was.port === is.port
    ? []
    : [`sends what no rule takes to ${placeOf(is)} instead of ${placeOf(was)} (defaultBackend)`];
}

function placeOf({ service, port }: Pick<Route, "service" | "port">): string {
  return port === "" ? service : `${service}:${port}`;
}
