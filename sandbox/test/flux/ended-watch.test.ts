import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createKinds } from "../../flux-embedded/api/kinds.ts";
import { createStore } from "../../flux-embedded/api/store.ts";
import { streamWatch } from "../../flux-embedded/http/watch-stream.ts";

describe("a watch of the embedded Kubernetes API", () => {
  it("takes no harm from a change between its end and its close", async () => {
    const store = createStore();
    const kind = createKinds().byKind("v1", "ConfigMap");
    assert.ok(kind);
    const server = createServer((_request, response) => {
      const options = {
        kind,
        version: "v1",
        namespace: undefined,
        matches: () => true,
        show: () => ({}),
      };
      const query = new URLSearchParams();
      streamWatch(store, response, { ...options, query, bookmarkMs: 60_000 });
      response.end();
      const metadata = { name: "late", namespace: "shop" };
      store.create(kind, { apiVersion: "v1", kind: "ConfigMap", metadata });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    assert.equal(await answer.text(), "");
    server.close();
  });
});
