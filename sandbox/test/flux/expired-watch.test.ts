import assert from "node:assert/strict";
import { get } from "node:https";
import { KubeConfig } from "@kubernetes/client-node";
import { embeddedFlux } from "./embedded-flux.ts";

describe("a watch of the embedded cluster", () => {
  it("ends with 410 when it asks for a version that is no longer remembered", async () => {
    const flux = await embeddedFlux();
    try {
      const config = new KubeConfig();
      config.loadFromFile(flux.kubeconfig);
      const headers = { Authorization: `Bearer ${config.getCurrentUser()?.token}` };
      const ca = Buffer.from(config.getCurrentCluster()?.caData ?? "", "base64");
      const url = `${flux.url}/api/v1/namespaces?watch=true&resourceVersion=1`;
      const body = await new Promise<string>((resolve, reject) => {
        get(url, { headers, ca }, (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.on("end", () => resolve(text));
        }).on("error", reject);
      });
      const { type, object } = JSON.parse(body) as {
        type: string;
        object: { code: number; reason: string; message: string };
      };
      assert.deepEqual([type, object.code, object.reason], ["ERROR", 410, "Expired"]);
      assert.match(object.message, /^too old resource version: 1 \(\d+\)$/);
    } finally {
      await flux.stop();
    }
  });
});
