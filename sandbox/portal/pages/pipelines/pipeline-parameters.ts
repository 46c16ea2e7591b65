// The parameters at the head of a pipeline's YAML: what the service's own page asks for.
import { parse } from "yaml";
import { call } from "../../rest.ts";
import type { Definition } from "../../rest-types.ts";

export type PipelineParameter = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly initial: string;
  readonly values: readonly string[];
};

/** Empty where the file has none, or cannot be read: the run itself then says what is wrong. */
export async function loadParameters(at: {
  readonly project: string;
  readonly definition: Definition;
  readonly branch: string;
}): Promise<readonly PipelineParameter[]> {
  const { project, definition, branch } = at;
  const query = new URLSearchParams({
    path: `/${definition.process?.yamlFilename ?? "azure-pipelines.yml"}`,
    "versionDescriptor.version": branch,
    "versionDescriptor.versionType": "branch",
    includeContent: "true",
    $format: "json",
  });
  const url = `${project}/_apis/git/repositories/${definition.repository?.id ?? ""}/items`;
  const { content = "" } = await call<{ content?: string }>(`${url}?${query.toString()}`);
  return parametersOf(content);
}

function parametersOf(yaml: string): readonly PipelineParameter[] {
  const found = readSafely(yaml);
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: Readonly<Record<string, unknown>>) => {
    const { name, displayName, type = "string", default: initial = "", values } = one;
    if (typeof name !== "string") return [];
    return [
      {
        name,
        label: typeof displayName === "string" ? displayName : name,
        type: typeof type === "string" ? type : "string",
        initial: textOf(initial),
        values: Array.isArray(values) ? values.map(textOf) : [],
      },
    ];
  });
}

function readSafely(yaml: string): unknown {
  try {
    return (parse(yaml) as { readonly parameters?: unknown } | null)?.parameters;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
