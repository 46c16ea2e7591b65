import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { zipSync } from "fflate";
import { ApiError } from "../../azure-devops/api-error.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Artifact, Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { runOf, type CurrentState } from "./run-call.ts";

// Artifacts - List, Get Artifact, and its content as a zip; Artifacts - Get of pipelines.
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
    {
      area: "pipelines",
      resource: "artifacts",
      id: "85023071-bd5e-4438-89b0-2a5bf362a19d",
      template: "{project}/_apis/pipelines/{pipelineId}/runs/{runId}/artifacts",
      methods: { GET: (call) => pipelineArtifact(state(), call) },
    },
  ];
}

function readArtifacts(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call);
  const wanted = call.query["artifactname"];
  if (wanted === undefined) {
    return listOf([...run.artifacts].map(([name, one]) => artifactJson(call, run, { name, one })));
  }
  const { name, one } = artifactOf(run, wanted);
  if (call.query["$format"]?.toLowerCase() === "zip" && one.folder !== undefined) {
    const bytes = Buffer.from(zipOf(name, one.folder));
    return { content: { type: "application/zip", bytes } };
  }
  return { json: artifactJson(call, run, { name, one }) };
}

type Named = { readonly name: string; readonly one: Artifact };

function artifactOf(run: Run, wanted: string): Named {
  const found = [...run.artifacts].find(([name]) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return { name: found[0], one: found[1] };
  throw new ApiError(
    404,
    "ArtifactNotFoundException",
    `Artifact ${wanted} was not found for build ${run.id}.`,
  );
}

function artifactJson({ organisation }: Call, run: Run, { name, one }: Named) {
  const builds = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}`;
  const url = `${builds}/artifacts?artifactName=${encodeURIComponent(name)}`;
  return {
    ...{ id: one.id, name, source: one.source },
    resource: {
      type: one.type,
      data: one.data,
      properties:
        one.folder === undefined ? {} : { artifactsize: String(sizeOf(one.folder)), RootId: "" },
      url,
      downloadUrl: `${url}&api-version=7.1&$format=zip`,
    },
  };
}

function pipelineArtifact(state: PipelinesState, call: Call): Answer {
  const run = runOf(state, call, "runId");
  const { name } = artifactOf(run, call.query["artifactname"] ?? "");
  const { project, id } = run.definition;
  const url = `${call.organisation.url}/${project.id}/_apis/pipelines/${id}/runs/${run.id}/artifacts?artifactName=${encodeURIComponent(name)}`;
  const content = `${call.organisation.url}/${project.id}/_apis/build/builds/${run.id}/artifacts?artifactName=${encodeURIComponent(name)}&api-version=7.1&$format=zip`;
  const signed =
    call.query["$expand"] === undefined
      ? {}
      : { signedContent: { url: content, signatureExpires: run.lastChanged } };
  return { json: { name, url, ...signed } };
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function sizeOf(folder: string): number {
  return filesOf(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

// Files lie in a folder of the artefact's name, as in the service's own archive.
function zipOf(name: string, folder: string): Uint8Array {
  return zipSync(
    Object.fromEntries(
      filesOf(folder).map((path) => [`${name}/${relative(folder, path)}`, readFileSync(path)]),
    ),
  );
}
