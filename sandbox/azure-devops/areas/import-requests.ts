import { writeBranches } from "../add-repository.ts";
import { ApiError } from "../api-error.ts";
import { runGit } from "../git/run-git.ts";
import { readRef } from "../git/read-ref.ts";
import type { Call, Route } from "../route.ts";
import type { Host } from "../host.ts";
import type { Importable } from "../seed.ts";
import type { ImportRequest, Repository } from "../repository.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { repositoryRef, repositoryUrl } from "./repository-json.ts";

// Import Requests - Create, Get (REST 7.1, preview before; answers as recorded): asynchronous.
export const importRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "importRequests",
    id: "01828ddc-3600-4a41-8633-99b3a73a0eb3",
    template: "{project?}/_apis/git/repositories/{repositoryId}/importRequests/{importRequestId?}",
    location: "{project}/_apis/{area}/repositories/{repositoryId}/importRequests/{importRequestId}",
    minVersion: "3.0",
    methods: { GET: getImport, POST: startImport },
  },
];

const steps = [
  "Processing request",
  "Analyzing repository objects",
  "Storing objects",
  "Storing index file",
  "Updating references",
  "Import completed successfully",
];

async function startImport(call: Call) {
  const { organisation } = call;
  const repository = repositoryOf(call);
  demand(call, "GenericContribute", { repository });
  const { parameters } = (call.body ?? {}) as {
    parameters?: { gitSource?: { url?: string; overwrite?: boolean } };
  };
  const { url = "", overwrite = false } = parameters?.gitSource ?? {};
  if ((await readRef(repository.directory, repository.defaultBranch)) && !overwrite) {
    throw new ApiError(
      409,
      "GitImportForbiddenOnNonEmptyRepository",
      "TF402454: An import needs an empty repository.",
    );
  }
  const request: ImportRequest = {
    id: (organisation.counters.nextImport += 1),
    url,
    status: "queued",
    step: 1,
  };
  repository.imports.push(request);
  const answer = { status: 201, json: importJson(organisation, repository, request) };
  setImmediate(() => {
    request.status = "inProgress";
    void importFrom(organisation, repository, request);
  });
  return answer;
}

function getImport(call: Call) {
  const repository = repositoryOf(call);
  const id = call.params["importRequestId"];
  const found = repository.imports.find((one) => one.id === Number(id));
  if (id === undefined) {
    const all = repository.imports.map((one) => importJson(call.organisation, repository, one));
    return { json: { value: all, count: all.length } };
  }
  if (!found) {
    throw new ApiError(
      404,
      "GitImportRequestNotFoundException",
      `The import request ${id} was not found.`,
    );
  }
  return { json: importJson(call.organisation, repository, found) };
}

async function importFrom(
  organisation: Host & Importable,
  repository: Repository,
  request: ImportRequest,
): Promise<void> {
  try {
    const seeded = organisation.importable.get(request.url);
    if (seeded) await writeBranches(organisation, repository, seeded);
    else await fetchFrom(request.url, repository);
    repository.defaultBranch = await findFirstBranch(repository, Object.keys(seeded ?? {})[0]);
    await runGit(repository.directory, ["symbolic-ref", "HEAD", repository.defaultBranch]);
    request.step = steps.length;
    request.status = "completed";
  } catch (error) {
    request.errorMessage = error instanceof Error ? error.message : String(error);
    request.status = "failed";
  }
}

async function fetchFrom(url: string, repository: Repository): Promise<void> {
  const { directory } = repository;
  if (!/^https?:\/\//.test(url)) throw new Error(`${url} is no address to import from`);
  const specs = ["refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*"];
  await runGit(directory, ["fetch", "--quiet", "--no-write-fetch-head", url, ...specs]);
  const counted = await runGit(directory, ["count-objects", "-v"]);
  const kibibytes = [...counted.matchAll(/^size(?:-pack)?: (\d+)$/gm)].map(([, n]) => Number(n));
  repository.size = kibibytes.reduce((sum, each) => sum + each * 1024, 0);
}

async function findFirstBranch(
  repository: Repository,
  seeded: string | undefined,
): Promise<string> {
  const out = await runGit(repository.directory, [
    "for-each-ref",
    "--format=%(refname)",
    "refs/heads",
  ]);
  const branches = out.split("\n").filter(Boolean);
  const wanted = [seeded ?? "main", "main", "master"].map((name) => `refs/heads/${name}`);
  return wanted.find((name) => branches.includes(name)) ?? branches[0] ?? repository.defaultBranch;
}

function importJson(organisation: Host, repository: Repository, request: ImportRequest) {
  const self = `${repositoryUrl(organisation, repository)}/importRequests/${request.id}`;
  return {
    importRequestId: request.id,
    repository: repositoryRef(organisation, repository),
    parameters: { tfvcSource: null, gitSource: { url: request.url, overwrite: false } },
    status: request.status,
    detailedStatus: {
      currentStep: request.step,
      allSteps: steps,
      ...(request.errorMessage === undefined ? {} : { errorMessage: request.errorMessage }),
    },
    _links: {
      self: { href: self },
      repository: { href: repositoryUrl(organisation, repository) },
    },
    url: self,
  };
}
