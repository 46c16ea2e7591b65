import { api, input, kustomization, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const web = { ...api, name: "web" };

const kinds = (inventory: readonly string[]) => running([kustomization({ inventory })]);

const presentRows: readonly Row[] = [
  {
    says: "every changed object is in an inventory of E",
    given: { clusters: [running([kustomization({ inventory: [] })])] },
    then: "waiting present",
    text: /Deployment shop\/api: no inventory/,
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
    says: "a kustomization in the folder that renames everything alike",
    given: {
      clusters: [
        kinds(["shop_prod-api_apps_Deployment", "shop_prod-api__Service", "_shop__Namespace"]),
      ],
    },
    then: "waiting health",
    text: /Deployment shop\/prod-api: its health/,
  },
  {
    says: "or moves everything to one namespace",
    given: { clusters: [kinds(["team_api_apps_Deployment", "team_api__Service"])] },
    then: "waiting health",
    text: /Deployment team\/api: its health/,
  },
  {
    says: "an object of a longer name beside others is another object",
    given: { clusters: [kinds(["shop_api-worker_apps_Deployment", "shop_web_apps_Deployment"])] },
    then: "waiting present",
  },
  {
    says: "and so is one of the same name in one of two namespaces",
    given: { clusters: [kinds(["team_api_apps_Deployment", "other_web_apps_Deployment"])] },
    then: "waiting present",
  },
  {
    says: "what an overlay makes of its base cannot always be told: reported, not waited for",
    given: {
      changed: [{ path: "base/api.yaml", removed: false, identities: [api] }],
      bases: { dev: ["base"] },
      clusters: [kinds(["shop_gateway_apps_Deployment"])],
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
