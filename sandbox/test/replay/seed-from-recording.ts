// What a recording takes for granted: everything that its answers name and its requests do not make.
import type { Seed, SeedBranches } from "../../azure-devops/seed.ts";
import type { PipelinesSeed } from "../../pipelines/seed.ts";
import { jsonOf, type Pair } from "./recording.ts";

type Named = Readonly<Record<string, unknown>> & { readonly id: unknown; readonly name: string };

type SeedPlan = { readonly seed: Seed; readonly pipelines: PipelinesSeed };

/** The seed of the sandbox in which a cassette can be replayed. */
export function seedFrom(pairs: readonly Pair[]): SeedPlan {
  const made = namesMade(pairs);
  const answers = pairs.map(({ response }) => jsonOf(response.body));
  const objects = answers.flatMap(namedObjects);
  const definitions = unique(
    objects.filter((one) => "queueStatus" in one && "repository" in one && !made.has(one.name)),
  );
  const repositories = unique([
    ...objects.filter((one) => "remoteUrl" in one && !made.has(one.name)),
    ...definitions.map((one) => ({
      ...(one["repository"] as Named),
      project: one["project"] as Named,
    })),
  ]);
  const projects = unique([
    ...objects.filter((one) => one["state"] === "wellFormed" && !("remoteUrl" in one)),
    ...repositories.map((one) => one["project"] as Named),
  ]).filter(({ name }) => !made.has(name));
  return {
    seed: {
      organisation: organisationOf(pairs),
      importable: Object.fromEntries(
        importsOf(pairs).map((url) => [url, branchesAfterImport(pairs)] as const),
      ),
      projects: projects.map(({ id, name, visibility }) => ({
        id: String(id),
        name,
        visibility: typeof visibility === "string" ? visibility : "private",
        repositories: repositories
          .filter((one) => (one["project"] as Named).name === name)
          .map((one) => ({
            id: String(one.id),
            name: one.name,
            files: "defaultBranch" in one ? pipelineFiles : {},
          })),
      })),
    },
    pipelines: {
      definitions: definitions.map((one) => ({
        name: one.name,
        project: (one["project"] as Named).name,
        repository: (one["repository"] as Named).name,
        yamlPath: "azure-pipelines.yml",
        ...whatThePortalWrote(one),
      })),
    },
  };
}

const pipelineFiles = {
  "README.md": "# seeded\n",
  "azure-pipelines.yml": "trigger: none\nsteps:\n  - script: echo hello\n",
};

function namesMade(pairs: readonly Pair[]): ReadonlySet<string> {
  const posted = pairs
    .filter(({ request }) => request.method === "POST")
    .map(({ request }) => jsonOf(request.body ?? ""));
  return new Set(
    posted.flatMap((body) =>
      isNamed({ id: 0, ...asObject(body) }) ? [asObject(body)["name"]] : [],
    ),
  ) as ReadonlySet<string>;
}

function organisationOf([first]: readonly Pair[]): string {
  return (
    new URL(first?.request.uri ?? "https://dev.azure.com/fabrikam").pathname.split("/")[1] ?? ""
  );
}

function importsOf(pairs: readonly Pair[]): readonly string[] {
  return pairs.flatMap(({ request }) => {
    const { parameters } = asObject(jsonOf(request.body ?? ""));
    const { gitSource } = asObject(parameters);
    const { url } = asObject(gitSource);
    return typeof url === "string" ? [url] : [];
  });
}

// An import brings the branches that the recording speaks of afterwards, the default one first.
function branchesAfterImport(pairs: readonly Pair[]): SeedBranches {
  const text = pairs.map(({ request, response }) => `${request.body ?? ""}${response.body}`).join();
  const named = [...text.matchAll(/refs\/heads\/([\w./-]+)/g)].map(([, name]) => name ?? "");
  const made = [...text.matchAll(/"name": "refs\/heads\/([\w./-]+)"/g)].map(([, name]) => name);
  const found = [...new Set(named)].filter((name) => !made.includes(name));
  const trunk = /"defaultBranch":\s?"refs\/heads\/([^"]+)"/.exec(text)?.[1];
  const first = trunk ?? found.find((name) => /^(main|master)$/.test(name)) ?? "main";
  const others = found.filter((name) => name !== first);
  return Object.fromEntries([
    [first, pipelineFiles],
    ...others.map((name) => [name, { "change.txt": `${name}\n` }] as const),
  ]) as SeedBranches;
}

function unique(objects: readonly Named[]): readonly Named[] {
  return [...new Map(objects.map((one) => [String(one.id), one])).values()];
}

function namedObjects(value: unknown): readonly Named[] {
  if (Array.isArray(value)) return value.flatMap(namedObjects);
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap(namedObjects);
  return isNamed(value) ? [value, ...below] : below;
}

function isNamed(value: object): value is Named {
  return "id" in value && "name" in value && typeof value.name === "string";
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function whatThePortalWrote(definition: Named) {
  const repository = definition["repository"] as Named;
  const { comment } = definition as { readonly comment?: string };
  const { properties } = repository as { readonly properties?: Readonly<Record<string, string>> };
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(properties === undefined ? {} : { repositoryProperties: properties }),
  };
}
