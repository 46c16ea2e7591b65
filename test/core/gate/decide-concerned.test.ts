import { api, cluster, input, kustomization, running, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const root = kustomization({
  ...{ name: "root", path: "./clusters/dev" },
  inventory: ["flux-system_shop-dev_kustomize.toolkit.fluxcd.io_Kustomization"],
});

const concernedRows: readonly Row[] = [
  {
    says: "nothing concerned in an active cluster = waiting, naming that cluster",
    given: { clusters: [cluster({ flux: [] })] },
    then: "waiting concerned",
    text: /cluster local: nothing there deploys/,
  },
  {
    says: "one cluster that has nothing concerned holds although another is done",
    given: { clusters: [cluster(), cluster({ name: "west", flux: [] })] },
    then: "waiting concerned",
    text: /west: cluster west/,
  },
  {
    says: "a cluster that runs only part of E says so by paths",
    given: { clusters: [cluster(), cluster({ name: "west", flux: [], paths: ["dev/other"] })] },
    then: "succeeded",
  },
  {
    says: "what no active cluster runs by its paths is never done",
    given: { clusters: [cluster({ paths: ["dev/other"] })] },
    then: "waiting concerned",
    text: /no active cluster of dev runs dev\/api\/shop_apps_v1_deployment_api.yaml/,
  },
  {
    says: "nor is X when one of its objects is in the paths of none",
    given: {
      changed: [
        ...(input().changed ?? []),
        { path: "dev/web.yaml", removed: false, identities: [{ ...api, name: "web" }] },
      ],
      clusters: [cluster({ paths: ["dev/api"] })],
    },
    then: "waiting concerned",
    text: /runs dev\/web.yaml/,
  },
  ...(
    [
      [{ tag: "v1" }, /its source GitRepository flux-system\/manifests is on tag v1/],
      [{ semver: ">=1" }, /is on tags >=1/],
      [{ branch: "next" }, /is on branch next/],
    ] as const
  ).map(([ref, text]): Row => ({
    says: `a GitRepository on ${JSON.stringify(ref)} brings nothing of the branch, and is named`,
    given: { clusters: [cluster({ flux: [source({ ref }), kustomization()] })] },
    then: "waiting concerned",
    text,
  })),
  {
    says: "an empty list of changes never satisfies",
    given: { changed: [] },
    then: "waiting concerned",
    text: /^cluster local: aaaaaaaa changed no file in the folder of dev, nor in one that its Kustomizations build from$/,
  },
  {
    says: "an unassigned object gates nothing, and is named",
    given: { clusters: [running([kustomization({ environment: "" })])] },
    then: "waiting concerned",
    text: /Kustomization flux-system\/shop-dev builds from it, but is not assigned/,
  },
  {
    says: "the configuration may assign it instead of the label",
    given: {
      clusters: [
        {
          ...running([kustomization({ environment: "" })]),
          assigned: ["Kustomization/flux-system/shop-dev"],
        },
      ],
    },
    then: "succeeded",
  },
  {
    says: "a Kustomization on another repository does not build from the file",
    given: {
      clusters: [
        cluster({
          flux: [
            source({ url: "https://dev.azure.com/other/shop/_git/manifests" }),
            kustomization(),
          ],
        }),
      ],
    },
    then: "waiting concerned",
  },
  {
    says: "a kustomize base that it references counts as its path",
    given: {
      changed: [{ path: "base/api.yaml", removed: false, identities: [api] }],
      bases: { dev: ["base"] },
    },
    then: "succeeded",
  },
  {
    says: "what a Kustomization of E applies is of E",
    given: { clusters: [running([root, kustomization({ environment: "" })])] },
    then: "succeeded",
  },
  {
    says: "unless it is labelled for another environment",
    given: { clusters: [running([root, kustomization({ environment: "prod" })])] },
    then: "waiting concerned",
  },
  {
    says: "inactive clusters do not gate",
    given: { clusters: [cluster(), cluster({ name: "old", active: false, flux: [] })] },
    then: "succeeded",
  },
  {
    says: "an environment without an active cluster waits",
    given: { clusters: [cluster({ active: false })] },
    then: "waiting cluster",
  },
];

describeRows("concerned", concernedRows);
