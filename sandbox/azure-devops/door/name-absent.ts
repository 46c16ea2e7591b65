import { knownLocations, type Location } from "./known-locations.ts";

type Pattern = { readonly location: Location; readonly pattern: RegExp };

let patterns: readonly Pattern[] | undefined;

/** What the service has at a path that the sandbox does not answer: `area/resource`. */
export function nameAbsent(path: string): string | undefined {
  patterns ??= knownLocations().map((location) => ({ location, pattern: patternOf(location) }));
  const found = patterns.filter(({ pattern }) => pattern.test(path)).map((one) => one.location);
  // The one whose words say most: parameters fit everywhere.
  const [best] = found.sort((a, b) => literals(b) - literals(a));
  return best && `${best.area}/${best.resourceName}`;
}

// Parameters that the service lets be left out are not told apart: all but area and resource may.
function patternOf({ area, resourceName, routeTemplate }: Location): RegExp {
  const parts = routeTemplate.split("/").map((part) => {
    const word = part.toLowerCase();
    if (word === "{area}") return `/${escaped(area)}`;
    if (word === "{resource}") return `/${escaped(resourceName)}`;
    if (/^\{\*/.test(part)) return "(?:/.*)?";
    return part.startsWith("{") ? "(?:/[^/]+)?" : `/${escaped(part)}`;
  });
  return new RegExp(`^${parts.join("")}/?$`, "i");
}

function literals({ routeTemplate }: Location): number {
  return routeTemplate.split("/").filter((part) => !/^\{(?!area|resource)/.test(part)).length;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
