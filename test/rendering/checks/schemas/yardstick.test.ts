import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { knownCluster } from "../../../../rendering/checks/schemas/known-schemas.ts";
import { checkSchema } from "../../../../core/manifests/check-schema.ts";
import { identityOf } from "../../../../core/manifests/identity.ts";
import type { KubernetesObject } from "../../../../core/manifests/identity.ts";
import { typeKey } from "../../../../core/manifests/object-schemas.ts";
import { isRecord, parseManifests } from "../../../../core/manifests/parse.ts";
import { yardstickObjects } from "./yardstick-objects.ts";

// fluxcd/flux-schema's catalogue for Kubernetes 1.36, made by others from the same types.
const archive = "../shared/schemas/flux-schema-catalog.tgz";
type Path = readonly (string | number)[];
const formats = {
  int32: { type: "number", validate: (value: number) => Math.abs(value) < 2 ** 31 },
  byte: /^[A-Za-z0-9+/]*={0,2}$/,
  "date-time": true,
  int64: true,
  duration: true,
  double: true,
} as const;

describe("our schemas and those of fluxcd/flux-schema", () => {
  let folder: string;
  before(function () {
    if (!existsSync(archive)) this.skip();
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-yardstick-"));
    assert.equal(spawnSync("tar", ["xzf", archive, "-C", folder]).status, 0);
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  const { documents } = parseManifests(yardstickObjects, "yardstick.yaml");
  const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });
  for (const { object } of documents) {
    it(`judge every change of one field of a ${object.kind} alike`, () => {
      const { group, kind, version } = identityOf(object);
      const file = `${group || "core"}/${kind.toLowerCase()}_${version}.json`;
      const schema = JSON.parse(readFileSync(join(folder, "latest", file), "utf8")) as object;
      const theirs = new Ajv({ strict: false, formats }).compile(schema);
      assert.deepEqual([ours(object), theirs(object)], [[], true]);
      const changed = variants(object);
      assert.ok(changed.length > 50);
      const different = changed.filter(
        ({ value }) => (ours(value as KubernetesObject).length === 0) !== theirs(value),
      );
      assert.deepEqual(
        different.map(({ change }) => change),
        [],
      );
    });
  }

  function ours(object: KubernetesObject): readonly string[] {
    const { definitions, kinds } = cluster.schemas;
    const kind = kinds[typeKey(identityOf(documentOf(object)))];
    const schema = kind && definitions[kind.definition];
    assert.ok(schema);
    return checkSchema(object, schema, { definitions, matches: cluster.matches });
  }

  // A changed object may have lost its very type.
  function documentOf(object: KubernetesObject): KubernetesObject {
    const same = documents.find((each) => each.object.kind === object.kind);
    assert.ok(same);
    return same.object;
  }
});

const values = [7, 1.5, 3e9, "x y", true, [], {}, { zz: 1 }, [{}]];
// Ours is stricter in a CRD's schema and at the top, takes numbers as quantities as Kubernetes does,
// and leaves apiVersion and kind to the parser.
const judgedOtherwise =
  /openAPIV3Schema|resources\.(limits|requests)|sizeLimit|^(apiVersion|kind)$/;

function variants(object: KubernetesObject) {
  const paths = pathsIn(object).filter((path) => !judgedOtherwise.test(path.join(".")));
  return paths.flatMap((path) => {
    const name = path.join(".");
    const key = path.at(-1);
    const typo =
      typeof key === "string" && path.length > 1 ? [...path.slice(0, -1), `${key}z`] : [];
    return [
      ...values.map((value) => ({
        change: `${name}: ${JSON.stringify(value)}`,
        value: withValue(object, path, value),
      })),
      ...(typo.length > 0
        ? [{ change: `${name}z`, value: withValue(without(object, path), typo, 1) }]
        : []),
      { change: `no ${name}`, value: without(object, path) },
    ];
  });
}

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  const children: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return children.flatMap(([key, child]) => {
    const inner = [...path, key];
    return [inner, ...pathsIn(child, inner)];
  });
}

function withValue(value: unknown, path: Path, leaf: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (at === key ? withValue(item, rest, leaf) : item));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: withValue(record[key], rest, leaf) };
}

function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  const isHere = rest.length === 0;
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, at) =>
      at !== key ? [item] : isHere ? [] : [without(item, rest)],
    );
  }
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([name, child]) =>
      name !== key ? [[name, child]] : isHere ? [] : [[name, without(child, rest)]],
    ),
  );
}
