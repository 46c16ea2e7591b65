import assert from "node:assert/strict";
import {
  ask,
  makeRepository,
  openTarget,
  push,
  tipOf,
  zeros,
  type List,
  type Target,
} from "../support/target.ts";

type Ref = { readonly name: string; readonly objectId: string; readonly isLocked?: boolean };
type RefUpdate = { readonly success: boolean; readonly updateStatus: string };

describe("git by REST", () => {
  let target: Target;
  let repository: Awaited<ReturnType<typeof makeRepository>>;
  let main: string;
  before(async () => {
    target = await openTarget();
    repository = await makeRepository(target);
    main = await tipOf(target, repository.path, "main");
  });
  after(async () => {
    await repository.remove();
    assert.deepEqual(target.sandbox?.unhandled() ?? [], []);
    await target.close();
  });

  const get = <T>(path: string, accept?: string) =>
    ask<T>(target, `${repository.path}/${path}`, accept === undefined ? {} : { accept });
  const move = async (name: string, oldObjectId: string, newObjectId: string) => {
    const body = [{ name: `refs/heads/${name}`, oldObjectId, newObjectId }];
    const { status, json } = await ask<List<RefUpdate>>(target, `${repository.path}/refs`, {
      method: "POST",
      body,
    });
    assert.equal(status, 200);
    return json.value[0];
  };

  it("refuses refs in the item, not in the status", async () => {
    assert.equal((await move("one", zeros, main))?.success, true);
    const stale = await move("one", zeros, main);
    assert.deepEqual([stale?.success, stale?.updateStatus], [false, "staleOldObjectId"]);
    assert.equal((await move("bad..name", zeros, main))?.updateStatus, "invalidRefName");
    const inside = await move("one/below", zeros, main);
    assert.equal(inside?.updateStatus, "refNameConflict");
    assert.equal((await move("one", main, zeros))?.success, true);
  });

  it("lists refs in pages", async () => {
    for (const name of ["page/a", "page/b", "page/c"]) await move(name, zeros, main);
    const first = await get<List<Ref>>("refs?filter=heads/page/&$top=2");
    assert.equal(first.json.value.length, 2);
    const token = first.headers.get("x-ms-continuationtoken") ?? "";
    const rest = await get<List<Ref>>(
      `refs?filter=heads/page/&$top=2&continuationToken=${encodeURIComponent(token)}`,
    );
    assert.deepEqual(
      rest.json.value.map(({ name }) => name),
      ["refs/heads/page/c"],
    );
    assert.equal(rest.headers.get("x-ms-continuationtoken"), null);
  });

  it("locks a branch", async () => {
    await move("locked", zeros, main);
    const lock = (isLocked: boolean) =>
      ask<Ref>(target, `${repository.path}/refs?filter=heads/locked`, {
        method: "PATCH",
        body: { isLocked },
      });
    assert.equal((await lock(true)).json.isLocked, true);
    assert.equal((await lock(false)).json.isLocked, undefined);
  });

  it("says what is missing by code and text", async () => {
    const refused = async (path: string) => {
      const { status, json } = await get<{ typeKey: string; message: string }>(path);
      return [status, json.typeKey, /^TF\d+/.exec(json.message)?.[0]];
    };
    assert.deepEqual(await refused("items?path=/absent.txt"), [
      404,
      "GitItemNotFoundException",
      "TF401174",
    ]);
    const version = "versionDescriptor.version=absent";
    assert.deepEqual(await refused(`items?path=/a.txt&${version}`), [
      404,
      "GitUnresolvableToCommitException",
      "TF401175",
    ]);
    const other = `${target.project}/_apis/git/repositories/absent-repository`;
    const { status, json } = await ask(target, other);
    assert.deepEqual([status, json.typeKey], [404, "GitRepositoryNotFoundException"]);
    const nowhere = await ask(target, "absent-project/_apis/git/repositories");
    assert.equal(nowhere.json.typeKey, "ProjectDoesNotExistWithNameException");
  });

  it("refuses a push from a stale tip, and from an object that is nowhere", async () => {
    const pushed = (oldObjectId: string) =>
      ask(target, `${repository.path}/pushes`, {
        method: "POST",
        body: {
          refUpdates: [{ name: "refs/heads/main", oldObjectId }],
          commits: [
            {
              comment: "x",
              changes: [
                { changeType: "edit", item: { path: "/a.txt" }, newContent: { content: "x" } },
              ],
            },
          ],
        },
      });
    const next = await push(target, repository.path, {
      branch: "main",
      from: main,
      files: { "/dir/b.txt": "b\n" },
    });
    const stale = await pushed(main);
    assert.deepEqual([stale.status, stale.json.typeKey], [409, "GitReferenceStaleException"]);
    const unknown = await pushed("1".repeat(40));
    assert.deepEqual(
      [unknown.status, unknown.json.typeKey],
      [500, "GitObjectDoesNotExistException"],
    );
    assert.equal(await tipOf(target, repository.path, "main"), next);
  });

  it("answers items as JSON or as they are", async () => {
    const json = await get<{ content: string; gitObjectType: string }>(
      "items?path=/a.txt&includeContent=true&$format=json",
    );
    assert.deepEqual([json.json.content, json.json.gitObjectType], ["a\n", "blob"]);
    const raw = await get("items?path=/a.txt", "text/plain;api-version=7.1");
    assert.equal(raw.text, "a\n");
    const tree = await get<List<{ path: string }>>("items?scopePath=/&recursionLevel=full");
    assert.ok(tree.json.value.some(({ path }) => path === "/dir/b.txt"));
  });

  it("answers history, comparison, common ancestors and differences", async () => {
    const head = await push(target, repository.path, {
      branch: "side",
      from: main,
      files: { "/side.txt": "s\n" },
    });
    const log = await get<List<{ commitId: string; changeCounts: { Add: number } }>>(
      "commits?searchCriteria.itemVersion.version=side",
    );
    assert.deepEqual(
      log.json.value.map(({ commitId }) => commitId),
      [head, main],
    );
    assert.equal(log.json.value[0]?.changeCounts.Add, 1);
    const batch = await ask<List<{ commitId: string }>>(target, `${repository.path}/commitsbatch`, {
      method: "POST",
      body: {
        itemVersion: { version: "main", versionType: "branch" },
        compareVersion: { version: "side", versionType: "branch" },
      },
    });
    assert.deepEqual(
      batch.json.value.map(({ commitId }) => commitId),
      [head],
    );
    const tip = await tipOf(target, repository.path, "main");
    const bases = await get<List<{ commitId: string }>>(
      `commits/${head}/mergebases?otherCommitId=${tip}`,
    );
    assert.equal(bases.json.value[0]?.commitId, main);
    type Diff = {
      aheadCount: number;
      behindCount: number;
      commonCommit: string;
      changes: { item: { path: string } }[];
    };
    const diff = await get<Diff>("diffs/commits?baseVersion=main&targetVersion=side");
    const { aheadCount, behindCount, commonCommit, changes } = diff.json;
    assert.deepEqual([aheadCount, behindCount, commonCommit], [1, 1, main]);
    assert.deepEqual(
      changes.map(({ item }) => item.path),
      ["/side.txt"],
    );
    const stats = await get<{ aheadCount: number; isBaseVersion: boolean }>(
      "stats/branches?name=side",
    );
    assert.deepEqual([stats.json.aheadCount, stats.json.isBaseVersion], [1, false]);
  });

  it("keeps every status of a commit, the newest of a context when asked", async () => {
    const context = { genre: "fluxgate", name: "dev" };
    const url = `commits/${main}/statuses`;
    for (const state of ["pending", "succeeded"]) {
      const { status } = await ask(target, `${repository.path}/${url}`, {
        method: "POST",
        body: { state, context, createdBy: { displayName: "Somebody else" } },
      });
      assert.equal(status, 201);
    }
    type Status = { id: number; state: string; createdBy: { displayName: string } };
    const all = await get<List<Status>>(url);
    assert.equal(all.json.value.length, 2);
    assert.ok(all.json.value.every(({ createdBy }) => createdBy.displayName !== "Somebody else"));
    const newest = await get<List<Status>>(`${url}?latestOnly=true`);
    assert.deepEqual(
      newest.json.value.map(({ state }) => state),
      ["succeeded"],
    );
  });
});

describe("rights", () => {
  let target: Target;
  before(async function () {
    target = await openTarget();
    // Needs identities with less: only the sandbox has them at hand.
    if (target.kind === "service") this.skip();
  });
  after(() => target.close());

  it("are missing by name: for readers, on a repository, on a branch", async () => {
    const repository = await makeRepository(target);
    const main = await tipOf(target, repository.path, "main");
    const open = (as: "reader" | "build" | "developer", branch: string) =>
      ask(target, `${repository.path}/pullrequests`, {
        method: "POST",
        as,
        body: {
          sourceRefName: `refs/heads/${branch}`,
          targetRefName: "refs/heads/main",
          title: "x",
        },
      });
    const create = ask(target, `${target.project}/_apis/git/repositories`, {
      method: "POST",
      as: "developer",
      body: { name: "mine" },
    });
    assert.match((await create).json.message, /^TF401027: .*'CreateRepository'/);
    const state = target.sandbox?.organisation().projects[0]?.repositories[0];
    state?.permissions.push({ identity: "build", deny: ["PullRequestContribute"] });
    await push(target, repository.path, { branch: "a", from: main, files: { "/x.txt": "x" } });
    const denied = await open("build", "a");
    assert.equal(denied.status, 403);
    assert.match(
      denied.json.message,
      /^TF401027: You need the Git 'PullRequestContribute' permission .* identity 'Build\\[0-9a-f-]{36}', scope 'repository'\.$/,
    );
    const made = await ask<{ pullRequestId: number; createdBy: { id: string } }>(
      target,
      `${repository.path}/pullrequests`,
      {
        method: "POST",
        as: "reader",
        body: { sourceRefName: "refs/heads/a", targetRefName: "refs/heads/main", title: "x" },
      },
    );
    assert.equal(made.status, 201);
    const auto = await ask(target, `${repository.path}/pullrequests/${made.json.pullRequestId}`, {
      method: "PATCH",
      as: "reader",
      body: { autoCompleteSetBy: { id: made.json.createdBy.id } },
    });
    assert.match(auto.json.message, /^TF401027: .*'GenericContribute' .* scope 'branch'\.$/);
  });
});
