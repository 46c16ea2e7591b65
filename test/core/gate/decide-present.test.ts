import { api, input, kustomization, older, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const web = { ...api, name: "web" };

const presentRows: readonly Row[] = [
  {
    says: "every changed object is in an inventory of E",
    given: { clusters: [running([kustomization({ inventory: [] })])] },
    then: "waiting present",
    text: /Deployment shop\/api: no inventory of the environment holds it yet/,
  },
  {
    says: "identity after the Kustomization's own targetNamespace, prefix and suffix",
    given: {
      changed: [
        {
          path: "dev/api.yaml",
          removed: false,
          identities: [{ ...api, namespace: "", name: "a" }],
        },
      ],
      clusters: [
        running([
          kustomization({ spec: { targetNamespace: "shop", namePrefix: "", nameSuffix: "pi" } }),
        ]),
      ],
    },
    then: "succeeded",
  },
  {
    says: "one that cannot be mapped is reported, not waited for",
    given: {
      changed: [
        ...(input().changed ?? []),
        { path: "dev/odd.yaml", removed: false, identities: [], unreadable: "no YAML" },
      ],
    },
    then: "succeeded",
  },
  {
    says: "what is there before all of X is applied may still come",
    given: {
      clusters: [
        running([kustomization({ inventory: ["shop_web_apps_Deployment"], applied: older })]),
      ],
    },
    then: "waiting applied",
  },
  {
    says: "a file that no Kustomization of E builds from is named",
    given: {
      changed: [
        ...(input().changed ?? []),
        { path: "other/web.yaml", removed: false, identities: [web] },
      ],
    },
    then: "waiting present",
    text: /Deployment shop\/web: no Kustomization of dev builds from other\/web.yaml/,
  },
  {
    says: "unless another object of E holds it",
    given: {
      changed: [
        { path: "other/api.yaml", removed: false, identities: [api] },
        ...(input().changed ?? []),
      ],
    },
    then: "succeeded",
  },
  {
    says: "a removed object is not waited for",
    given: {
      changed: [
        ...(input().changed ?? []),
        { path: "dev/web.yaml", removed: true, identities: [web] },
      ],
    },
    then: "succeeded",
  },
];

describeRows("present", presentRows);
