// A file that no list of resources reaches: what is said of it, and what is not.
import type { GateInput } from "../../../core/gate/gate-input.ts";
import type { Identity } from "../../../core/manifests/identity.ts";
import { api, chartSource, helmRelease, kustomization, releaseId, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const file = (path: string, ...identities: readonly Identity[]) => ({
  ...{ path, removed: false, identities },
});
const unreached = { dev: { unreached: ["dev/a.yaml"] } };
const sourceRef = { kind: "GitRepository", ...chartSource };
/** X changed a file of `dev/chart` that no list reaches; a release takes this chart. */
const releasing = (chart: string): Partial<GateInput> => ({
  layouts: { dev: { unreached: ["dev/chart/README.md"] } },
  changed: [file("dev/a.yaml", api), file("dev/chart/README.md")],
  clusters: [
    running([
      kustomization({ inventory: ["shop_api_apps_Deployment", releaseId] }),
      helmRelease({ spec: { chart: { spec: { chart, sourceRef } } } }),
    ]),
  ],
});
const nothing: readonly Row[] = [
  {
    says: "is told of a file that no list reaches",
    given: {
      layouts: unreached,
      changed: [file("dev/a.yaml", { ...api, name: "never" }), file("dev/b.yaml", api)],
    },
    then: "succeeded",
    line: /^dev\/a.yaml: no resources of a kustomization reach it, it changes nothing$/m,
  },
  {
    says: "is not told of one that is reached",
    given: {},
    then: "succeeded",
    line: /^(?![^]*changes nothing)/,
  },
  {
    says: "is not told of one that a second Kustomization reaches",
    given: {
      layouts: unreached,
      changed: [file("dev/a.yaml", api)],
      clusters: [
        running([
          kustomization({ inventory: [] }),
          kustomization({ name: "root", path: "", inventory: ["shop_api_apps_Deployment"] }),
        ]),
      ],
    },
    then: "succeeded",
  },
  {
    says: "is not told of a chart's file, whatever list stands around it",
    given: releasing("dev/chart"),
    then: "waiting applied",
    line: /^(?![^]*changes nothing)/,
  },
  {
    says: "is told of one beside the chart",
    given: releasing("other"),
    then: "succeeded",
    line: /dev\/chart\/README.md: no resources/,
  },
];

describeRows("a change of nothing", nothing);
