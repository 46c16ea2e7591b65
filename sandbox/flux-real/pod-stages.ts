// kwok plays the kubelet: what becomes of a pod, by its images' tags (image-behaviour.ts).
import {
  crashBackOffMessage,
  pullBackOffMessage,
  slowImageSeconds,
} from "../flux-embedded/workloads/image-behaviour.ts";

const tagIs = (word: string) => `regexMatch ":${word}[^/:]*$" (regexReplaceAll "@.*$" .image "")`;
const podName =
  "{{ $root.metadata.name }}_{{ $root.metadata.namespace }}({{ $root.metadata.uid }})";

// Quoted by YAML's single quotes: the words hold double quotes and colons.
const pullMessage = `'${pullBackOffMessage("{{ .image }}")}'`;
const crashMessage = `'${crashBackOffMessage("{{ .name }}", podName)}'`;

// Set once: a pod takes no second address.
const addresses = `
{{ $hostIPs := NodeIPsWith .spec.nodeName }}
{{ with $hostIPs }}
hostIP: {{ index . 0 | Quote }}
{{ end }}
{{ $podIPs := PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
{{ with $podIPs }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
startTime: {{ $now | Quote }}
`;

function status({ slowIsReady }: { readonly slowIsReady: boolean }): string {
  return `
{{ $now := Now }}
{{ $root := . }}
{{ $isJob := ne (or .spec.restartPolicy "Always") "Always" }}
{{ $unready := list }}
{{ $runs := false }}
{{ $crashed := false }}
{{ range .spec.containers }}
{{ if ${tagIs("broken")} }}{{ $unready = append $unready .name }}
{{ else if ${tagIs("crash")} }}{{ $unready = append $unready .name }}{{ $runs = true }}{{ $crashed = true }}
{{ else if and ${String(!slowIsReady)} (${tagIs("slow")}) }}{{ $unready = append $unready .name }}
{{ else }}{{ $runs = true }}{{ end }}
{{ end }}
{{ $done := and $isJob (not $unready) }}
{{ $ready := and (not $unready) (not $isJob) }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  {{ if ${tagIs("broken")} }}
  ready: false
  started: false
  restartCount: 0
  state:
    waiting:
      reason: ImagePullBackOff
      message: ${pullMessage}
  {{ else if and $isJob (${tagIs("crash")}) }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated: { exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} }
  {{ else if ${tagIs("crash")} }}
  ready: false
  started: false
  restartCount: 1
  lastState:
    terminated: { exitCode: 1, reason: Error, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} }
  state:
    waiting:
      reason: CrashLoopBackOff
      message: ${crashMessage}
  {{ else if and ${String(!slowIsReady)} (${tagIs("slow")}) }}
  ready: false
  started: false
  restartCount: 0
  state:
    waiting: { reason: ContainerCreating }
  {{ else if $done }}
  ready: false
  started: false
  restartCount: 0
  state:
    terminated: { exitCode: 0, reason: Completed, startedAt: {{ $now | Quote }}, finishedAt: {{ $now | Quote }} }
  {{ else }}
  ready: true
  started: true
  restartCount: 0
  state:
    running: { startedAt: {{ $now | Quote }} }
  {{ end }}
{{ end }}
conditions:
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ range list "ContainersReady" "Ready" }}
- type: {{ . }}
  lastTransitionTime: {{ $now | Quote }}
  {{ if $ready }}
  status: "True"
  reason: ""
  message: ""
  {{ else if $done }}
  status: "False"
  reason: PodCompleted
  {{ else }}
  status: "False"
  reason: ContainersNotReady
  message: 'containers with unready status: [{{ join " " $unready }}]'
  {{ end }}
{{ end }}
{{ if $done }}
phase: Succeeded
{{ else if and $isJob $crashed }}
phase: Failed
{{ else if $runs }}
phase: Running
{{ else }}
phase: Pending
{{ end }}
${slowIsReady ? "" : addresses}`;
}

type Expression = { readonly key: string; readonly operator: string; readonly values?: string[] };

function stage(name: string, matchExpressions: readonly Expression[], rest: object): object {
  return {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "v1", kind: "Pod" },
      selector: { matchExpressions },
      ...rest,
    },
  };
}

const alive: Expression = { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" };

/** The stages of a pod: start, the end of a slow start, deletion. */
export const podStages: readonly object[] = [
  stage("pod-start", [alive, { key: ".status.startTime", operator: "DoesNotExist" }], {
    next: { statusTemplate: status({ slowIsReady: false }) },
  }),
  stage(
    "pod-slow-start",
    [
      alive,
      {
        key: ".status.containerStatuses.[].state.waiting.reason",
        operator: "In",
        values: ["ContainerCreating"],
      },
    ],
    {
      delay: { durationMilliseconds: slowImageSeconds * 1000 },
      next: { statusTemplate: status({ slowIsReady: true }) },
    },
  ),
  stage("pod-delete", [{ key: ".metadata.deletionTimestamp", operator: "Exists" }], {
    next: { delete: true },
  }),
];
