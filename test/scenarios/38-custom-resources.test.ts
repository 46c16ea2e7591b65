import assert from "node:assert/strict";
import { ended, waiting, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

const definition = (kind: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${kind.toLowerCase()}s.s38.example.com }
spec:
  group: s38.example.com
  names: { kind: ${kind}, plural: ${kind.toLowerCase()}s, singular: ${kind.toLowerCase()} }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
const resource = (kind: string, size: number) =>
  `apiVersion: s38.example.com/v1\nkind: ${kind}\nmetadata: { name: main, namespace: default }\nspec: { size: ${size} }\n`;

describe("scenario 38: custom resources", () => {
  let world: World;
  before(async () => {
    const files = (kind: string) => ({
      "a-definition.yaml": definition(kind),
      "main.yaml": resource(kind, 1),
    });
    world = await startPlainWorld([
      { name: "s38-plain", files: files("Widget") },
      {
        name: "s38-exprs",
        files: files("Gadget"),
        spec: {
          healthCheckExprs: [
            {
              ...{ apiVersion: "s38.example.com/v1", kind: "Gadget" },
              current: "status.sizeNow == spec.size",
              failed: "has(status.broken) && status.broken",
            },
          ],
        },
      },
    ]);
  });
  after(() => world.close());

  const says = (kind: string, status: object) =>
    world.kubectl(
      ...["patch", kind, "main", "-n", "default", "--subresource=status", "--type=merge"],
      ...["-p", JSON.stringify({ status })],
    );
  const line = (run: Parameters<typeof waitLog>[1], pattern: RegExp) =>
    eventually(
      `${String(pattern)} in the log`,
      async () => (await waitLog(world, run)).find((one) => pattern.test(one)),
      { withinMs: 60_000, everyMs: 200 },
    );

  it("without a status are not healthy, and the log says so; with one they are", async () => {
    const run = await change(world, "s38-plain", { "main.yaml": resource("Widget", 2) });
    await waiting(world, run);
    await line(run, /Widget default\/main: in progress: its status is empty/);
    await says("widget", { conditions: [{ type: "Ready", status: "True" }] });
    assert.equal(await ended(world, run), "succeeded");
  });

  it("fail the run by the condition that says so", async () => {
    const run = await change(world, "s38-plain", { "main.yaml": resource("Widget", 3) });
    await waiting(world, run);
    const degraded = { type: "Degraded", status: "True", reason: "DiskFull", message: "no room" };
    await says("widget", { conditions: [degraded] });
    assert.equal(await ended(world, run), "failed");
    await line(run, /##\[error\]Widget default\/main: DiskFull: no room/);
  });

  it("are judged by healthCheckExprs where the Kustomization has them", async () => {
    const run = await change(world, "s38-exprs", { "main.yaml": resource("Gadget", 2) });
    await waiting(world, run);
    await says("gadget", { sizeNow: 1, conditions: [{ type: "Ready", status: "True" }] });
    await line(run, /Gadget default\/main: in progress/);
    await says("gadget", { sizeNow: 2 });
    assert.equal(await ended(world, run), "succeeded");
  });
});
