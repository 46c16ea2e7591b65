import type { ObservedHealth } from "../../../core/health/health.ts";
import { cluster, healthy, helmRelease, kustomization, older, pulling } from "./gate-world.ts";
import { running, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const everything = { everything: true, changed: [] } as const;
const pending: ObservedHealth = { state: "in-progress", cause: "0 of 1" };
const other = { name: "other", path: "./dev/other", inventory: ["shop_web_apps_Deployment"] };
const two = (web: ObservedHealth, facts: Parameters<typeof kustomization>[0] = {}) =>
  cluster({
    flux: [source(), kustomization(), kustomization({ ...other, ...facts })],
    health: { "Deployment.apps/shop/api": healthy, "Deployment.apps/shop/web": web },
  });

const rows: readonly Row[] = [
  {
    says: "applied is not healthy, with no index and no changed file",
    given: { ...everything, clusters: [running([kustomization()], pulling)] },
    then: "waiting health",
    text: /Deployment shop\/api: .*ImagePullBackOff/,
  },
  {
    says: "and fails after the grace, since all of it is the environment's",
    given: { ...everything, clusters: [running([kustomization()], pulling)] },
    then: "failed lasting",
    later: true,
  },
  { says: "all well", given: { ...everything, clusters: [two(healthy)] }, then: "succeeded" },
  {
    says: "each Kustomization of it counts",
    given: { ...everything, clusters: [two(pending)] },
    then: "waiting health",
    text: /Deployment shop\/web/,
  },
  {
    says: "also one that has not applied the commit",
    given: { ...everything, clusters: [two(healthy, { applied: older })] },
    then: "waiting applied",
  },
  {
    says: "also one on another repository, which has to be ready",
    given: {
      ...everything,
      clusters: [
        two(healthy, {
          spec: { sourceRef: { kind: "OCIRepository", name: "else" } },
          ready: { status: "False", reason: "BuildFailed", message: "bad" },
        }),
      ],
    },
    then: "waiting applied",
  },
  {
    says: "a file that X changed for another cluster's folder is no reason to look away",
    given: {
      everything: true,
      clusters: [{ ...running([kustomization()], pulling), paths: ["dev/other"] }],
    },
    then: "waiting health",
  },
  {
    says: "an environment with nothing in it is never green",
    given: { ...everything, clusters: [cluster({ flux: [source()] })] },
    then: "waiting concerned",
    text: /nothing of it was found yet/,
  },
  {
    says: "what is labelled for another environment is not its own",
    given: {
      ...everything,
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({
              inventory: ["flux-system_other_kustomize.toolkit.fluxcd.io_Kustomization"],
            }),
            kustomization({ ...other, environment: "prod" }),
          ],
          health: { "Deployment.apps/shop/web": pulling },
        }),
      ],
    },
    then: "succeeded",
  },
  {
    says: "a release that does not wait is judged by its objects",
    given: {
      ...everything,
      clusters: [
        running(
          [
            kustomization({ inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"] }),
            helmRelease({
              spec: { install: { disableWait: true } },
              status: { inventory: { entries: [{ id: "shop_api_apps_Deployment", v: "v1" }] } },
            }),
          ],
          pending,
        ),
      ],
    },
    then: "waiting health",
    text: /Deployment shop\/api/,
  },
  {
    says: "and where it says of none what became of them, that is not known",
    given: {
      ...everything,
      clusters: [
        running(
          [
            kustomization({ inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"] }),
            helmRelease({ spec: { upgrade: { disableWait: true } } }),
          ],
          pulling,
        ),
      ],
    },
    then: "waiting health-unknown",
    text: /HelmRelease shop\/api: applied, health unknown: .* its inventory is empty$/,
  },
];

describeRows("all of an environment", rows);
