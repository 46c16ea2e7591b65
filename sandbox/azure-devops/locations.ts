import { knownLocations, type Location } from "./door/known-locations.ts";
import type { Answer, CompiledRoute, Route } from "./route.ts";

/**
 * `OPTIONS _apis[/{area}]`: where clients learn every resource's template and versions; also of
 * those that only the service has.
 */
export function describeLocations(routes: readonly CompiledRoute[], path: string): Answer {
  const area = /\/_apis\/([^/]+)/i.exec(path)?.[1]?.toLowerCase();
  const own = routes.filter((route) => route.area !== "sandbox").map(locationOf);
  const all = new Map([...knownLocations(), ...own].map((one) => [one.id, one]));
  const value = [...all.values()].filter(
    (one) => area === undefined || area === "location" || one.area.toLowerCase() === area,
  );
  return { json: { value, count: value.length } };
}

function locationOf(route: Route): Location {
  return {
    id: route.id,
    area: route.area,
    resourceName: route.resource,
    routeTemplate: route.location ?? templateOf(route),
    resourceVersion: route.resourceVersion ?? 1,
    minVersion: route.minVersion ?? "1.0",
    maxVersion: route.maxVersion ?? "7.2",
    releasedVersion: route.releasedVersion ?? "7.1",
  };
}

// Area and resource stand as parameters where the path has them under their own names.
function templateOf({ template, area, resource }: Route): string {
  const parts = template.replaceAll("?}", "}").split("/");
  const isNamed = (part: string, name: string) => part.toLowerCase() === name.toLowerCase();
  const areaAt = parts.indexOf("_apis") + 1;
  if (isNamed(parts[areaAt] ?? "", area)) parts[areaAt] = "{area}";
  const resourceAt = parts.findLastIndex((part) => isNamed(part, resource));
  if (resourceAt >= 0) parts[resourceAt] = "{resource}";
  return parts.join("/");
}
