import type { Variable } from "../yaml/model.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";

/** Variables by lower-case name: the service does not tell cases apart. */
export type Variables = Map<string, VariableValue>;

export type VariableValue = {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
  readonly isReadOnly: boolean;
};

export function setVariable(
  variables: Variables,
  name: string,
  given: {
    readonly value: string;
    readonly isSecret?: boolean;
    readonly isReadOnly?: boolean;
  },
): void {
  const { value, isSecret = false, isReadOnly = false } = given;
  variables.set(name.toLowerCase(), { name, value, isSecret, isReadOnly });
}

export function setAll(variables: Variables, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) setVariable(variables, name, { value });
}

/** Declared variables in order; groups are looked up in the project. */
export function declareVariables(
  state: PipelinesState,
  run: Run,
  {
    variables,
    declared,
  }: { readonly variables: Variables; readonly declared: readonly Variable[] },
): void {
  for (const one of declared) {
    if (one.kind === "value") {
      setVariable(variables, one.name, one);
      continue;
    }
    const group = state.groups.find(
      ({ name, project }) =>
        project === run.definition.project && name.toLowerCase() === one.group.toLowerCase(),
    );
    if (!group) throw new Error(`Variable group ${one.group} could not be found.`);
    for (const [name, value] of group.variables) setVariable(variables, name, value);
  }
}
