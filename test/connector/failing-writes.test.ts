import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Connector } from "../../connector/connector.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { createApprovals } from "../../connector/reconcilers/approvals.ts";
import { createEnvironments } from "../../connector/reconcilers/environments.ts";
import { createFreezes } from "../../connector/reconcilers/freezes.ts";
import type { CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";
import { refusal, tamperingFetch } from "../tasks/OpenManifestsPR/tampering-fetch.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

const pullRequests = "shop/_apis/git/repositories/manifests/pullRequests";
const freeze = {
  ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "dev" },
  ...{ from: "2020-01-01T00:00:00Z", reason: "the auditors are here", exempt: "shop Team" },
};
type List<T> = { readonly value: readonly T[] };
type Looks = { readonly look: () => Promise<unknown>; readonly end: () => Promise<unknown> };

describe("what the connector writes, with each call failing once", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let changes = 0;
  const { tampering, fetch } = tamperingFetch();
  const isWrite = (call: string) => !call.startsWith("GET ");
  before(async () => {
    const files = { "dev/a.yaml": "", "dev/.fluxgate/freeze.json": JSON.stringify(freeze) };
    sandbox = await sandboxWith([{ name: "manifests", files }]);
  });
  after(() => sandbox.close());
  afterEach(() => {
    tampering.fault = () => undefined;
    tampering.answers.clear();
  });

  const as = (who: "developer" | "approver" | "reader") => restOf(sandbox, who);
  const change = () => {
    changes += 1;
    const data = `data: { a: "${changes}" }`;
    const files = {
      "dev/a.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${data}\n`,
    };
    return { files, branch: `change/${changes}` };
  };
  const push = (given: Parameters<typeof gitPush>[1]) =>
    gitPush(`${sandbox.organisationUrl}/shop/_git/manifests`, given);

  /** A connector that was just started. */
  async function started(): Promise<{ connector: Connector; repository: ManifestsRepository }> {
    const environment = { fourEyes: true };
    const given = { mode: "full", repository: "manifests", environment } as const;
    const { connector, repository } = await aConnector(sandbox, given);
    const { organisationUrl } = sandbox;
    const token = async () => "sandbox-connector";
    const ado = connectAzureDevOps({ organisationUrl, kind: "pat", token, fetch });
    return { connector: { ...connector, ado }, repository };
  }

  /** Opened by the developer, once the service has made its merge. */
  async function opened(): Promise<number> {
    const { files, branch } = change();
    const rest = as("developer");
    const refs = "shop/_apis/git/repositories/manifests/refs";
    const [main] = (await rest.get<List<{ objectId: string }>>(`${refs}?filter=heads/main`)).value;
    const ref = { name: `refs/heads/${branch}`, oldObjectId: "0".repeat(40) };
    await rest.send("POST", refs, [{ ...ref, newObjectId: main?.objectId }]);
    await push({ files, branch });
    const { pullRequestId: id } = await rest.send<PullRequest>("POST", pullRequests, {
      ...{ sourceRefName: ref.name, targetRefName: "refs/heads/main", title: branch },
    });
    await eventually("its merge", async () =>
      (await rest.get<PullRequest>(`${pullRequests}/${id}`)).mergeStatus === "succeeded"
        ? true
        : undefined,
    );
    return id;
  }

  async function endOf(id: number) {
    const rest = as("reader");
    const of = `${pullRequests}/${id}`;
    const { value: statuses } = await rest.get<List<CommitStatus>>(`${of}/statuses`);
    const { value: properties } = await rest.get<{ value: object }>(`${of}/properties`);
    const { value: threads } = await rest.get<
      List<{ readonly comments: readonly { readonly content?: string; commentType: string }[] }>
    >(`${of}/threads`);
    await as("developer").send("PATCH", of, { status: "abandoned" });
    return {
      // Said twice it says the same twice.
      statuses: [...new Set(statuses.map((one) => `${one.state} ${one.description}`))],
      properties: Object.keys(properties).filter((name) => name.startsWith("Fluxgate.")),
      comments: threads
        .flatMap(({ comments }) => comments)
        .filter(({ commentType }) => commentType === "text")
        .map(({ content }) => content?.replaceAll(/\d{4}-\S+Z/g, "then")),
    };
  }

  const scenarios: Readonly<Record<string, () => Promise<Looks>>> = {
    "a freeze that somebody breaks": async () => {
      const id = await opened();
      await as("approver").send("POST", `${pullRequests}/${id}/threads`, {
        comments: [{ content: "break-glass: it is down", commentType: 1, parentCommentId: 0 }],
        status: "closed",
      });
      const { connector, repository } = await started();
      const freezes = createFreezes(connector);
      return { look: () => freezes.reconcile(repository), end: () => endOf(id) };
    },
    "four eyes": async () => {
      const id = await opened();
      const rest = as("approver");
      const { authenticatedUser } = await rest.get<{ authenticatedUser: { id: string } }>(
        "_apis/connectionData",
      );
      await rest.send("PUT", `${pullRequests}/${id}/reviewers/${authenticatedUser.id}`, {
        vote: 10,
      });
      const { connector, repository } = await started();
      const approvals = createApprovals(connector);
      return { look: () => approvals.reconcile(repository), end: () => endOf(id) };
    },
    "the statuses of an environment": async () => {
      const commit = await push({ files: change().files, as: "admin" });
      const { connector } = await started();
      const revision = `main@sha1:${commit}`;
      const url = `${sandbox.organisationUrl}/shop/_git/manifests`;
      const source = { ...aSource(url), status: { artifact: { revision } } };
      const objects = [source, aKustomization({ path: "./dev", revision, inventory: [] })];
      const clusters = new Map([["west", aCluster(objects)]]);
      const environments = createEnvironments({ ...connector, clusters });
      const [environment] = connector.config.environments;
      if (environment === undefined) throw new Error("there is no environment");
      return {
        look: () => environments.reconcile(environment),
        end: async () => {
          const of = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
          const { value } = await as("reader").get<List<CommitStatus>>(of);
          return [...new Set(value.map((one) => `${one.context.name} ${one.state}`))].sort();
        },
      };
    },
  };

  for (const [what, start] of Object.entries(scenarios)) {
    it(`ends the same: ${what}`, async () => {
      const whole = await start();
      tampering.calls.length = 0;
      await whole.look();
      const writes = tampering.calls.filter(isWrite);
      const expected = await whole.end();
      assert.ok(writes.length > 0, "nothing was written");
      assert.ok(JSON.stringify(expected).includes("succeeded"), JSON.stringify(expected));
      for (const [index, call] of writes.entries()) {
        for (const fault of ["dropped", "lost", "busy", "throttled"] as const) {
          const { look, end } = await start();
          let seen = -1;
          tampering.fault = (each) => {
            if (!isWrite(each)) return undefined;
            seen += 1;
            return seen === index ? fault : undefined;
          };
          // What throws is looked at again, as by the connector's queue.
          await look().catch(look);
          assert.ok(seen >= index, `${call} was not made`);
          assert.deepEqual(await end(), expected, `${call} (${index + 1}) ${fault}`);
        }
        tampering.fault = () => undefined;
        // Nothing in this look gets through; the next one makes it good.
        const { look, end } = await start();
        tampering.answers.set(call, refusal(403, "AccessDenied", "not now"));
        await look().catch(() => undefined);
        tampering.answers.clear();
        await look();
        assert.deepEqual(await end(), expected, `${call} (${index + 1}) refused in one look`);
      }
    });
  }
});
