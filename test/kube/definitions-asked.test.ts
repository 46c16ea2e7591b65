import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { validate } from "../../kube/validate.ts";

const object = (kind: string): KubernetesObject => ({
  apiVersion: "fabrikam.com/v1",
  kind,
  metadata: { name: "a" },
});
const definition = (kind: string): KubernetesObject => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${kind.toLowerCase()}s.fabrikam.com` },
  spec: { group: "fabrikam.com", names: { kind } },
});

// The definitions of an operator take seconds to read, and beside them there is often no object of theirs.
describe("the definitions that the API server's code reads", () => {
  it("are those of the kinds that are judged, as they are and as they were", async () => {
    const asked: string[] = [];
    const client = {
      call: (request: string) => {
        asked.push(request);
        const objects = [{ kind: "judged", errors: [], warnings: [] }];
        return Promise.resolve({ kind: "answered", text: JSON.stringify({ objects }) } as const);
      },
      warm: () => undefined,
      close: () => undefined,
    };
    await validate(client, {
      objects: [{ object: object("Queue"), before: object("Topic") }],
      definitions: ["Queue", "Topic", "Shard"].map(definition),
    });
    const [{ definitions }] = asked.map(
      (text) => JSON.parse(text) as { definitions: string[] },
    ) as [{ definitions: string[] }];
    const kinds = definitions.map((text) => /"kind":"(Queue|Topic|Shard)"/.exec(text)?.[1]);
    assert.deepEqual(kinds, ["Queue", "Topic"]);
  });
});
