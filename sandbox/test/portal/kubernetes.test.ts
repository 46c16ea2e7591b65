import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { FluxCluster } from "../../flux.ts";
import { embeddedFlux } from "../flux/embedded-flux.ts";
import { restOf } from "../support/rest.ts";
import { axeProblems, seeOn } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

const objects = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.fabrikam.com/shop/web:1.0.0" }] }
`;
const long = { timeout: 60_000 };

describe("an environment's Kubernetes resource in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();
  let flux: FluxCluster;
  before(async () => {
    flux = await embeddedFlux();
    await flux.apply(objects);
  });
  after(() => flux.stop());

  async function addResource(kubeconfig: string): Promise<void> {
    const admin = restOf(world().sandbox, "admin");
    const { id } = await admin.send<{ id: string }>(
      "POST",
      "shop/_apis/serviceendpoint/endpoints?api-version=5.0-preview.2",
      {
        ...{ name: "cluster", type: "kubernetes", url: flux.url },
        authorization: { scheme: "Kubernetes", parameters: { kubeconfig } },
      },
    );
    await admin.send("POST", "shop/_apis/distributedtask/environments/1/providers/kubernetes", {
      ...{ name: "web-team", namespace: "shop", clusterName: "local", serviceEndpointId: id },
    });
  }

  it("leads from the environment to workloads, pods with YAML and log, and services", async () => {
    await addResource(await readFile(flux.kubeconfig, "utf8"));
    const { page, complaints } = await open("_environments");
    await page.click("main >> text=production");
    await page.click("main >> text=Resources");
    await page.click("table[aria-label=Resources] >> text=web-team");
    await page.waitForSelector("main >> text=Namespace shop of local");
    await page.waitForSelector("table[aria-label=Workloads] >> text=1/1", long);
    await page.click("nav[aria-label='Kubernetes resource'] >> text=Pods");
    await page.waitForSelector("table[aria-label=Pods] >> text=Running", long);
    await page.click("table[aria-label=Pods] tbody a");
    await page.waitForSelector("[aria-label^='Content of web-'] >> text=kind: Pod", long);
    await page.click("main >> text=Logs");
    await page.waitForSelector("[aria-label='Log of web'] >> text=/web:1.0.0 started/", long);
    assert.deepEqual(await axeProblems(page.mainFrame()), []);
    await page.click("nav[aria-label='Kubernetes resource'] >> text=Services");
    await page.waitForSelector("table[aria-label=Services] >> text=8080/TCP", long);
    assert.deepEqual(await axeProblems(page.mainFrame()), []);
    assert.deepEqual(complaints, []);
  });

  it("says why, when the cluster does not answer its service connection", async () => {
    const wrong = (await readFile(flux.kubeconfig, "utf8")).replace(/token: .*/, "token: wrong");
    await addResource(wrong);
    const { page } = await open("_environments/1/providers/kubernetes/1");
    await seeOn(page, "[role=alert] >> text=The cluster answered 401: Unauthorized", long);
  });
});
