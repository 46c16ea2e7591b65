// What stands still by a word to its operator: an annotation, a label, or a switch of its own.
import { annotationsOf, labelsOf } from "../labels.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";

type Word = readonly [name: string, form: RegExp, said: Finding];

const nothing = "nothing of it runs";
const left = medium("is left alone by its operator: this and later changes do nothing");
const stays = medium("no longer scales");
/** By each operator's own documentation. */
const notes: readonly Word[] = [
  ["autoscaling.keda.sh/paused-replicas", /^0$/, high(`is held at 0 replicas: ${nothing}`)],
  ["autoscaling.keda.sh/paused-replicas", /^(?!(0|false)$)/, stays],
  ["autoscaling.keda.sh/paused", /^(?!false$)/, stays],
  ["cnpg.io/hibernation", /^on$/, high(`is hibernated: ${nothing}`)],
  ["strimzi.io/pause-reconciliation", /^true$/, left],
  ["crossplane.io/paused", /^true$/, left],
  ["cluster.x-k8s.io/paused", /^/, left],
  ["eck.k8s.elastic.co/managed", /^false$/, left],
  ["rabbitmq.com/pauseReconciliation", /^true$/, left],
  ["serviceoperator.azure.com/reconcile-policy", /^skip$/, left],
  ["fluxcd.controlplane.io/reconcile", /^disabled$/i, left],
  ["argocd.argoproj.io/skip-reconcile", /^true$/, left],
];
/** Of Percona's operators, Crunchy's, KubeDB's and KubeVirt's, by their groups. */
const switches: readonly (readonly [group: RegExp, field: string, value: unknown])[] = [
  [/\.percona\.com$/, "spec.pause", true],
  [/\.crunchydata\.com$/, "spec.shutdown", true],
  [/\.kubedb\.com$/, "spec.halted", true],
  [/^kubevirt\.io$/, "spec.running", false],
  [/^kubevirt\.io$/, "spec.runStrategy", "Halted"],
];

/** Of what ran before. */
export function held({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (before === undefined) return [];
  const isNoted = (side: unknown, name: string, form: RegExp) =>
    [annotationsOf(side)[name], labelsOf(side)[name]].some(
      (value) => value !== undefined && form.test(textOf(value)),
    );
  const noted = notes
    .filter(([name, form]) => isNoted(after, name, form) && !isNoted(before, name, form))
    .map(([name, , { severity, text }]) => ({ severity, text: `${text} (${name})` }));
  const switched = switches
    .filter(([group]) => group.test(identity.group))
    .filter(([, field, value]) => valueAt(after, field) === value)
    .filter(([, field, value]) => valueAt(before, field) !== value)
    .map(([, field]) => high(`is switched off: ${nothing} (${field})`));
  return [...noted, ...switched];
}
