import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readTree } from "../../rendering/write/read-tree.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { fluxgate } from "../cli/cli-process.ts";
import { toolsOnPath } from "./rendering-harness.ts";

const cases = resolve("../shared/cases/rendering");

/** What the written files or the messages must and must not hold; the exit code is in the case. */
type Right = { readonly holds: readonly RegExp[]; readonly never?: readonly RegExp[] };
const right: Readonly<Record<string, Right>> = {
  "01-anchor-merge-key": { holds: [/name: second\n +image: r\.fabrikam/], never: [/<</, /\*l/] },
  "02-duplicate-keys": { holds: [/deploy\/d\.yaml:13:\d+: .*"env" is there twice/] },
  "03-large-integers": {
    holds: [/(?:ticket: "356136738"[^]*big: "21600000"[^]*){3}/],
    never: [/e\+0/],
  },
  "04-dates-and-versions": {
    holds: [
      /variable: "2020-01-01T22:32:00Z"\n +start: "2020-01-01T22:32:00Z"\n +day: "2020-01-01"\n/,
      /version: "1\.10"\n +zero: "007"\n +"yes": "yes"\n +big: "12345678901234567890"/,
    ],
  },
  "05-utf16-source": { holds: [/d\/a\.yaml:1: .*this is UTF-16 text/] },
  "06-nginx-variables-survive": {
    holds: [
      /login\.fabrikam\.com\/login\?to=\$scheme:\/\/\$host\$request_uri/,
      /\$\{f%\.txt\} \$\(date\)/,
    ],
  },
  "07-script-and-flux-substitution": {
    holds: [/data\.run\.sh: Flux .*\$\{REV\}/],
    never: [/\$\{CLUSTER\}/],
  },
  "08-patch-version-of-the-cluster": { holds: [/v: v1\.36\.2\n/, /v: v1\.36\.3-gke\.1785003\n/] },
  "09-spec-misspelt": { holds: [/specc\b.*: did you mean "spec", which is missing/] },
  "10-commit-that-overflows": {
    holds: [/commit: "83e2010"[^]*commit: "83e2010"/, /p\.yaml[^]*sha: "83e2010"/],
    never: [/inf/],
  },
  "11-line-separators": { holds: [/u: "a\\u2028b"\n +t: "a\\u0085b"/] },
  "12-lazy-jsonnet-import": { holds: [/kind: ConfigMap/] },
};

describe("the shared cases of rendering", () => {
  let restore = () => {};
  let folder: string;
  let withJsonnet = false;
  before(async function () {
    this.timeout(120_000);
    if (!existsSync(cases)) {
      process.stdout.write(`      skipped: there is no ${cases}\n`);
      this.skip();
    }
    await ensureBuilt(["cli"]);
    const tools = await toolsOnPath();
    restore = () => tools.restore();
    withJsonnet = tools.jsonnet;
  });
  after(() => restore());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-test-case-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const name of existsSync(cases) ? readdirSync(cases) : []) {
    it(`${name} ends as its expected.txt says`, function () {
      if (name.includes("jsonnet") && !withJsonnet) this.skip();
      cpSync(join(cases, name), folder, { recursive: true });
      mkdirSync(join(folder, ".git"));
      const [command = "", ...says] = readFileSync(join(folder, "expected.txt"), "utf8").split(
        "\n",
      );
      const args = command.replace("OUT", join(folder, "OUT")).split(" ").slice(1);
      // What they ask is rendering's own: nothing of it is Kubernetes' judgement.
      const { code, out, err } = fluxgate(folder, args);
      const said = [...out, ...err].join("\n");
      const expected = /Exit (\d)/.exec(says.join(" "))?.[1];
      if (expected !== undefined) assert.equal(String(code), expected, said);
      const written = readTree(folder, "OUT").map(({ path, text }) => `${path}\n${text}`);
      if (code !== 0) assert.deepEqual(written, [], "nothing may be written");
      const all = [said, ...written].join("\n");
      for (const each of right[name]?.holds ?? []) assert.match(all, each);
      for (const each of right[name]?.never ?? []) assert.doesNotMatch(all, each);
    }).timeout(60_000);
  }
});
