import { visit } from "yaml";
import type { Document } from "yaml";
import type { NodeProblem } from "../manifests/check-nodes.ts";

/**
 * Unquoted numbers that a template would show in another spelling than the file's: `1.10` is 1.1,
 * `007` is 7, `0x1F` is 31.
 */
export function unclearNumbers(document: Document.Parsed): readonly NodeProblem[] {
  const found: NodeProblem[] = [];
  visit(document, {
    Scalar(_, { value, source = "", range }) {
      if (typeof value !== "number" && typeof value !== "bigint") return;
      if (String(value) === source) return;
      const message = `${source} is read as the number ${String(value)}: put it in quotes to keep it as it is`;
      found.push({ offset: range?.[0] ?? 0, message });
    },
  });
  return found;
}
