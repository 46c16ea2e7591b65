import assert from "node:assert/strict";
import { deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const secret = (name: string, data: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: shop }\n${data}\n`;

describe("Secrets that hold no secret", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());
  const allow = (names: string) =>
    space.put({
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }")}  - name: prod\nvalidate: { allowSecrets: ${names} }\n`,
    });

  it("pass where validate.allowSecrets names them, with or without their namespace", async () => {
    allow("[a, shop/b, other/c]");
    space.put({
      "x/a.yaml": secret("a", 'stringData: { motd: "hello" }'),
      "x/b.yaml": secret("b", "data: { motd: aGVsbG8= }"),
      "x/c.yaml": secret("c", 'stringData: { motd: "hello" }'),
    });
    assert.deepEqual(
      (await space.problems({ environments: ["dev"] })).map((text) =>
        text.replace(/ in plain.*/, ""),
      ),
      ["x/c.yaml:1: app api, environment dev: Secret/shop/c: stringData.motd is a secret"],
    );
  });

  it("are still refused what is a secret beyond doubt, in base64 too", async () => {
    allow("[a]");
    const key = Buffer.from("-----BEGIN PRIVATE KEY-----").toString("base64");
    space.put({ "x/a.yaml": secret("a", `data: { key: ${key} }`) });
    const [found] = await space.problems({ environments: ["dev"] });
    assert.match(found ?? "", /Secret\/shop\/a: data.key holds a private key/);
  });

  it("are missed by an entry that matches none, once all environments are rendered", async () => {
    allow("[a, gone]");
    space.put({ "x/a.yaml": secret("a", 'stringData: { motd: "hello" }') });
    const warnings = async (environments?: readonly string[]) =>
      (await space.render(environments ? { environments } : {})).result.environments.flatMap(
        (each) => each.warnings,
      );
    assert.deepEqual(await warnings(), [
      "validate.allowSecrets names gone, and no environment has such a Secret",
    ]);
    assert.deepEqual(await warnings(["dev"]), []);
  });
});
