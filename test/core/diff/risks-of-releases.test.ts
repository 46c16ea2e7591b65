import { chart, of, release } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const app = { kind: "GitRepository", name: "app" };
const drift = (mode: string) => ({ driftDetection: { mode } });
const renders = (fields: string) =>
  `high unknown-effect: changes ${fields}: what its chart renders then is not known here`;
const versions = (version: string) => ({ chart: { spec: { chart: "web", version } } });
const major = "high flux-behaviour: chart goes to another major version, ";

describe("what is said of a change of a release", () => {
  saysOfRisks([
    [
      "another chart",
      release(chart("1.0.0"), { chart: { spec: { chart: "api", version: "1.0.0" } } }),
      "high flux-behaviour: installs another chart in place of the old one",
      renders("chart"),
    ],
    [
      "a chart from elsewhere",
      release(
        { chartRef: { kind: "OCIRepository", name: "a" } },
        { chartRef: { kind: "OCIRepository", name: "b" } },
      ),
      "medium flux-behaviour: takes its chart from elsewhere",
      renders("chartRef"),
    ],
    [
      "a chart of another repository",
      release(
        { chart: { spec: { chart: "a", sourceRef: app } } },
        { chart: { spec: { chart: "a", sourceRef: { ...app, name: "b" } } } },
      ),
      "medium flux-behaviour: takes its chart from elsewhere",
      renders("chart"),
    ],
    ["a patch", release(chart("1.0.0"), chart("1.0.1")), renders("chart")],
    [
      "back",
      release(chart("1.2.3"), chart("1.2.2")),
      "high flux-behaviour: chart goes back from 1.2.3 to 1.2.2",
      renders("chart"),
    ],
    [
      "back by a minor version",
      release(chart("1.2.3"), chart("1.1.4")),
      "high flux-behaviour: chart goes back from 1.2.3 to 1.1.4",
      renders("chart"),
    ],
    [
      "back by a number of one digit less",
      release(chart("1.2.10"), chart("1.2.9")),
      "high flux-behaviour: chart goes back from 1.2.10 to 1.2.9",
      renders("chart"),
    ],
    [
      "back to a candidate of the same version",
      release(chart("1.2.3"), chart("1.2.3-rc.1")),
      "high flux-behaviour: chart goes back from 1.2.3 to 1.2.3-rc.1",
      renders("chart"),
    ],
    ["from a candidate on", release(chart("1.2.3-rc.1"), chart("1.2.3")), renders("chart")],
    [
      "another minor version before the first",
      release(chart("0.2.0"), chart("0.3.0")),
      `${major}0.2.0 to 0.3.0`,
      renders("chart"),
    ],
    ["a patch before the first", release(chart("0.2.0"), chart("0.2.1")), renders("chart")],
    ["a minor version", release(chart("v1.2.0"), chart("v1.3.0")), renders("chart")],
    [
      "a range",
      release(chart("1.2.0"), chart("1.x")),
      "medium flux-behaviour: takes chart versions 1.x instead of 1.2.0",
      renders("chart"),
    ],
    [
      "any version",
      release(chart("1.2.0"), { chart: { spec: { chart: "web" } } }),
      "high flux-behaviour: takes chart versions * instead of 1.2.0",
      renders("chart"),
    ],
    [
      "one of two ranges",
      release(versions("1.x"), versions("1.x || 2.x")),
      "high flux-behaviour: takes chart versions 1.x || 2.x instead of 1.x",
      renders("chart"),
    ],
    [
      "definitions replaced as it is installed",
      release({}, { install: { crds: "CreateReplace" } }),
      "high flux-behaviour: replaces the definitions of the chart (crds: CreateReplace)",
    ],
    [
      "definitions replaced as it is upgraded",
      release({}, { upgrade: { crds: "CreateReplace" } }),
      "high flux-behaviour: replaces the definitions of the chart (crds: CreateReplace)",
    ],
    [
      "definitions that stay",
      release({ upgrade: { crds: "CreateReplace" } }, { upgrade: { crds: "Skip" } }),
      "medium flux-behaviour: no longer updates the definitions of the chart (crds: Skip)",
    ],
    [
      "definitions that stay without a word",
      release({ upgrade: { crds: "Create" } }, {}),
      "medium flux-behaviour: no longer updates the definitions of the chart (crds: Skip)",
    ],
    ["definitions that stayed before", release({}, { upgrade: { crds: "Skip" } })],
    [
      "force",
      release({}, { upgrade: { force: true } }),
      "high flux-behaviour: may delete and recreate objects that cannot be changed (upgrade.force)",
    ],
    [
      "no way back of an upgrade",
      release({ upgrade: { remediation: { retries: 3 } } }, {}),
      "medium flux-behaviour: is not taken back when it fails (remediation)",
    ],
    [
      "no way back of an installation",
      release({ install: { remediation: { retries: 3 } } }, {}),
      "medium flux-behaviour: is not taken back when it fails (remediation)",
    ],
    [
      "no retry of an upgrade, so no way back",
      release(
        { upgrade: { remediation: { retries: 3 } } },
        { upgrade: { remediation: { retries: 0 } } },
      ),
      "medium flux-behaviour: is not taken back when it fails (remediation)",
    ],
    [
      "no retry, but the last failure is taken back",
      release(
        { upgrade: { remediation: { retries: 3 } } },
        { upgrade: { remediation: { remediateLastFailure: true } } },
      ),
    ],
    ["what took nothing back", release({ upgrade: { remediation: {} } }, {})],
    [
      "no waiting for an upgrade",
      release({}, { upgrade: { disableWait: true } }),
      "medium flux-behaviour: no longer waits for health (disableWait)",
    ],
    [
      "no waiting for an installation",
      release({}, { install: { disableWait: true } }),
      "medium flux-behaviour: no longer waits for health (disableWait)",
    ],
    [
      "drift that stays",
      release(drift("enabled"), drift("disabled")),
      "medium flux-behaviour: no longer corrects drift (driftDetection)",
    ],
    [
      "drift that is only told of",
      release(drift("enabled"), drift("warn")),
      "medium flux-behaviour: no longer corrects drift (driftDetection)",
    ],
    [
      "drift that stays without a word",
      release(drift("enabled"), {}),
      "medium flux-behaviour: no longer corrects drift (driftDetection)",
    ],
    [
      "drift that nobody tells of",
      release(drift("warn"), {}),
      "medium flux-behaviour: no longer tells of drift (driftDetection)",
    ],
    ["drift that stayed before", release({}, drift("disabled"))],
    ["drift that is corrected at last", release(drift("warn"), drift("enabled"))],
    [
      "no tests",
      release({ test: { enable: true } }, { test: { enable: false } }),
      "medium flux-behaviour: no longer runs the tests of its chart",
    ],
    [
      "no tests without a word",
      release({ test: { enable: true } }, {}),
      "medium flux-behaviour: no longer runs the tests of its chart",
    ],
    ["no tests where there were none", release({}, { test: { enable: false } })],
    [
      "another name",
      release({ releaseName: "a" }, { releaseName: "b" }),
      "high flux-behaviour: uninstalls the release and installs another (releaseName)",
      renders("releaseName"),
    ],
    [
      "another place of its state",
      release({}, { storageNamespace: "b" }),
      "high flux-behaviour: uninstalls the release and installs another (storageNamespace)",
      renders("storageNamespace"),
    ],
    ["its own name written out", release({}, { releaseName: "api" })],
    [
      "its own name written out, beside the namespace that makes a part of it",
      release({ targetNamespace: "x" }, { targetNamespace: "x", releaseName: "x-api" }),
    ],
    ["its own namespace written out", release({}, { targetNamespace: "shop", releaseName: "api" })],
    ["the place of its state written out", release({ storageNamespace: "shop" }, {})],
    [
      "its own namespace written out, which makes another name",
      release({}, { targetNamespace: "shop" }),
      "high flux-behaviour: uninstalls the release and installs another (releaseName)",
      renders("releaseName"),
    ],
    [
      "another namespace",
      release({ releaseName: "a" }, { releaseName: "a", targetNamespace: "x" }),
      "high flux-behaviour: deletes everything in the old namespace and makes it anew in the other, volumes too (targetNamespace)",
      renders("targetNamespace"),
    ],
    [
      "uninstalled where it fails",
      release({}, { upgrade: { remediation: { strategy: "uninstall" } } }),
      "high flux-behaviour: is uninstalled where an upgrade fails (remediation)",
    ],
    [
      "uninstalled where it fails, as before",
      release(
        { upgrade: { remediation: { strategy: "uninstall" } }, a: 1 },
        { upgrade: { remediation: { strategy: "uninstall" } } },
      ),
    ],
    ["force as before", release({ upgrade: { force: true }, a: 1 }, { upgrade: { force: true } })],
    [
      "a minor version of a range",
      release(versions("^1.2"), versions("^1.3")),
      "medium flux-behaviour: takes chart versions ^1.3 instead of ^1.2",
      renders("chart"),
    ],
    [
      "another major version of a range",
      release(versions(">= 1"), versions("2.x")),
      "high flux-behaviour: takes chart versions 2.x instead of >= 1",
      renders("chart"),
    ],
    [
      "a first version of a range",
      release(versions("*"), versions("1.x")),
      "high flux-behaviour: takes chart versions 1.x instead of *",
      renders("chart"),
    ],
    [
      "another major version",
      release(chart("1.9.9"), chart("2.0.0")),
      `${major}1.9.9 to 2.0.0`,
      renders("chart"),
    ],
    [
      "back by a major version",
      release(chart("2.0.0"), chart("1.9.9")),
      "high flux-behaviour: chart goes back from 2.0.0 to 1.9.9",
      renders("chart"),
    ],
    [
      "definitions as before",
      release({ upgrade: { crds: "Create" } }, { upgrade: { crds: "CreateReplace" } }),
      "high flux-behaviour: replaces the definitions of the chart (crds: CreateReplace)",
    ],
    [
      "a namespace of a chart's repository written out",
      release(
        { chart: { spec: { chart: "a", sourceRef: app } } },
        { chart: { spec: { chart: "a", sourceRef: { ...app, namespace: "shop" } } } },
      ),
    ],
    [
      "a namespace of a chart's source written out",
      release(
        { chartRef: { kind: "OCIRepository", name: "a" } },
        { chartRef: { kind: "OCIRepository", name: "a", namespace: "shop" } },
      ),
    ],
    [
      "values and where they come from",
      release(
        { values: { a: 1 } },
        { values: { a: 2 }, valuesFrom: [{ kind: "Secret", name: "a" }] },
      ),
      renders("values, valuesFrom"),
    ],
    [
      "what comes after",
      release({}, { postRenderers: [{ kustomize: {} }] }),
      renders("postRenderers"),
    ],
    [
      "labels of all",
      release({}, { commonMetadata: { labels: { a: "b" } } }),
      renders("commonMetadata"),
    ],
    ["how often it looks", release({ interval: "1h" }, { interval: "2h" })],
    [
      "a new one",
      [[], of("helm.toolkit.fluxcd.io/v2", "HelmRelease", { spec: chart("1.0.0") })],
      "medium unknown-effect: installs a chart: what it renders is not known here",
    ],
  ]);
});
