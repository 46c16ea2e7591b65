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
