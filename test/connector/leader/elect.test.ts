import assert from "node:assert/strict";
import pino from "pino";
import type { Kubernetes } from "../../../clients/kubernetes/connect.ts";
import { startElection } from "../../../connector/leader/elect.ts";
import { eventually } from "../../support/eventually.ts";

const lease = "flux-system/fluxgate";
const found = {
  metadata: { name: "fluxgate", namespace: "flux-system", resourceVersion: "1" },
  spec: { holderIdentity: "" },
};

describe("an election", () => {
  /** Stands for an API that answers what it is told to. */
  async function elect(
    answer: (method: string, body: unknown) => unknown,
    until: "it leads" | "two turns",
  ) {
    const asked: string[] = [];
    const kubernetes = {
      server: "https://west",
      call: async (_, { method = "GET", body } = {}) => {
        asked.push(method);
        return answer(method, body);
      },
    } as Kubernetes;
    const election = startElection({
      ...{ kubernetes, lease, me: "me", durationMs: 3_000, onChange: () => undefined },
      log: pino({ level: "silent" }),
    });
    const turns = () => asked.filter((method) => method === "GET").length;
    await eventually(until, () =>
      (until === "it leads" ? election.left() > 0 : turns() >= 2) ? true : undefined,
    );
    const left = election.left();
    await election.stop();
    return { left, asked };
  }

  it("is won by a lease that is free, once the API says that it was written", async () => {
    const { asked } = await elect((method, body) => (method === "GET" ? found : body), "it leads");
    assert.ok(asked.includes("PUT"));
  });

  it("takes nothing by a document that is no lease, or one without a version", async () => {
    const unversioned = { name: "fluxgate", namespace: "flux-system" };
    for (const odd of [{}, { items: [] }, { ...found, metadata: unversioned }]) {
      const { left, asked } = await elect(() => odd, "two turns");
      assert.equal(left, 0);
      assert.ok(!asked.includes("PUT"), asked.join(", "));
    }
  });

  it("is not won by an answer that does not say so", async () => {
    const { left } = await elect((method) => (method === "GET" ? found : {}), "two turns");
    assert.equal(left, 0);
  });
});
