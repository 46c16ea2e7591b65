// Neighbours that look alike: another namespace, kind, path or parent.
import type { GateInput } from "../../../core/gate/gate-input.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import type { Identity } from "../../../core/manifests/identity.ts";
import { api, artefact, cluster, healthy, helmRelease, input } from "./gate-world.ts";
import { kustomization, older, pulling, release, releaseId, running } from "./gate-world.ts";
import { shopDev, shopDevId, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const [app] = input().changed ?? [];
const map = (name: string, more: object = {}) => ({
  ...{ ...api, group: "", kind: "ConfigMap", name },
  ...more,
});
const file = (path: string, ...identities: readonly Identity[]) => ({
  ...{ path, removed: false, identities },
});

const taking = (changed: ReturnType<typeof file>[], kind = "ConfigMap"): Partial<GateInput> => ({
  changed: [...changed, file("dev/hr.yaml", release)],
  clusters: [
    running([
      kustomization({ inventory: [releaseId, "shop_values__ConfigMap", "blue_values__ConfigMap"] }),
      helmRelease({ spec: { valuesFrom: [{ kind, name: "values" }] } }),
    ]),
  ],
});
const values: readonly Row[] = [
  {
    says: "of a release hold it",
    given: taking([file("dev/v.yaml", map("values"))]),
    then: "waiting applied",
    text: /nothing proves that it took the changed values/,
  },
  {
    says: "of a file that leaves the namespace open hold it",
    given: taking([file("dev/v.yaml", map("values", { namespace: "" }))]),
    then: "waiting applied",
  },
  {
    says: "of a namesake in another namespace do not",
    given: taking([file("dev/v.yaml", map("values", { namespace: "blue" }))]),
    then: "succeeded",
  },
  {
    says: "of a namesake of another kind do not",
    given: taking([file("dev/v.yaml", map("values"))], "Secret"),
    then: "succeeded",
  },
];

const postBuild = { substituteFrom: [{ kind: "ConfigMap", name: "vars" }] };
const nested = (own: boolean): Partial<GateInput> => ({
  changed: [
    ...(app ? [app] : []),
    file("root/vars.yaml", map("vars", { namespace: "flux-system" })),
    ...(own ? [file("root/shop.yaml", shopDev)] : []),
  ],
  clusters: [
    running([
      kustomization({
        ...{ name: "root", path: "./root" },
        inventory: [shopDevId, "flux-system_vars__ConfigMap"],
      }),
      kustomization({ spec: { postBuild } }),
    ]),
  ],
});
const substituted: readonly Row[] = [
  {
    says: "that came with the manifest that takes them were there first",
    given: nested(true),
    then: "succeeded",
  },
  {
    says: "that came alone may have come after the build",
    given: nested(false),
    then: "waiting applied",
    text: /nothing proves that it was built with the changed values of ConfigMap flux-system\/vars/,
  },
];

const colours = (blue: ObservedHealth, green: ObservedHealth): Partial<GateInput> => ({
  changed: [file("dev/a.yaml", { ...api, namespace: "" })],
  clusters: [
    cluster({
      flux: [
        source(),
        ...["blue", "green"].map((name) =>
          kustomization({
            ...{ name, spec: { targetNamespace: name } },
            inventory: [`${name}_api_apps_Deployment`],
          }),
        ),
      ],
      health: { "Deployment.apps/blue/api": blue, "Deployment.apps/green/api": green },
    }),
  ],
});
const several: readonly Row[] = [
  {
    says: "that build one folder into two namespaces are both asked",
    given: colours(healthy, pulling),
    then: "waiting health",
    text: /Deployment green\/api/,
  },
  {
    says: "in either order",
    given: colours(pulling, healthy),
    then: "waiting health",
    text: /Deployment blue\/api/,
  },
  { says: "and are done when both are", given: colours(healthy, healthy), then: "succeeded" },
  {
    says: "that both hold a release have both to apply X",
    given: {
      changed: [file("dev/hr.yaml", release)],
      clusters: [
        running([
          kustomization({ inventory: [releaseId] }),
          kustomization({
            ...{ name: "other", path: "./other", environment: "" },
            ...{ inventory: [releaseId], applied: older },
          }),
          helmRelease({}),
        ]),
      ],
    },
    then: "waiting applied",
    text: /Kustomization flux-system\/other has not applied aaaaaaaa yet/,
  },
  {
    says: "leave the names of namespaces and definitions alone, whatever their prefix",
    given: {
      changed: [
        file("dev/ns.yaml", { ...api, group: "", kind: "Namespace", namespace: "", name: "shop" }),
      ],
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({ spec: { namePrefix: "dev-" }, inventory: ["_shop__Namespace"] }),
          ],
          health: { "Namespace/shop": healthy },
        }),
      ],
    },
    then: "succeeded",
    line: /^Namespace shop: /m,
  },
  {
    says: "from artefacts are judged whole: nobody says where their files lie",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        cluster({
          flux: [
            artefact(),
            kustomization({ spec: { sourceRef: { kind: "OCIRepository", name: "manifests" } } }),
          ],
        }),
      ],
    },
    then: "succeeded",
    line: /judged whole, since its source is an artefact, not git: 1 of 1/,
  },
];

describeRows("values", values);
describeRows("values of substituteFrom", substituted);
describeRows("Kustomizations", several);
