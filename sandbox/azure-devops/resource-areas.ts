import type { Call, Route } from "./route.ts";

// The areas that the sandbox answers, and what clients look up before they call one; ids as the
// service lists them. Here all of them are at the organisation's own address.
const areas: readonly (readonly [id: string, name: string])[] = [
  ["79134c72-4a58-4b42-976c-04e7115f32bf", "core"],
  ["4e080c62-fa21-4fbc-8fef-2a10a2b38049", "git"],
  ["fb13a388-40dd-4a04-b530-013a739c72ef", "policy"],
  ["5d6898bb-45ec-463f-95f9-54d49c71752e", "build"],
  ["965220d5-5bb9-42cf-8d67-9b146df2a5a4", "Build"],
  ["2e0bf237-8973-4ec9-a581-9c3d679d1776", "pipelines"],
  ["a85b8835-c1a1-4aac-ae97-1c3d0ba72dbd", "distributedtask"],
  ["0a833654-df2a-437e-8253-fe6b63b82035", "environments"],
  ["5b55a9b6-2e0f-40d7-829d-3741d2b8c4e4", "approval"],
  ["4a933897-0488-45af-bd82-6fd3ad33f46a", "PipelinesChecks"],
  ["a81a0441-de52-4000-aa15-ff0e07bfbbaa", "pipelinePermissions"],
  ["1814ab31-2f4f-4a9f-8761-f4d77dc5a5d7", "serviceendpoint"],
  ["6c2b0933-3600-42ae-bf8b-93d4f7e83594", "ExtensionManagement"],
  ["8a3d49b8-91f0-46ef-b33d-dda338c25db3", "IMS"],
];

// Answers of `GET _apis/ResourceAreas[/{id}]` as recorded: {id, name, locationUrl}.
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
  const all = areas.map(([id, name]) => ({ id, name, locationUrl: `${organisation.url}/` }));
  if (areaId === undefined) return { json: { count: all.length, value: all } };
  // An unknown area is no error: the service answers null.
  return { json: all.find(({ id }) => id === areaId.toLowerCase()) ?? null };
}
