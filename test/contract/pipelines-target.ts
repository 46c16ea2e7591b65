import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { eventually } from "../support/eventually.ts";
import { ask, makeRepository, openTarget, push, tipOf, type Target } from "../support/target.ts";

export type Build = {
  readonly id: number;
  readonly buildNumber: string;
  readonly status: string;
  readonly result?: string;
  readonly sourceVersion: string;
  readonly tags: readonly string[];
  readonly orchestrationPlan: { readonly planId: string };
  readonly project: { readonly id: string };
};

export type Definition = {
  readonly id: number;
  readonly name: string;
  readonly revision: number;
  readonly variables?: Readonly<
    Record<string, { readonly value: string | null; readonly isSecret?: boolean }>
  >;
};

export type PipelinesTarget = Target & {
  readonly definition: Definition;
  readonly started: () => Promise<Build>;
  readonly ended: (id: number) => Promise<Build>;
  readonly remove: () => Promise<void>;
};

/** A project with a pipeline of the test's own. */
export async function openPipelines(yaml: string): Promise<PipelinesTarget> {
  const target = await openTarget([createPipelines({ seed: { definitions: [] } })]);
  const repository = await makeRepository(target);
  await push(target, repository.path, {
    branch: "main",
    from: await tipOf(target, repository.path, "main"),
    files: { "/azure-pipelines.yml": yaml },
  });
  const made = await ask<Definition>(target, `${target.project}/_apis/build/definitions`, {
    method: "POST",
    body: {
      name: repository.name,
      process: { yamlFilename: "azure-pipelines.yml", type: 2 },
      queue: { name: "Azure Pipelines" },
      repository: { id: repository.id, type: "TfsGit", defaultBranch: "refs/heads/main" },
    },
  });
  if (made.status !== 200) throw new Error(`no definition: ${made.text}`);
  const builds = `${target.project}/_apis/build/builds`;
  return {
    ...target,
    definition: made.json,
    started: async () => {
      const body = { definition: { id: made.json.id } };
      const queued = await ask<Build>(target, builds, { method: "POST", body });
      if (queued.status !== 200) throw new Error(`no build: ${queued.text}`);
      return queued.json;
    },
    ended: (id) =>
      eventually(
        `the end of build ${id}`,
        async () => {
          const { json } = await ask<Build>(target, `${builds}/${id}`);
          return json.status === "completed" ? json : undefined;
        },
        { withinMs: target.kind === "service" ? 600_000 : 60_000 },
      ),
    remove: async () => {
      const path = `${target.project}/_apis/build/definitions/${made.json.id}`;
      await ask(target, path, { method: "DELETE" });
      await repository.remove();
      await target.close();
    },
  };
}
