import type { Answer, CompiledRoute } from "./route.ts";

/** `OPTIONS _apis[/{area}]`: where clients learn every resource's template and versions. */
export function describeLocations(routes: readonly CompiledRoute[], path: string): Answer {
  const area = /\/_apis\/([^/]+)/i.exec(path)?.[1]?.toLowerCase();
  const wanted = routes.filter(
    (route) => area === undefined || area === "location" || route.area.toLowerCase() === area,
  );
  const value = [...new Map(wanted.map((route) => [route.id, route])).values()].map((route) => ({
    id: route.id,
    area: route.area,
    resourceName: route.resource,
    routeTemplate: route.template
      .replaceAll("?}", "}")
      .replace(`_apis/${route.area}`, "_apis/{area}")
      .replace(new RegExp(`(\\{area\\}/.*?)\\b${route.resource}\\b`, "i"), "$1{resource}"),
    resourceVersion: route.resourceVersion ?? 1,
    minVersion: "1.0",
    maxVersion: "7.2",
    releasedVersion: route.releasedVersion ?? "7.1",
  }));
  return { json: { value, count: value.length } };
}
