import assert from "node:assert/strict";
import { nodePortsOutside } from "../../../core/manifests/node-ports.ts";

const service = (spec: unknown, kind = "Service") => ({
  ...{ apiVersion: "v1", kind, metadata: { name: "web" } },
  spec,
});

describe("ports of nodes", () => {
  it("are named where a usual API server gives them to nobody", () => {
    const ports = [{ nodePort: 80 }, { nodePort: 30_000 }, { nodePort: 32_768 }, { port: 80 }];
    const said = nodePortsOutside(service({ ports, healthCheckNodePort: 8080 }));
    assert.deepEqual(
      said.map((text) => text.split(" is outside")[0]),
      [
        "spec.ports[0].nodePort: 80",
        "spec.ports[2].nodePort: 32768",
        "spec.healthCheckNodePort: 8080",
      ],
    );
  });

  it("are not named where they are none", () => {
    // What no port is at all the API server's own code refuses.
    for (const nodePort of [0, null, "80", 70_000, -1, 30_080, undefined])
      assert.deepEqual(nodePortsOutside(service({ ports: [{ nodePort }] })), [], String(nodePort));
    for (const odd of [undefined, null, [], { ports: "80" }, { ports: [null] }])
      assert.deepEqual(nodePortsOutside(service(odd)), []);
    assert.deepEqual(nodePortsOutside(service({ ports: [{ nodePort: 80 }] }, "Gateway")), []);
  });
});
