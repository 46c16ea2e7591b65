import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { zipSync } from "fflate";
import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { PipelinesState, Run } from "../state.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Artifacts - List, Get Artifact, and its content as a zip (REST 7.1).
export function artifactRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "artifacts",
      id: "1db06c96-014e-44e1-ac91-90b2d4b3e984",
      template: "{project}/_apis/build/builds/{buildId}/artifacts",
      resourceVersion: 5,
      methods: { GET: (call) => readArtifacts(state(), call) },
    },
  ];
}

function readArtifacts(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const wanted = call.query["artifactname"];
  if (wanted === undefined) {
    return listOf([...run.artifacts.keys()].map((name) => artifactJson(call, run, name)));
  }
  const folder = run.artifacts.get(wanted);
  if (folder === undefined) {
    throw new ApiError(
      404,
      "ArtifactNotFoundException",
      `Artifact ${wanted} was not found for build ${run.id}.`,
    );
  }
  if (call.query["$format"] === "zip") {
    return { content: { type: "application/zip", bytes: Buffer.from(zipOf(wanted, folder)) } };
  }
  return { json: artifactJson(call, run, wanted) };
}

function artifactJson({ organisation }: Call, run: Run, name: string) {
  const builds = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}`;
  const url = `${builds}/artifacts?artifactName=${encodeURIComponent(name)}`;
  return {
    id: [...run.artifacts.keys()].indexOf(name) + 1,
    name,
    source: run.planId,
    resource: {
      type: "PipelineArtifact",
      data: "",
      properties: {},
      url,
      downloadUrl: `${url}&api-version=7.1&$format=zip`,
    },
  };
}

// Files lie in a folder of the artefact's name, as in the service's own archive.
function zipOf(name: string, folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return zipSync(
    Object.fromEntries(
      files.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [`${name}/${relative(folder, path)}`, readFileSync(path)];
      }),
    ),
  );
}
