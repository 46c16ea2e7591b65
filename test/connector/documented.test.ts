import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { configSchema } from "../../core/connector-config/config-schema.ts";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import { createMetrics } from "../../connector/metrics.ts";
import { sourceFiles } from "../../scripts/source-files.ts";
import { parse } from "yaml";

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
};

const page = readFileSync("docs/connector.md", "utf8");

describe("the connector's documentation", () => {
  it("names every key of the configuration, and no other", () => {
    const keys = keysOf(configSchema as Schema).filter(
      (key) => key !== "apiVersion" && key !== "kind",
    );
    const documented = [...section("Configuration").matchAll(/^\| `([a-zA-Z[\].]+)` \|/gm)].map(
      ([, key = ""]) => key,
    );
    assert.deepEqual(documented.sort(), [...keys].sort());
  });

  it("shows a configuration that is accepted", () => {
    const [, yaml = ""] = /```yaml\n(# values\.yaml[\s\S]*?)```/.exec(page) ?? [];
    const { config } = parse(yaml) as { readonly config: object };
    const whole = { apiVersion: "fluxgate.dev/v1", kind: "ConnectorConfig", ...config };
    assert.equal(parseConfig(JSON.stringify(whole), "values.yaml").mode, "observe");
  });

  it("names every metric", async () => {
    const metrics = await createMetrics().registry.getMetricsAsJSON();
    const own = metrics.map(({ name }) => name).filter((name) => name.startsWith("fluxgate_"));
    const documented = [...page.matchAll(/^\| `(fluxgate_[a-z_]+)/gm)].map(([, name = ""]) => name);
    assert.deepEqual(documented.sort(), own.sort());
  });

  it("explains every error code in docs/troubleshooting.md", () => {
    const explained = new Set(
      [...readFileSync("docs/troubleshooting.md", "utf8").matchAll(/^## (\S+)$/gm)].map(
        ([, code = ""]) => code,
      ),
    );
    const used = sourceFiles()
      .filter((path) => /^(connector|clients\/kubernetes)\//.test(path))
      .flatMap((path) => {
        const codes = /\bcode:[^,;\n]*?"([a-z-]+)"(?: : "([a-z-]+)")?/g;
        return [...readFileSync(path, "utf8").matchAll(codes)].flatMap(([, ...found]) =>
          found.filter((code) => code !== undefined),
        );
      });
    assert.ok(used.includes("cluster-forbidden") && used.includes("no-cluster"));
    assert.deepEqual(
      used.filter((code) => !explained.has(code)),
      [],
    );
  });
});

function section(title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
}

/** `environments[].clusters[].name` for every value that can be set. */
function keysOf({ properties, items }: Schema, at = ""): readonly string[] {
  if (items?.properties) return keysOf(items, `${at}[]`);
  if (!properties) return [at];
  return Object.entries(properties).flatMap(([key, value]) =>
    keysOf(value, at === "" ? key : `${at}.${key}`),
  );
}
