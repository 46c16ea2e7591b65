import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gunzipSync } from "node:zlib";
import { showProgress } from "../progress.ts";
import { takeFromCache } from "../tools/cache.ts";
import { ensureKubeModules, kubeModulesKey } from "./build-modules.ts";

/** The folder with `build.wasm.br` and `validate.wasm.br`: a third smaller than gzip, for tasks. */
export function ensurePackedModules(): Promise<string> {
  return takeFromCache(`${kubeModulesKey()}-brotli`, async (directory) => {
    const modules = await ensureKubeModules();
    await showProgress("Compressing the modules for the package (about a minute, once)", () =>
      packInto(directory, modules),
    );
  });
}

async function packInto(directory: string, modules: string): Promise<void> {
  for (const name of ["build", "validate"]) {
    const bytes = gunzipSync(readFileSync(join(modules, `${name}.wasm.gz`)));
    const packed = await promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(join(directory, `${name}.wasm.br`), packed);
  }
}
