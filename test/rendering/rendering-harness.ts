import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ensureJsonnet, ensureTools } from "../../scripts/tools.ts";
import { InputError, problemText } from "../../core/errors.ts";
import { readDelivery } from "../../rendering/inputs/read-inputs.ts";
import { rootAt } from "../../rendering/inputs/contained-files.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";
import type { FolderOptions } from "../../rendering/write/render-to-folder.ts";
import { readTree } from "../../rendering/write/read-tree.ts";

export type Workspace = {
  readonly checkout: string;
  readonly out: string;
  /** Files of the checkout; a text of undefined removes one. */
  put(files: Readonly<Record<string, string | undefined>>): void;
  /** A file of the output folder. */
  read(path: string): string;
  render(options?: RenderOverrides): ReturnType<typeof renderToFolder>;
  /** The problems of a render that must fail. */
  problems(options?: RenderOverrides): Promise<readonly string[]>;
  /** Path → sha256 of everything in the output folder. */
  tree(): Promise<Readonly<Record<string, string>>>;
  remove(): void;
};

type RenderOverrides = Partial<
  Omit<FolderOptions, "delivery" | "roots" | "variables" | "secrets">
> & {
  readonly variables?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly configuration?: string;
};

/** Puts helm, kubectl and, where Go is, jsonnet first on PATH; returns what undoes it. */
export async function toolsOnPath(): Promise<{ readonly jsonnet: boolean; restore(): void }> {
  const before = process.env["PATH"] ?? "";
  const { bin } = await ensureTools();
  const jsonnet = await ensureJsonnet();
  const folders = [bin, ...(jsonnet ? [jsonnet] : []), before];
  process.env["PATH"] = folders.join(delimiter);
  return {
    jsonnet: jsonnet !== undefined,
    restore: () => {
      process.env["PATH"] = before;
    },
  };
}

/** A checkout with the files of test/fixtures/<fixture>, or an empty one, and an output folder. */
export function workspace(fixture?: string): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-render-"));
  const checkout = join(folder, "checkout");
  const out = join(folder, "out");
  mkdirSync(join(checkout, ".git"), { recursive: true });
  if (fixture) cpSync(join("test/fixtures", fixture), checkout, { recursive: true });
  const render = async (options: RenderOverrides = {}) => {
    const { variables = {}, secrets = [], configuration, ...rest } = options;
    const { delivery, checkout: code } = await readDelivery(join(checkout, "fluxgate.yaml"));
    const roots = configuration
      ? { code, configuration: rootAt(configuration, "the configuration folder") }
      : { code };
    const variable = (name: string) => {
      const secret = secrets.includes(name);
      const value = secret ? "" : variables[name];
      return value === undefined ? undefined : { value, secret, origin: "test" };
    };
    const given = { delivery, roots, variables: variable, outputFolder: out, provenance: {} };
    return renderToFolder({ ...given, ...rest });
  };
  return {
    checkout,
    out,
    put(files) {
      for (const [path, text] of Object.entries(files)) {
        const target = join(checkout, path);
        if (text === undefined) rmSync(target, { recursive: true });
        else {
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, text);
        }
      }
    },
    read: (path) => readFileSync(join(out, path), "utf8"),
    render,
    async problems(options) {
      try {
        await render(options);
      } catch (error) {
        if (error instanceof InputError) return error.problems.map(problemText);
        throw error;
      }
      throw new Error("The render did not fail");
    },
    async tree() {
      const files = readTree(out, ".");
      return Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A fluxgate.yaml with one app of the given steps (YAML, indented by 6) and one environment. */
export function deliveryWith(steps: string, environment = ""): string {
  return `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - name: api
    render:
${steps}
environments:
  - name: dev
${environment}`;
}

export const configMap = (name: string, value = "1") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" }\n`;
