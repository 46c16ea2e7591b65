import assert from "node:assert/strict";
import { defaultsOfFlux, fluxDefaults } from "../../core/diff/default-values-of-flux.ts";
import { identityOf } from "../../core/manifests/identity.ts";
import { typeName } from "../../core/diff/object-type.ts";
import { fluxCases } from "../kube/flux-cases.ts";
import { changed, mistakesIn } from "../kube/server-case.ts";
import { useApiServer } from "./api-server.ts";
import { schemasFor } from "./field-edits.ts";

// Flux's own install brings the definitions here. The module judges the same objects by those that it
// carries: test/kube/flux-definitions.test.ts.
describe("Flux's kinds and what the real API server says of them", function () {
  this.timeout(120_000);
  const server = useApiServer();

  for (const [kind, one] of Object.entries(fluxCases)) {
    it(`are as test/kube/flux-cases.ts says: ${kind}`, async () => {
      const path = await server.pathOf(changed(one.valid));
      const asked = [{}, ...(one.fine ?? []), ...mistakesIn(one)];
      const refused: object[] = [];
      for (const change of asked) {
        const how = { strict: true, dryRun: true };
        const said = await server.refusal(path, changed(one.valid, change), how);
        if (said !== undefined) refused.push(change);
      }
      assert.deepEqual(refused, mistakesIn(one));
    });
  }

  it("fill in what a review takes for their defaults, and no more", async () => {
    for (const { valid } of Object.values(fluxCases)) {
      const object = changed(valid);
      const { own } = schemasFor(object, await server.schemasOf(object));
      const filled = defaultsIn({ properties: { spec: own.properties?.["spec"] ?? {} } });
      const name = typeName(identityOf(object));
      const taken = { ...defaultsOfFlux[name] };
      for (const [place, value] of Object.entries(fluxDefaults)) {
        if (filled[place] === value) taken[place] = value;
      }
      assert.deepEqual(filled, taken, name);
    }
  });
});

type Schema = {
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

function defaultsIn(schema: Schema, place = ""): Record<string, unknown> {
  const { properties = {}, items } = schema;
  const below = Object.entries(properties).map(([key, one]) =>
    defaultsIn(one, place === "" ? key : `${place}.${key}`),
  );
  return Object.assign(
    schema.default === undefined ? {} : { [place]: schema.default },
    ...below,
    items === undefined ? {} : defaultsIn(items, `${place}[]`),
  ) as Record<string, unknown>;
}
