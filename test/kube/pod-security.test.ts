import assert from "node:assert/strict";
import { useKube } from "../support/kube.ts";
import { enforcing, podSecurityCases, podWith } from "./pod-security-cases.ts";
import { changed } from "./server-case.ts";

// A real API server refuses the same pods: test/cluster/pod-security.test.ts.
describe("pods in a namespace that enforces a level", function () {
  this.timeout(60_000);
  const kube = useKube();
  const warned = async (text: string, level: string, more: object = {}) => {
    const object = changed(text);
    const namespaces = [enforcing(level), object];
    const said = await kube().validate({ objects: [{ object, ...more }], namespaces });
    const [one] = said.kind === "validated" ? said.objects : assert.fail(JSON.stringify(said));
    assert.deepEqual(one?.errors, []);
    return one.warnings.map(({ text: words }) => words).filter((words) => /refused/.test(words));
  };
  const deployment = (spec: string, level: string) =>
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: enforced-${level} }, spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: ${podWith(spec)} } } }`;

  it("are named where it would refuse them, by the server's own words", async () => {
    for (const { says, spec, refusedBy } of podSecurityCases) {
      for (const level of ["baseline", "restricted"] as const) {
        const words = await warned(deployment(spec, level), level);
        assert.equal(words.length, refusedBy.includes(level) ? 1 : 0, `${says}, ${level}`);
      }
    }
    const [words] = await warned(
      deployment("securityContext: { privileged: true }", "baseline"),
      "baseline",
    );
    assert.equal(
      words,
      'pods would be refused in namespace enforced-baseline: violates PodSecurity "baseline:latest": privileged (container "a" must not set securityContext.privileged=true)',
    );
  });

  it("are found in every kind that makes them", async () => {
    const pod = podWith("securityContext: { privileged: true }");
    const job = `{ template: { metadata: { labels: { app: a } }, spec: ${pod.replace("{", "{ restartPolicy: Never,")} } }`;
    const of = (apiVersion: string, kind: string, spec: string) =>
      `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: a, namespace: enforced-baseline }, spec: ${spec} }`;
    const texts = [
      of("v1", "Pod", pod),
      of("batch/v1", "Job", job),
      of("batch/v1", "CronJob", `{ schedule: "* * * * *", jobTemplate: { spec: ${job} } }`),
    ];
    for (const text of texts) assert.equal((await warned(text, "baseline")).length, 1, text);
  });

  it("are not judged where nobody enforces, in another namespace, or by an open value", async () => {
    const privileged = "securityContext: { privileged: true }";
    assert.deepEqual(await warned(deployment(privileged, "privileged"), "privileged"), []);
    assert.deepEqual(await warned(deployment(privileged, "elsewhere"), "baseline"), []);
    const open = deployment(privileged, "baseline").replace("image: a", 'image: "${A}"');
    assert.deepEqual(await warned(open, "baseline", { open: ["A"] }), []);
  });
});
