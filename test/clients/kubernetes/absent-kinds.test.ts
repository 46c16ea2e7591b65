import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectKubernetes } from "../../../clients/kubernetes/connect.ts";
import { createAskServed } from "../../../clients/kubernetes/kinds-served.ts";
import { watchKind } from "../../../clients/kubernetes/watch-kind.ts";
import { kubeconfigText } from "../../connector/connector-process.ts";
import { eventually } from "../../support/eventually.ts";
import { answering, json } from "../answering-server.ts";

const served = "/apis/example.com/v1";
const things = `${served}/things`;
// In versions and groups that the server has, and in some that it has not.
const absent = [
  [`${served}/others`, "/apis/example.com/v2/others"],
  ["/apis/absent.example.com/v1/images", "/apis/absent.example.com/v1beta2/images"],
  ["/apis/absent.example.com/v1/policies", "/apis/absent.example.com/v1beta2/policies"],
];

/** A server that has one kind, and others from some moment on. */
async function aServer() {
  let resources = ["things"];
  const server = await answering((request, response, body) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://kubernetes");
    const [, name = ""] = new RegExp(`^${served}/(\\w+)$`).exec(pathname) ?? [];
    if (searchParams.get("watch") === "true") return response.flushHeaders();
    const answer =
      pathname === "/apis"
        ? json(200, { groups: [{ versions: [{ groupVersion: "example.com/v1" }] }] })
        : pathname === served
          ? json(200, { resources: resources.map((one) => ({ name: one })) })
          : resources.includes(name)
            ? json(200, { items: [{ metadata: { name: "a", namespace: "n" } }] })
            : json(404, { kind: "Status", reason: "NotFound" });
    answer(request, response, body);
  });
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-absent-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, kubeconfigText(server.url));
  return {
    kubernetes: connectKubernetes({ kubeconfig }),
    asked: () => server.requests.map(({ url }) => url.replace(/\?.*/, "")),
    forget: () => void server.requests.splice(0),
    install: (name: string) => void (resources = [...resources, name]),
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe("kinds that a cluster does not have", () => {
  let server: Awaited<ReturnType<typeof aServer>>;
  beforeEach(async () => void (server = await aServer()));
  afterEach(() => server.close());

  function watch(of: { readonly keepMs: number; readonly absentPauseMs: number }) {
    const askServed = createAskServed(server.kubernetes, of.keepMs);
    return absent.map(([path = "", ...otherPaths]) =>
      watchKind(server.kubernetes, {
        ...{ path, otherPaths, askServed, absentPauseMs: of.absentPauseMs },
        ...{ read: (item: object) => item, onChange: () => undefined },
      }),
    );
  }

  it("cost two calls together when they are looked for again, whatever their versions", async () => {
    const askServed = createAskServed(server.kubernetes);
    const answers = await Promise.all(absent.map((paths) => askServed(paths)));
    assert.deepEqual(answers, [false, false, false]);
    assert.equal(await askServed([things]), true);
    assert.deepEqual(server.asked(), ["/apis", served]);
  });

  it("are not listed again until the server says that it has them", async () => {
    const watched = watch({ keepMs: 0, absentPauseMs: 1 });
    await Promise.all(watched.map(({ listed }) => listed));
    server.forget();
    await eventually("some looks", () => server.asked().length > 4 || undefined);
    assert.deepEqual([...new Set(server.asked())].sort(), ["/apis", served]);
    assert.deepEqual(
      watched.map((each) => [each.absent(), each.problem()]),
      absent.map(() => [true, undefined]),
    );
    for (const each of watched) each.stop();
  });

  it("are seen once they come", async () => {
    const watched = watch({ keepMs: 1, absentPauseMs: 1 });
    const [others] = watched;
    assert.ok(others);
    await others.listed;
    assert.equal(others.absent(), true);
    server.install("others");
    await eventually("the new kind", () => (others.objects().length === 1 ? true : undefined));
    assert.deepEqual([others.absent(), others.problem()], [false, undefined]);
    for (const each of watched) each.stop();
  });

  it("are asked for anew where the server did not answer", async () => {
    let isDown = true;
    const call: typeof server.kubernetes.call = (path) =>
      isDown ? Promise.reject(new Error("no answer")) : server.kubernetes.call(path);
    const askServed = createAskServed({ ...server.kubernetes, call });
    await assert.rejects(askServed([things]), /no answer/);
    isDown = false;
    assert.equal(await askServed([things]), true);
  });
});
