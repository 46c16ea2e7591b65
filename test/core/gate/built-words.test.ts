// What a build by Flux' own code says of X, in the words of the log.
import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { BuiltChange } from "../../../core/gate/gate-input.ts";
import {
  api,
  cluster,
  healthy,
  input,
  kustomization,
  now,
  older,
  source,
  x,
} from "./gate-world.ts";

const named = (name: string) => ({ ...api, name });
const whole = { dev: { whole: "dev/kustomization.yaml uses namePrefix", unreached: [] } };
const holding = (names: readonly string[], built: Readonly<Record<string, BuiltChange>>) =>
  cluster({
    flux: [
      source(),
      kustomization({ inventory: names.map((name) => `shop_${name}_apps_Deployment`) }),
    ],
    health: Object.fromEntries(names.map((name) => [`Deployment.apps/shop/${name}`, healthy])),
    built,
  });

describe("decide(): what Flux builds of X", () => {
  const built = (change: Partial<Extract<BuiltChange, { kind: "built" }>>, inventory = ["api"]) =>
    decide(
      input({
        layouts: whole,
        clusters: [
          holding(inventory, {
            "Kustomization/flux-system/shop-dev": {
              ...{ kind: "built", changed: [], removed: [], hasUnknownValues: false },
              ...change,
            },
          }),
        ],
      }),
      now,
    );
  const said = (verdict: ReturnType<typeof built>) =>
    [...verdict.progress, ...verdict.notes].join("\n");

  it("is counted in words", () => {
    assert.match(said(built({ changed: [api] })), /by Flux' build X changes 1 object$/m);
    const two = built({ changed: [api, named("web")] }, ["api", "web"]);
    assert.match(said(two), /by Flux' build X changes 2 objects$/m);
    assert.match(said(built({})), /by Flux' build X changes nothing that stays$/m);
  });

  it("does not tell where an identity hangs on a value of the cluster", () => {
    const open = built({ changed: [named("${name}")] });
    assert.match(
      said(open),
      /Flux' build does not tell: the identity Deployment shop\/\$\{name\} hangs/,
    );
    assert.match(said(built({ changed: [{ ...api, namespace: "${ns}" }] })), /\$\{ns\}\/api hangs/);
  });

  it("does not tell where the inventory lacks what it names", () => {
    const lost = built({ changed: [named("web")] });
    assert.match(said(lost), /does not tell: its inventory has no Deployment shop\/web/);
  });

  it("is looked for in the inventory of its own Kustomization alone", () => {
    const flux = [
      source(),
      kustomization({
        inventory: ["shop_web_apps_Deployment"],
        applied: older,
        attempted: x,
        ready: { status: "False", reason: "HealthCheckFailed", message: "other" },
      }),
      kustomization({ name: "other", path: "./other" }),
    ];
    const change = { kind: "built", changed: [api], removed: [], hasUnknownValues: false } as const;
    const of = { "Kustomization/flux-system/shop-dev": change };
    const clusters = [cluster({ flux, built: of })];
    const verdict = decide(input({ layouts: whole, clusters }), now);
    assert.match(said(verdict), /does not tell: its inventory has no Deployment shop\/api/);
  });
});
