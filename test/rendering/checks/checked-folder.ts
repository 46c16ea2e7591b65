import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { validateFolder } from "../../../rendering/checks/validate-folder.ts";
import { rootAt } from "../../../rendering/inputs/contained-files.ts";
import { useKube } from "../../support/kube.ts";

/** Puts files into a folder, one for each test, and checks it, or one in it, by Flux' and Kubernetes' own code. */
export function useCheckedFolder() {
  const kube = useKube();
  let folder = "";
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fluxgate-checked-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  return (files: Readonly<Record<string, string>>, within = ".") => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const validation = { off: [], schemas: [], postBuild: [], allowSecrets: [] };
    const options = { validation, schemas: [], kube: kube() };
    return validateFolder(rootAt(join(folder, within), "the folder"), options);
  };
}
