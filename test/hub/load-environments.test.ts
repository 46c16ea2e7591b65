import assert from "node:assert/strict";
import { setDocument } from "../../clients/azure-devops/extension-data.ts";
import { snapshotCollection } from "../../core/environment-snapshot.ts";
import { HttpError } from "../../core/errors.ts";
import { loadEnvironments } from "../../hub/data/load-environments.ts";
import { createMemory } from "../../hub/data/memory.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../support/sandbox.ts";
import { folder, shop } from "../e2e/shop-objects.ts";
import { aSnapshot } from "./a-snapshot.ts";

const images = { api: "1.4.0", web: "2.0.0" };
const extension = { publisher: "fluxgate", name: "fluxgate" };

const onlyFirst = (known: readonly string[]): readonly string[] =>
  known.filter((name) => name === "env-0");

describe("the environments of a project", function () {
  this.timeout(60_000);
  for (const [many, most] of [
    [1, 20],
    [500, 20],
  ] as const) {
    it(`are read with few calls when there are ${many}: only what is shown costs more`, async () => {
      const environments = Array.from({ length: many }, (_, index) => `env-${index}`);
      const files = Object.assign(
        {},
        ...environments.map((environment) =>
          folder({ environment, objects: shop(images).slice(0, 1), images, run: "" }),
        ),
      ) as Record<string, string>;
      const sandbox = await sandboxWith([{ name: "shop-manifests", files }]);
      try {
        const { facts, first, second } = await load(sandbox);
        assert.equal(facts.repositories[0]?.folders.length, many);
        const looked = facts.repositories[0]?.folders.filter((one) => one.looked) ?? [];
        assert.deepEqual(
          looked.map(({ environment }) => environment),
          ["env-0"],
        );
        assert.ok(first <= most, `${first} calls`);
        // What a commit holds is not asked twice.
        assert.ok(second <= 12, `${second} calls`);
      } finally {
        await sandbox.close();
      }
    });
  }

  it("that cannot be read take no others along, and are never those that were not looked at", async () => {
    const files = Object.assign(
      {},
      ...["a", "b"].map((environment) =>
        folder({ environment, objects: shop(images), images, run: "" }),
      ),
    ) as Record<string, string>;
    const sandbox = await sandboxWith([{ name: "shop-manifests", files }]);
    try {
      const refused = /itemPath=%2Fa&/;
      const { facts } = await load(sandbox, { shown: () => ["a", "b"], refused });
      const folders = facts.repositories.flatMap((one) => one.folders);
      assert.deepEqual(
        folders.map(({ environment, looked, unread }) => [
          environment,
          looked,
          unread !== undefined,
        ]),
        [
          ["a", false, true],
          ["b", true, false],
        ],
      );
      assert.match(
        String(facts.problems),
        /^What became of a could not be read\. You are not allowed/,
      );
      // Which repositories have manifests the reports of connectors tell as well.
      const pulls = await load(sandbox, { shown: () => ["b"], refused: /git\/pullrequests\?/ });
      assert.equal(pulls.facts.repositories[0]?.folders[1]?.looked, true);
      assert.match(String(pulls.facts.problems), /^Pull requests could not be read/);
    } finally {
      await sandbox.close();
    }
  });

  async function load(
    sandbox: Sandbox,
    {
      shown = onlyFirst,
      refused = /^$/,
    }: { readonly shown?: typeof onlyFirst; readonly refused?: RegExp } = {},
  ) {
    const connector = clientOf(sandbox, "connector");
    const repository = { project: "fluxgate-test", name: "shop-manifests", branch: "main" };
    const document = { ...aSnapshot, repository, __etag: -1 };
    await setDocument(connector, {
      ...{ publisher: "fluxgate", extension: "fluxgate", collection: snapshotCollection },
      document,
    });
    const reader = clientOf(sandbox, "reader");
    let calls = 0;
    const ado = {
      ...reader,
      http: (request: Parameters<typeof reader.http>[0]) => {
        calls += 1;
        if (!refused.test(request.url)) return reader.http(request);
        throw new HttpError(`GET ${request.url} answered 403: no`, {
          code: "refused",
          status: 403,
        });
      },
    };
    const { json } = await reader
      .http({
        method: "GET",
        url: `${sandbox.organisationUrl}/_apis/projects?api-version=7.1`,
      })
      .then((answer) => ({ json: answer.json<{ value: { name: string }[] }>() }));
    const of = {
      ...{ project: json.value[0]?.name ?? "", extension, near: undefined, shown },
    };
    const memory = createMemory();
    const facts = await loadEnvironments(ado, of, memory);
    const first = calls;
    calls = 0;
    await loadEnvironments(ado, of, memory);
    return { facts, first, second: calls };
  }
});
