import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { of } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const level = (enforce?: string, version?: string) =>
  of("v1", "Namespace", {
    metadata: {
      name: "shop",
      labels: {
        ...(enforce && { "pod-security.kubernetes.io/enforce": enforce }),
        ...(version && { "pod-security.kubernetes.io/enforce-version": version }),
      },
    },
  });

describe("what is said of what a namespace lets pods do", () => {
  const goes = (from: string, to: string) =>
    `high hardening: lets pods do more: its PodSecurity level goes from ${from} to ${to}`;
  saysOfRisks([
    ["a level less", [level("restricted"), level("baseline")], goes("restricted", "baseline")],
    [
      "two levels less",
      [level("restricted"), level("privileged")],
      goes("restricted", "privileged"),
    ],
    ["no level", [level("baseline"), level()], goes("baseline", "none")],
    ["no level where none was asked", [level("privileged"), level()]],
    ["a level more", [level("baseline"), level("restricted")]],
    ["a level at last", [level(), level("privileged")]],
    [
      "the rules of an older version",
      [level("restricted"), level("restricted", "v1.22")],
      "medium hardening: judges pods by the PodSecurity rules of v1.22, before by those of latest",
    ],
    ["those of a newer one", [level("restricted", "v1.9"), level("restricted", "v1.30")]],
    ["none by an older version", [level("privileged"), level("privileged", "v1.22")]],
    ["no version that there is", [level("restricted"), level("restricted", "1.22")]],
  ]);
});

describe("what is said of pods that their namespace's level would refuse", () => {
  const said = (before: readonly object[], after: readonly object[]) => {
    const file = (objects: readonly object[]) => [
      { path: "a.yaml", text: objects.map(toYaml).join("---\n") },
    ];
    return compareManifests(file(before), file(after))
      .risks.filter(({ text }) => text.includes("would"))
      .map(({ severity, rule, text }) => `${severity} ${rule}: ${text}`);
  };
  const run = (securityContext: object, pod: object = {}) =>
    of("apps/v1", "Deployment", {
      spec: {
        template: {
          spec: { ...pod, containers: [{ name: "a", image: "r/a:1", securityContext }] },
        },
      },
    });
  const own = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  const confined = { ...own, seccompProfile: { type: "RuntimeDefault" } };
  const hard = { ...confined, runAsNonRoot: true };
  const ofPod = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
  const refuses = "high rollout: would refuse (PodSecurity restricted) the next pods of";
  const refused = "high rollout: its pods would be refused: namespace shop asks for";

  it("is each workload that a stricter level leaves behind, and none that fits it", () => {
    const lacks = "container a: seccompProfile, container a: runAsNonRoot";
    assert.deepEqual(said([level(), run(own)], [level("restricted"), run(own)]), [
      `${refuses} Deployment shop/api: ${lacks}`,
    ]);
    for (const well of [run(hard), run(own, { securityContext: ofPod })]) {
      assert.deepEqual(said([level(), well], [level("restricted"), well]), []);
    }
    const old = level("restricted", "v1.21");
    assert.deepEqual(said([level(), run({})], [old, run({})]), []);
  });

  it("is a workload that does more than its namespace lets it", () => {
    const place = level("baseline");
    assert.deepEqual(
      said([place, run({})], [place, run({ privileged: true }, { hostPID: true })]),
      [`${refused} baseline (PodSecurity), which this is not: hostPID, container a: privileged`],
    );
    assert.deepEqual(said([place, run({})], [place, run(hard)]), []);
    const broken = run({ privileged: true });
    assert.deepEqual(said([place, broken], [place, run({ privileged: true }, { a: 1 })]), []);
  });

  it("is no pod in a user namespace of its own that is root, nor one of Windows", () => {
    const alone = run({ ...confined, runAsUser: 0 }, { hostUsers: false });
    const windows = run({ runAsNonRoot: true }, { os: { name: "windows" } });
    for (const one of [alone, windows]) {
      assert.deepEqual(said([level("restricted")], [level("restricted"), one]), []);
    }
  });

  it("is one with a capability that its level has not, and with all of /proc", () => {
    const place = (name: string) => [level(name)];
    const adding = (one: string) => run({ ...hard, capabilities: { drop: ["ALL"], add: [one] } });
    const unmasked = run({ procMount: "Unmasked" });
    const ownUsers = run({ procMount: "Unmasked" }, { hostUsers: false });
    const rows: readonly (readonly [string, object, string?])[] = [
      ["restricted", adding("NET_BIND_SERVICE")],
      ["restricted", adding("CHOWN"), "container a: CHOWN"],
      ["baseline", adding("CHOWN")],
      ["baseline", adding("SYS_ADMIN"), "container a: SYS_ADMIN"],
      ["baseline", unmasked, "container a: procMount"],
      ["baseline", ownUsers],
    ];
    for (const [name, one, lacks] of rows) {
      assert.deepEqual(
        said(place(name), [...place(name), one]),
        lacks === undefined
          ? []
          : [`${refused} ${name} (PodSecurity), which this is not: ${lacks}`],
      );
    }
  });

  it("is counted, where it is very many", () => {
    const many = Array.from({ length: 8 }, (_, at) => ({
      ...run({}),
      metadata: { name: `api${at}`, namespace: "shop" },
    }));
    const lines = said([level(), ...many], [level("restricted"), ...many]);
    assert.equal(lines.length, 6);
    assert.equal(lines.at(-1), `${refuses} 3 more`);
  });
});
