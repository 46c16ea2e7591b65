import assert from "node:assert/strict";
import { deployment, editLines, object } from "./manifests.ts";
import { container, pod, policy, service, spec } from "./pair.ts";

type Sides = readonly [before: object | readonly object[], after: object | readonly object[]];

const kustomization = spec("kustomize.toolkit.fluxcd.io/v1", "Kustomization");
const init = (more: object): object => ({
  initContainers: [{ name: "i", image: "r/i:1", ...more }],
});
const tagged = (image: string, more: object = {}) => deployment({ image, ...more });

describe("a field that is written out", () => {
  const minor: readonly [string, Sides, string][] = [
    ["resources of a container that say nothing", container({ resources: {} }, {}), "defaulting"],
    ["no tolerations", pod({ tolerations: [] })({}), "defaulting"],
    [
      "an empty text of env",
      container({ env: [{ name: "A", value: "" }] }, { env: [{ name: "A" }] }),
      "defaulting",
    ],
    [
      "the port as its own target",
      service({ ports: [{ port: 80, targetPort: 80 }] }, { ports: [{ port: 80 }] }),
      "defaulting",
    ],
    [
      "the pull policy of a fixed tag",
      [tagged("r/a:1"), tagged("r/a:1", { imagePullPolicy: "IfNotPresent" })],
      "defaulting",
    ],
    [
      "the pull policy of latest",
      [tagged("r/a"), tagged("r/a", { imagePullPolicy: "Always" })],
      "defaulting",
    ],
    [
      "the types of a policy of ingress",
      policy({ podSelector: {} }, { podSelector: {}, policyTypes: ["Ingress"] }),
      "defaulting",
    ],
    [
      "no suspension of Flux",
      kustomization({ path: "a" }, { path: "a", suspend: false }),
      "defaulting",
    ],
    [
      "the whole strategy",
      spec("apps/v1", "Deployment")(
        {},
        {
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: "25%", maxUnavailable: "25%" },
          },
        },
      ),
      "defaulting",
    ],
    [
      "the time that Flux takes to fetch",
      spec("source.toolkit.fluxcd.io/v1", "GitRepository")({ timeout: "60s" }, {}),
      "defaulting",
    ],
    ["a folder of Flux", kustomization({ path: "./a/" }, { path: "a" }), "formatting"],
  ];
  for (const [what, [before, after], noise] of minor) {
    it(`is minor where it is the default anyway: ${what}`, () => {
      const lines = editLines([before].flat(), [after].flat());
      assert.deepEqual(
        lines.map((line) => line.split(" ").at(-1)),
        [`(${noise})`],
        lines.join("\n"),
      );
    });
  }

  const real: readonly [string, Sides][] = [
    // An init container that always restarts is a sidecar, which runs beside the others.
    ["a sidecar", pod(init({}))(init({ restartPolicy: "Always" }))],
    [
      "a probe's own time to end",
      container(
        { livenessProbe: { tcpSocket: { port: 1 } } },
        { livenessProbe: { tcpSocket: { port: 1 }, terminationGracePeriodSeconds: 30 } },
      ),
    ],
    ["an empty security context of a container", container({ securityContext: {} }, {})],
    [
      "a source that must be there",
      container(
        { envFrom: [{ configMapRef: { name: "a", optional: false } }] },
        { envFrom: [{ configMapRef: { name: "a" } }] },
      ),
    ],
    [
      "the pull policy of latest",
      [tagged("r/a:latest"), tagged("r/a:latest", { imagePullPolicy: "IfNotPresent" })],
    ],
    [
      "a whole strategy with one other value",
      spec("apps/v1", "Deployment")(
        {},
        { strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "50%" } } },
      ),
    ],
    [
      "the time of another kind of Flux",
      spec("kustomize.toolkit.fluxcd.io/v1", "Kustomization")({ timeout: "60s" }, {}),
    ],
    [
      "another target of a port",
      service({ ports: [{ port: 80, targetPort: 81 }] }, { ports: [{ port: 80 }] }),
    ],
    [
      "the types of a policy of egress too",
      policy({ podSelector: {} }, { podSelector: {}, policyTypes: ["Ingress", "Egress"] }),
    ],
    [
      "an empty value of a chart",
      spec("helm.toolkit.fluxcd.io/v2", "HelmRelease")({ values: { a: {} } }, { values: {} }),
    ],
    [
      "an empty field of a kind nobody knows",
      [
        object("x.io/v1", "Thing", { spec: { template: { spec: { tolerations: [] } } } }),
        object("x.io/v1", "Thing", { spec: { template: { spec: {} } } }),
      ],
    ],
  ];
  for (const [what, [before, after]] of real) {
    it(`counts where it is not: ${what}`, () => {
      const lines = editLines([before].flat(), [after].flat());
      assert.ok(lines.length > 0 && lines.some((line) => !line.endsWith(")")), lines.join("\n"));
    });
  }
});
