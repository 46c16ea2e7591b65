import { knownAreas } from "./door/known-locations.ts";
import type { Call, Route } from "./route.ts";

// Answers of `GET _apis/ResourceAreas[/{id}]` as recorded: {id, name, locationUrl}. Here all areas
// are at the organisation's own address.
export const resourceAreaRoutes: readonly Route[] = [
  {
    area: "Location",
    resource: "ResourceAreas",
    id: "e81700f7-3be2-46de-8624-2eb35882fcaa",
    template: "_apis/ResourceAreas/{areaId?}",
    minVersion: "3.2",
    releasedVersion: "0.0",
    methods: { GET: resourceAreas },
  },
];

function resourceAreas({ organisation, params: { areaId } }: Call) {
  const all = knownAreas().map((one) => ({
    ...one,
    locationUrl: `${organisation.url}/`,
  }));
  if (areaId === undefined) return { json: { count: all.length, value: all } };
  // An unknown area is no error: the service answers null.
  return { json: all.find(({ id }) => id === areaId.toLowerCase()) ?? null };
}
