import { api, cluster, kustomization, running, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

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
    says: "an empty list of changes never satisfies",
    given: { changed: [] },
    then: "waiting concerned",
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
