import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeFiles, readKubeLock } from "../../kube/open-node.ts";

/** Which modules a task asks; agents get each task as a package of its own. */
const asked = {
  RenderManifests: ["validate"],
  ValidateManifests: ["build", "validate"],
} as const;

/** Puts what a task asks of the modules beside its bundle, with their licences. */
export function placeKube(
  folder: string,
  from: { readonly kube: string; readonly packed: string },
): void {
  for (const [task, modules] of Object.entries(asked)) {
    const target = join(folder, "dist/tasks", task, "kube");
    mkdirSync(target, { recursive: true });
    for (const name of [kubeFiles.worker, kubeFiles.lock, kubeFiles.licences]) {
      copyFileSync(join(from.kube, name), join(target, name));
    }
    for (const name of modules) {
      copyFileSync(join(from.packed, `${name}.wasm.br`), join(target, `${name}.wasm.br`));
    }
  }
}

/** A package without the modules: its Marketplace page says what that means. */
export function leaveKubeOut(folder: string): void {
  dropHubKube(folder);
  const effect =
    "RenderManifests and ValidateManifests judge by schemas alone, and the review names what it cannot build";
  sayOnPage(
    folder,
    `This copy was packaged without Flux's and Kubernetes' own code (\`--without-kube\`): ${effect}.`,
  );
}

/** What the hub may go without, where the package would be too large with it; the first one first. */
export const hubWithout: readonly {
  readonly what: string;
  readonly leave: (folder: string) => void;
}[] = [
  {
    what: "the API server's own code",
    leave: (folder) => {
      const kube = join(folder, "dist/hub/kube");
      rmSync(join(kube, kubeFiles.validate));
      const { modules, ...lock } = readKubeLock(kube);
      const left = { ...lock, modules: { build: modules.build } };
      // The lock lies in the tool cache as well, by another link.
      rmSync(join(kube, kubeFiles.lock));
      writeFileSync(join(kube, kubeFiles.lock), JSON.stringify(left));
      const effect = "the review says that it did not ask it; ValidateManifests has it";
      sayOnPage(
        folder,
        `The pages of this copy were packaged without the API server's own code: ${effect}.`,
      );
    },
  },
  {
    what: "Flux's own code",
    leave: (folder) => {
      dropHubKube(folder);
      const effect = "the review names what it cannot build; tasks and connector have it";
      sayOnPage(folder, `The pages of this copy were packaged without Flux's own code: ${effect}.`);
    },
  },
];

function dropHubKube(folder: string): void {
  rmSync(join(folder, "dist/hub/kube"), { recursive: true, force: true });
}

function sayOnPage(folder: string, note: string): void {
  const page = join(folder, "MARKETPLACE.md");
  const [title = "", ...rest] = readFileSync(page, "utf8").split("\n");
  writeFileSync(page, [title, "", `> ${note}`, ...rest].join("\n"));
}
