import type { Pins, Standing } from "./decide-pins.ts";
import { minorOf } from "./newest-patch.ts";
import { readMod } from "./read-mod.ts";

const oracles = [
  ...["build-oracle", "server-oracle", "health-oracle", "custom-resources", "validation"],
  ...["judged-edits", "chance", "immutable-fields", "pod-security"],
];

type Texts = ReadonlyMap<string, string>;

/** What changes, one line each: pins of a go.mod by module, other files by name. */
export function changesBetween(before: Texts, after: Texts): readonly string[] {
  return [...after].flatMap(([file, text]) => {
    const old = before.get(file) ?? "";
    if (text === old) return [];
    return file.endsWith("go.mod") ? [`${file}: ${modChanges(old, text).join(", ")}`] : [file];
  });
}

function modChanges(before: string, after: string): readonly string[] {
  const [old, now] = [readMod(before), readMod(after)];
  const toolchain = (text: string) => /^toolchain go(\S+)$/m.exec(text)?.[1] ?? "";
  const count = [...now.requires].filter(
    ([name, version]) => !isTold(name) && old.requires.get(name) !== version,
  ).length;
  return [
    ...[...now.requires]
      .filter(([name, version]) => isTold(name) && old.requires.get(name) !== version)
      .map(([name, version]) => `${name} ${old.requires.get(name) ?? "(new)"} → ${version}`),
    ...(toolchain(before) === toolchain(after)
      ? []
      : [`go ${toolchain(before)} → ${toolchain(after)}`]),
    ...(count === 0 ? [] : [`${count} others`]),
  ];
}

function isTold(module: string): boolean {
  return module === "k8s.io/kubernetes" || /^github\.com\/fluxcd\/(?!.*\/api$)/.test(module);
}

type Next = {
  readonly pins: Pins;
  readonly standing: Standing;
  /** What generates files, where that was not done. */
  readonly commands: readonly string[];
  /** Which files name a minor version. */
  readonly namesOf: (minor: string) => readonly string[];
};

/** What a person runs, and looks at, once the pins have moved. */
export function nextSteps({
  pins: { text },
  standing,
  commands,
  namesOf,
}: Next): readonly string[] {
  return [
    "Run next, in this order:",
    ...commands.map((command) => `  ${command}`),
    "  npm run kube",
    "  npm test -- test/kube test/rendering",
    // The oracles: the real API server and the real Flux.
    `  npm run test:cluster -- ${oracles.map((name) => `test/cluster/${name}.test.ts`).join(" ")}`,
    ...byHand(minorOf(standing.kubernetes), minorOf(text.kubernetes), namesOf),
  ];
}

// Documents and tests name a version too; what of them is still true, no script knows.
function byHand(before: string, after: string, namesOf: (minor: string) => readonly string[]) {
  if (before === after) return [];
  return [
    `By hand: helm and kubectl of ${after} for the sandbox (scripts/tools.ts), and what names ${before}:`,
    ...namesOf(before).map((file) => `  ${file}`),
  ];
}
