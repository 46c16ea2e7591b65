import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectKubernetes, type Kubernetes } from "../../../clients/kubernetes/connect.ts";
import { listAll } from "../../../clients/kubernetes/list-all.ts";
import { readNamed } from "../../../clients/kubernetes/odd-document.ts";
import { watchKind } from "../../../clients/kubernetes/watch-kind.ts";
import { eventually } from "../../support/eventually.ts";
import { kubeconfigText } from "../../connector/connector-process.ts";
import { answering, json, type Answer } from "../answering-server.ts";

const path = "/apis/example.com/v1/things";
const thing = { metadata: { name: "a", namespace: "n", resourceVersion: "8" } };

describe("an odd answer of a Kubernetes API", () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function api(...answers: readonly Answer[]) {
    const server = await answering(...answers);
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-odd-"));
    const kubeconfig = join(folder, "kubeconfig");
    writeFileSync(kubeconfig, kubeconfigText(server.url));
    closing.push(server.close, () => rmSync(folder, { recursive: true }));
    const kubernetes: Kubernetes = connectKubernetes({ kubeconfig });
    return { kubernetes, asked: () => server.requests.map(({ url }) => url) };
  }

  const documents: Readonly<Record<string, unknown>> = {
    "nothing of a list": {},
    "null items": { kind: "ThingList", items: null },
    "an item without a name": { items: [thing, { metadata: {} }] },
    "an item that is no object": { items: [thing, null] },
    "a Status": { kind: "Status", apiVersion: "v1", status: "Success" },
    "one object": { kind: "Thing", apiVersion: "example.com/v1", ...thing },
  };
  for (const [what, document] of Object.entries(documents)) {
    it(`is no empty list: ${what}`, async () => {
      const { kubernetes } = await api(json(200, document));
      await assert.rejects(listAll(kubernetes, path), { name: "HttpError" });
    });
  }

  it("is no list without an end", async () => {
    const { kubernetes } = await api(json(200, { metadata: { continue: "x" }, items: [thing] }));
    await assert.rejects(listAll(kubernetes, path), /a list that has no end/);
  });

  it("is not the object that was asked for", async () => {
    const { kubernetes } = await api(json(200, { metadata: { name: "b" } }), json(200, thing));
    await assert.rejects(readNamed(kubernetes, `${path}/a`), /with another document/);
    assert.deepEqual(await readNamed(kubernetes, `${path}/a`), thing);
  });

  it("that asks to come again is obeyed, a few times", async () => {
    const busy = json(429, { message: "busy" }, { "Retry-After": "0.1" });
    const { kubernetes, asked } = await api(busy, busy, json(200, { items: [thing] }));
    assert.deepEqual((await listAll(kubernetes, path)).items, [thing]);
    assert.equal(asked().length, 3);
    const always = await api(busy);
    await assert.rejects(listAll(always.kubernetes, path), /answered 429/);
    assert.equal(always.asked().length, 4);
  });

  const lines: Readonly<Record<string, string>> = {
    "no JSON": "<html>",
    "no event": JSON.stringify({ kind: "Status", apiVersion: "v1" }),
    "an unknown event": JSON.stringify({ type: "ODD", object: thing }),
    "an event without a name": JSON.stringify({ type: "MODIFIED", object: { metadata: {} } }),
    "an error": JSON.stringify({ type: "ERROR", object: { code: 500 } }),
  };
  for (const [what, line] of Object.entries(lines)) {
    it(`in a watch makes it list anew: ${what}`, async () => {
      const list = json(200, { metadata: { resourceVersion: "7" }, items: [thing] });
      // It stays open: that it is odd must be enough.
      const watch: Answer = (_, response) => void response.write(`${line}\n`);
      const { kubernetes, asked } = await api(list, watch, list, (_, response) => {
        response.flushHeaders();
      });
      const watched = watchKind(kubernetes, {
        ...{ path, read: (item) => item, onChange: () => undefined },
      });
      await eventually("another watch", () => (asked().length >= 4 ? true : undefined));
      watched.stop();
      assert.match(asked()[2] ?? "", /limit=/);
      assert.deepEqual([watched.objects(), watched.problem()], [[thing], undefined]);
    });
  }
});
