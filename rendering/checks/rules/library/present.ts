import type { ASTNode } from "@marcbachmann/cel-js";

// The parts of the library's checker and evaluator that a macro is given (its README, "Custom
// macros").
type Walker = {
  readonly check: (node: ASTNode, context: unknown) => unknown;
  readonly getType: (name: string) => unknown;
};
type Runner = { readonly run: (node: ASTNode, context: unknown) => unknown };
type Macro = { readonly owner: ASTNode; readonly name: string };

/**
 * `has(self.rules[0].name)`: the library's own takes no index in it. What is before the last name
 * must be there.
 */
export function presentMacro({ args }: { readonly args: readonly ASTNode[] }) {
  const [node] = args;
  if (node?.op !== ".") throw new Error("has() takes a field");
  const [owner, name] = node.args;
  return {
    owner,
    name,
    async: false,
    typeCheck(checker: Walker, macro: Macro, context: unknown): unknown {
      checker.check(macro.owner, context);
      return checker.getType("bool");
    },
    evaluate(runner: Runner, macro: Macro, context: unknown): boolean {
      const holder = runner.run(macro.owner, context);
      if (holder instanceof Map) return holder.has(macro.name);
      throw new Error(`has() finds no fields where .${macro.name} is looked for`);
    },
  };
}
