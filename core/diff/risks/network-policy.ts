import { type Mapping, mappings } from "../pod-spec.ts";
import type { ClassifiedEdit, ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { pathText } from "../path.ts";
import { type Finding, high, medium } from "../risk.ts";
import { canonical, same, valueAt } from "../values.ts";
import { opensFor } from "./other-network-policies.ts";
import {
  covers,
  isForAnybody,
  type Passage,
  passagesOf,
  portsForAnybody,
} from "./network-peers.ts";

const everybody = { in: "lets everybody in", out: "lets its pods reach everything" } as const;

/** Traffic that was not let through before. */
export function networkPolicy(change: ObjectChange): readonly Finding[] {
  const { before, after, identity, edits } = change;
  if (before === undefined || after === undefined) return [];
  if (!isKnownType(identity)) {
    const decides = /NetworkPolicy|NetworkSet|AuthorizationPolicy|(Peer|Request)Authentication/;
    const counts = edits.some(
      (edit) => edit.path[0] === "spec" && edit.noise === undefined && !isAllowWritten(edit),
    );
    if (!decides.test(identity.kind) || !counts) return [];
    const [old, next] = [opensFor(identity, before), opensFor(identity, after)];
    const opened = [...next].filter((way) => !old.has(way)).map((way) => high(everybody[way]));
    return opened.length > 0 ? opened : [medium("changes who may talk to whom")];
  }
  if (identity.kind !== "NetworkPolicy") return [];
  const [old, next] = [before, after].map((side) => valueAt(side, "spec.podSelector") ?? {});
  return [
    ...opened(before, after, { rules: "ingress", peers: "from", who: everybody.in }),
    ...opened(before, after, {
      rules: "egress",
      peers: "to",
      who: everybody.out,
    }),
    ...(same(old, next) ? [] : [medium("covers other pods than before")]),
  ];
}

// A policy of Istio that names no action allows.
function isAllowWritten(edit: ClassifiedEdit): boolean {
  const value = edit.kind === "added" ? edit.after : edit.kind === "removed" ? edit.before : "";
  return pathText(edit.path) === "spec.action" && value === "ALLOW";
}

type Direction = { readonly rules: string; readonly peers: string; readonly who: string };

function opened(before: Mapping, after: Mapping, way: Direction): readonly Finding[] {
  const { rules, peers, who } = way;
  const [was, is] = [governs(before, rules), governs(after, rules)];
  if (!was) return [];
  if (!is) return [high(`no longer restricts ${rules}: ${who}`)];
  const [old = [], next = []] = [before, after].map((side) =>
    mappings(valueAt(side, `spec.${rules}`)).flatMap((rule) => passagesOf(rule, peers)),
  );
  if (old.length > 0 && next.length === 0) {
    return [medium(`lets nothing through any more (${rules})`)];
  }
  // Policies may list thousands of addresses: what stays as it is need not be held against all.
  const had = new Set(old.map(canonical));
  const others = next.filter((one) => !had.has(canonical(one)));
  const isWider = (one: Passage) => !old.some((other) => covers(other, one));
  if (others.filter(isForAnybody).some(isWider)) return [high(who)];
  const hadOpen = portsForAnybody(old);
  const isOpened = [...portsForAnybody(next)].some((port) => !hadOpen.has(port));
  if (isOpened && others.some(isWider)) return [high(who)];
  return others.some(isWider) ? [medium(`lets more through than before (${rules})`)] : [];
}

// Without policyTypes a policy governs ingress, and egress where it has rules for it.
function governs(policy: Mapping, rules: string): boolean {
  const types = valueAt(policy, "spec.policyTypes");
  if (Array.isArray(types) && types.length > 0) {
    return types.some((one) => String(one).toLowerCase() === rules);
  }
  return rules === "ingress" || mappings(valueAt(policy, "spec.egress")).length > 0;
}
