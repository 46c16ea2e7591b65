/**
 * Where a value stands, as far as it matters to Flux: texts below an object's labels and annotations
 * stay as they are written. `root` may be an object or a list of objects.
 */
export type Place = "root" | "items" | "object" | "metadata" | "texts" | "text" | "elsewhere";

/** The place of what a key holds in a mapping that stands there. */
export function placeBelow(place: Place, key: string): Place {
  switch (place) {
    case "root":
      return key === "metadata" ? "metadata" : key === "items" ? "items" : "elsewhere";
    case "object":
      return key === "metadata" ? "metadata" : "elsewhere";
    case "metadata":
      return key === "labels" || key === "annotations" ? "texts" : "elsewhere";
    case "texts":
      return "text";
    case "items":
    case "text":
    case "elsewhere":
      return "elsewhere";
  }
}

/** The place of an entry of a list that stands there. */
export function placeInList(place: Place): Place {
  return place === "items" ? "object" : "elsewhere";
}
