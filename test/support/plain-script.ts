// A repository without an ownership index: a pipeline of the team's own copies files into it.
import { push, runOf } from "./actions.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

type Files = Readonly<Record<string, string>>;

/** One environment of such a world; it is its folder, its code repository and its pipeline too. */
export type PlainEnvironment = {
  readonly name: string;
  readonly files: Files;
  /** More of the Kustomization's spec. */
  readonly spec?: object;
};

/**
 * A pipeline that changes the manifests by commands of its own and waits for the commit; `commands`
 * run in the manifests' checkout, beside that of the code.
 */
export function plainPipeline(environment: string, commands: readonly string[]): string {
  return `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: manifests, type: git, name: manifests }
stages:
  - stage: dev
    jobs:
      - job: change
        uses: { repositories: [manifests] }
        steps:
          - checkout: self
          - checkout: manifests
          - bash: |
              set -e
              commit() { git add --all; git -c user.name=script -c user.email=script@fabrikam.com commit -qm "$1"; }
${commands.map((command) => `              ${command}\n`).join("")}\
              git -c http.extraheader="AUTHORIZATION: bearer $TOKEN" push -q origin HEAD:main
              echo "##vso[task.setvariable variable=commit;isOutput=true]$(git rev-parse HEAD)"
            name: script
            env: { TOKEN: $(System.AccessToken) }
            workingDirectory: $(Build.SourcesDirectory)/manifests
      - job: wait
        dependsOn: change
        pool: server
        timeoutInMinutes: 60
        uses: { repositories: [manifests] }
        variables: { commit: "$[ dependencies.change.outputs['script.commit'] ]" }
        steps:
          - task: WaitForFlux@1
            inputs: { repository: manifests, commit: $(commit), delivery: shop, environment: ${environment}, timeoutInMinutes: 60 }
`;
}

const under = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

/** Starts the loop with these environments; `after` must call `close`. */
export function startPlainWorld(
  environments: readonly PlainEnvironment[],
  connector: NonNullable<WorldOptions["connector"]> = {},
): Promise<World> {
  const names = environments.map(({ name }) => name);
  const code = environments.map(({ name, files }) => ({
    name,
    files: {
      "pipeline.yml": plainPipeline(name, [`cp -r ../${name}/files/. ${name}/`, "commit New"]),
      ...under("files", files),
    },
  }));
  const manifests = environments.map(({ name, files }) => under(name, files));
  return openWorld({
    seed: {
      organisation: "fabrikam",
      projects: [
        {
          name: "shop",
          repositories: [
            ...code,
            { name: "manifests", files: Object.fromEntries(manifests.flatMap(Object.entries)) },
          ],
        },
      ],
    },
    pipelines: {
      definitions: names.map((name) => ({
        ...{ name, project: "shop", repository: name, yamlPath: "pipeline.yml" },
      })),
    },
    manifests: {
      ...{ repository: "manifests", interval: "2s" },
      kustomizations: environments.map(({ name, spec }) => ({
        ...{ name, path: name, environment: name },
        ...(spec ? { spec } : {}),
      })),
    },
    connector: {
      environments: names,
      ...connector,
      extra: Object.fromEntries(
        names.map((name, i) => [name, { definitions: [i + 1], ...connector.extra?.[name] }]),
      ),
    },
  });
}

/** Changes files of one environment by its pipeline; the run. */
export async function change(world: World, environment: string, files: Files) {
  return runOf(world, await push(world, environment, { files: under("files", files) }));
}
