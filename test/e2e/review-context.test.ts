import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { pushNewBranch } from "../../clients/azure-devops/push-files.ts";
import { createThread } from "../../clients/azure-devops/placed-threads.ts";
import { postPullRequestStatus } from "../../clients/azure-devops/pull-request-statuses.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import {
  findingProperty,
  validationContext,
  writeFinding,
} from "../../core/run/validation-record.ts";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { kustomization } from "../hub/a-snapshot.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { cache, folder, shop } from "./shop-objects.ts";
import { useHub } from "./use-hub.ts";

const next = { api: "1.5.0", web: "2.1.0" };

describe("what a review says beside the change", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;
  let code: { readonly old: string; readonly next: string };

  useHub(async (...opened) => {
    [browser, world] = opened;
    code = await writeCode();
  });

  /** Two commits of the code repository. */
  async function writeCode() {
    const developer = clientOf(world.sandbox, "developer");
    const repo = { project: "shop", repository: "shop" };
    const [main] = await listRefs(developer, { repo, filter: "heads/main" });
    const old = main?.objectId ?? "";
    const content = new TextEncoder().encode("ttl: 60\n");
    const next = await pushNewBranch(developer, {
      ...{ repo, ref: "refs/heads/next", onto: old, message: "Raise the cache's life #42" },
      files: [{ path: "cache.yaml", content, exists: false }],
    });
    return { old, next };
  }

  const well = { state: "succeeded", description: "healthy" } as const;
  const seen = (environment: string, objects: ReturnType<typeof kustomization>[] = []) =>
    world.observe({
      ...{ environment, cluster: "weu", active: true, leftOut: 0, workloads: [], objects },
      observedAt: new Date().toISOString(),
    });
  const write = (environment: string, source: string, images = next) =>
    folder({ environment, objects: shop(images), images, run: "", source, origins });
  const origins = {
    apps: { api: { steps: ["helm", "kustomize"] } },
    objects: {
      "api/shop_apps_v1_deployment_api.yaml": {
        files: [{ file: "chart/templates/<b>deployment</b>.yaml" }, { file: "overlay" }],
        reads: [
          { name: "ttl", file: "cache.yaml", line: 1 },
          { name: "host", variable: "API_HOST" },
        ],
      },
    },
  };
  const textOf = async (id: number) => {
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Green means");
    await frame.waitForSelector("dt:has-text('Validation')");
    for (const more of await frame.locator(".fg-context summary").all()) await more.click();
    const text = (await frame.innerText(".fg-context")).replaceAll(/\s+/g, " ");
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(complaints, []);
    return text;
  };

  it("is where it ran, what code it is, what the target is in, what green means, and the way back", async () => {
    const staging = await world.push({
      ...{ branch: "main", message: "staging", writes: write("staging", code.next) },
    });
    await world.report(staging, { name: "shop/staging", ...well });
    const images = world.first;
    const before = folder({
      ...{ environment: "prod", objects: [...shop(images), cache], images, run: "" },
      source: code.old,
    });
    const freeze = {
      ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "prod" },
      ...{ from: "2026-01-01T00:00:00Z", reason: "Christmas" },
    };
    const writes = { ...before, "prod/.fluxgate/freeze.json": JSON.stringify(freeze) };
    await world.push({ branch: "main", message: "prod", writes });
    await seen("staging");
    await seen("prod", [kustomization("shop", "suspended", "by Ana")]);
    const { id } = await world.openRun({
      ...{ environment: "prod", writes: write("prod", code.next) },
      deletes: ["prod/api/shop_v1_persistentvolumeclaim_cache.yaml"],
    });
    const build = clientOf(world.sandbox, "build");
    const of = { repo: world.repo, id };
    await postPullRequestStatus(build, {
      ...of,
      status: {
        context: validationContext,
        state: "failed",
        description: "1 error",
        iterationId: 1,
      },
    });
    await createThread(build, {
      ...{ ...of, content: writeFinding("Deployment web: no such field"), status: "active" },
      properties: { [findingProperty]: "a" },
    });
    const text = await textOf(id);
    assert.match(
      text,
      /Elsewhere The same code and images have been healthy in staging for \d+ sec/,
    );
    assert.match(
      text,
      /Target now prod: prod is frozen: Christmas \(and 1 more\).*shop in weu is suspended/,
    );
    assert.match(text, /Code 1 commit of shop more than is there now, by .*Raise the cache's life/);
    assert.match(text, /#42 work item/);
    assert.match(text, /Validation Failed: 1 error\..*Deployment web: no such field/);
    assert.match(text, /Green means Deployment shop\/api, Deployment shop\/web seen healthy; /);
    assert.match(
      text,
      /Way back A revert does not bring back PersistentVolumeClaim shop\/cache: its d/,
    );
  });

  it("is of each object its template, values and variables, and of files that they are not as rendered", async () => {
    const rendered = write("staging", code.next, { ...next, api: "1.6.0" });
    const byHand = "staging/api/shop_v1_service_api.yaml";
    const writes = { ...rendered, [byHand]: `${rendered[byHand] ?? ""}# by hand\n` };
    const { id } = await world.openRun({ environment: "staging", writes });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector(
      "text=/1 file is not as the run rendered it: api\\/shop_v1_service_api\\.yaml\\./",
    );
    const origin = frame.locator("li:has-text('Deployment shop/api') .fg-origin");
    await origin.waitFor();
    assert.match(
      (await origin.innerText()).replaceAll(/\s+/g, " "),
      /From \(helm, kustomize\) chart\/templates\/<b>deployment<\/b>\.yaml, overlay Its template names ttl: cache\.yaml:1, host: variable API_HOST/,
    );
    const link = await origin.locator("a", { hasText: "cache.yaml" }).getAttribute("href");
    assert.match(
      link ?? "",
      new RegExp(`/shop/_git/shop\\?path=%2Fcache\\.yaml&version=GC${code.next}&line=1`),
    );
    assert.equal(await frame.locator(".fg-origin").count(), 1);
    assert.deepEqual(await axeProblems(frame), []);
  });

  it("is said to be unknown where nobody told it, never to be well", async () => {
    const main = write("dev", code.old, world.first);
    await world.push({ branch: "main", message: "dev", writes: main });
    const { id } = await world.openRun({ environment: "dev", writes: write("dev", code.next) });
    const text = await textOf(id);
    assert.match(text, /Elsewhere No environment of the delivery comes before this one/);
    assert.match(text, /Target now Not known: no connector reports on a cluster of dev/);
    assert.match(text, /Validation Not validated/);
    assert.match(text, /Green means Nothing will say that it is green/);
    assert.match(text, /Way back A revert brings all of this back, as far as manifests tell/);
  });
});
