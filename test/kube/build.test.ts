import assert from "node:assert/strict";
import { useKube } from "../support/kube.ts";

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`;
const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n";

describe("Flux's own build", function () {
  this.timeout(120_000);
  const kube = useKube();

  it("applies what the Kustomization says, and names the file of each object", async () => {
    const result = await kube().build({
      files: { "dev/web.yaml": deployment, "dev/sub/settings.yaml": settings },
      kustomization: {
        spec: {
          path: "./dev",
          targetNamespace: "shop",
          namePrefix: "p-",
          commonMetadata: { labels: { team: "shop" } },
          images: [{ name: "web", newTag: "2" }],
          patches: [
            {
              target: { kind: "Deployment" },
              patch: "- op: add\n  path: /metadata/annotations\n  value: { a: b }\n",
            },
          ],
        },
      },
    });
    assert.equal(result.kind, "built");
    const objects = result.kind === "built" ? result.objects : [];
    assert.deepEqual(
      objects.map(({ object, file }) => [object.kind, object.metadata.name, file]),
      [
        ["ConfigMap", "p-settings", "dev/sub/settings.yaml"],
        ["Deployment", "p-web", "dev/web.yaml"],
      ],
    );
    const { metadata, ["spec"]: spec } = objects[1]?.object ?? assert.fail();
    assert.deepEqual(metadata, {
      name: "p-web",
      namespace: "shop",
      labels: { team: "shop" },
      annotations: { a: "b" },
    });
    assert.match(JSON.stringify(spec), /"image":"web:2"/);
  });

  it("follows bases outside the folder, and names the kustomization that generates", async () => {
    const result = await kube().build({
      files: {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": deployment,
        "dev/kustomization.yaml":
          "resources: [../base]\nconfigMapGenerator: [{ name: made, literals: [a=b] }]\n",
        "other/broken.yaml": ": :",
      },
      path: "dev",
    });
    const objects = result.kind === "built" ? result.objects : assert.fail(JSON.stringify(result));
    assert.deepEqual(
      objects.map(({ file }) => file),
      ["base/web.yaml", "dev/kustomization.yaml"],
    );
    assert.match(objects[1]?.object.metadata.name ?? "", /^made-[a-z0-9]{10}$/);
    assert.deepEqual(result.kind === "built" && result.read, [
      "base/kustomization.yaml",
      "base/web.yaml",
      "dev/kustomization.yaml",
    ]);
  });

  it("fails in Flux's own words, with paths as the repository has them", async () => {
    const broken = await kube().build({ files: { "dev/a.yaml": "kind: x\n" }, path: "dev" });
    assert.equal(broken.kind, "failed");
    assert.match(
      broken.kind === "failed" ? broken.message : "",
      /^failed to decode Kubernetes YAML from dev\/a\.yaml: missing metadata\.name/,
    );
    const absent = await kube().build({ files: { "dev/a.yaml": settings }, path: "prod" });
    assert.deepEqual(absent, {
      kind: "failed",
      reason: "ArtifactFailed",
      message: "kustomization path not found: stat prod: no such file or directory",
      read: [],
    });
  });

  it("adds no annotation of its own, and keeps the one that somebody asked for", async () => {
    const kustomization = "resources: [a.yaml]\n";
    const annotations = async (text: string) => {
      const files = { "a.yaml": settings, "kustomization.yaml": text };
      const result = await kube().build({ files, path: "." });
      const { object, file } = (result.kind === "built" && result.objects[0]) || assert.fail();
      assert.equal(file, "a.yaml");
      return object.metadata["annotations"];
    };
    assert.equal(await annotations(kustomization), undefined);
    assert.deepEqual(await annotations(`${kustomization}buildMetadata: [originAnnotations]\n`), {
      "config.kubernetes.io/origin": "path: a.yaml\n",
    });
  });

  it("leaves out what the source leaves out", async () => {
    const files = { "dev/a.yaml": settings, "dev/b.yaml": "no: object\n" };
    const byFile = { ...files, ".sourceignore": "dev/b.yaml\n" };
    for (const request of [{ files, ignore: "/dev/b.yaml" }, { files: byFile }]) {
      const result = await kube().build({ ...request, path: "dev" });
      assert.equal(result.kind === "built" && result.objects.length, 1, JSON.stringify(result));
    }
  });

  it("keeps integers exact", async () => {
    const counted = `${settings}data: { a: "1" }\nbig: 9007199254740993\n`;
    const result = await kube().build({ files: { "a.yaml": counted }, path: "." });
    const object = result.kind === "built" ? result.objects[0]?.object : assert.fail();
    assert.equal(object?.["big"], 9007199254740993n);
  });
});
