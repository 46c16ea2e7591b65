// Health by expressions, as Flux' healthCheckExprs have it (its RFC 0009, fluxcd/pkg runtime/cel):
// inProgress, then failed, then current; none of them true is in progress.
import type { ASTNode } from "@marcbachmann/cel-js";
import { Environment } from "@marcbachmann/cel-js";
import { LRUCache } from "lru-cache";
import { causeText } from "../errors.ts";
import { current, failed, inProgress } from "./answers.ts";
import { celObject, longestList } from "./cel-object.ts";
import type { Health } from "./health.ts";
import { saidText, statusText } from "./status-text.ts";

export type HealthExpressions = {
  readonly current?: string;
  readonly inProgress?: string;
  readonly failed?: string;
};

// Both come from others: an expression is a few lines, an object is read within these bounds.
const maxLength = 4_000;
const maxSteps = 2_000_000;

const environment = new Environment({
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 2_000, maxDepth: 60 },
});

type Parsed = {
  readonly ask: (object: Record<string, unknown>) => unknown;
  /** How deep loops stand in loops, and how much is done in each. */
  readonly loops: number;
  readonly nodes: number;
};

/** @throws Error when an expression cannot be read, or would take too long. */
export function healthByExpressions(object: unknown, expressions: HealthExpressions): Health {
  return healthIn(celObject(object), object, expressions);
}

function healthIn(
  context: Record<string, unknown>,
  object: unknown,
  expressions: HealthExpressions,
): Health {
  const list = Math.max(2, longestList(object));
  const holds = (text: string | undefined): boolean => {
    if (text === undefined) return false;
    const { ask, loops, nodes } = parsed(text);
    if (list ** loops * nodes > maxSteps) throw new Error("it would take too long on this object");
    const said = ask(context);
    if (typeof said === "boolean") return said;
    throw new Error("an expression answers neither true nor false");
  };
  if (holds(expressions.inProgress)) return inProgress(statusText(object));
  if (holds(expressions.failed)) {
    return failed(...failureOf(object));
  }
  return holds(expressions.current) ? current : inProgress(statusText(object));
}

function failureOf(object: unknown): readonly [reason: string, cause: string] {
  const cause = saidText(object);
  if (cause === "") return ["Failed", "its status says that it has failed"];
  return [/^\w+/.exec(cause)?.[0] ?? "Failed", cause];
}

/**
 * The same for expressions of a Kustomization: what cannot be evaluated is not healthy, and says so.
 * As in Flux a part that the object lacks cannot be asked for, so that no `!has(status.failed)` is
 * green before there is a status.
 */
export function healthByHealthCheckExprs(object: unknown, expressions: HealthExpressions): Health {
  try {
    return healthIn(celObject(object, []), object, expressions);
  } catch (error) {
    const [line = ""] = causeText(error).split("\n");
    return inProgress(`its healthCheckExprs cannot be evaluated: ${line}`);
  }
}

const known = new LRUCache<string, Parsed>({ max: 1_000 });

function parsed(text: string): Parsed {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (text.length > maxLength) throw new Error(`it has more than ${maxLength} characters`);
  const ask = environment.parse(text);
  const { loops, nodes } = measure(ask.ast);
  const one = { ask: (object: Record<string, unknown>): unknown => ask(object), loops, nodes };
  known.set(text, one);
  return one;
}

const macros = new Set(["all", "exists", "exists_one", "filter", "map"]);

function measure(node: ASTNode): { readonly loops: number; readonly nodes: number } {
  const isCall = node.op === "rcall";
  // JavaScript's patterns may take forever where Go's do not.
  if ((isCall || node.op === "call") && node.args[0] === "matches") {
    throw new Error("matches() is not evaluated here");
  }
  const parts = childrenOf(node.args).map(measure);
  const inside = Math.max(0, ...parts.map(({ loops }) => loops));
  return {
    loops: inside + (isCall && macros.has(node.args[0]) ? 1 : 0),
    nodes: parts.reduce((sum, { nodes }) => sum + nodes, 1),
  };
}

function childrenOf(args: unknown): readonly ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return typeof args === "object" && args !== null && "op" in args ? [args as ASTNode] : [];
}
