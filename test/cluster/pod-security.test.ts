import assert from "node:assert/strict";
import { enforcing, podSecurityCases, podWith } from "../kube/pod-security-cases.ts";
import { changed } from "../kube/server-case.ts";
import { useKube } from "../support/kube.ts";
import { useApiServer } from "./api-server.ts";

describe("pods that the real API server refuses for their namespace's labels", function () {
  this.timeout(120_000);
  const kube = useKube();
  const server = useApiServer();

  it("are those that are named, in its own words", async () => {
    const different: string[] = [];
    for (const level of ["baseline", "restricted"] as const) {
      const namespace = enforcing(level);
      await server.apply(await server.pathOf(namespace), namespace);
      for (const { says, spec } of podSecurityCases) {
        const object = changed(
          `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: enforced-${level} }, spec: { serviceAccountName: default, automountServiceAccountToken: false, ${podWith(spec).slice(1)} }`,
        );
        const path = await server.pathOf(object);
        const refusal = await server.refusal(path, object, { dryRun: true });
        const said = await kube().validate({ objects: [{ object }], namespaces: [namespace] });
        const [one] = said.kind === "validated" ? said.objects : assert.fail(JSON.stringify(said));
        const theirs = /violates PodSecurity .*/.exec(refusal ?? "")?.[0] ?? refusal;
        const ours = one?.warnings.map(({ text }) => /violates PodSecurity .*/.exec(text)?.[0])[0];
        if (theirs !== ours) different.push(`${level}, ${says}: they ${theirs}, we ${ours}`);
      }
    }
    assert.deepEqual(different, []);
  });
});
