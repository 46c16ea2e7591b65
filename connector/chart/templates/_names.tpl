{{- define "connector.name" -}}
{{- ternary .Release.Name (printf "%s-connector" .Release.Name) (contains "connector" .Release.Name) | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "connector.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (ternary (include "connector.name" .) "default" .Values.serviceAccount.create) }}
{{- end -}}

{{- define "connector.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "connector.labels" -}}
{{ include "connector.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "connector.byWorkloadIdentity" -}}
{{- if eq (dig "azureDevOps" "authentication" "pat" .Values.config) "workload-identity" }}true{{ end -}}
{{- end -}}

{{/* The connector listens here, whatever config.listen says: probes, Service and policy agree. */}}
{{- define "connector.port" -}}8080{{- end -}}

{{- define "connector.config" -}}
{{- $own := dict "apiVersion" "fluxgate.dev/v1" "kind" "ConnectorConfig" "listen" (dict "host" "0.0.0.0" "port" (include "connector.port" . | int)) -}}
{{- $config := merge $own (deepCopy .Values.config) -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- $lease := printf "%s/%s" .Release.Namespace (include "connector.name" .) -}}
{{- $_ := set $config "leaderElection" (merge (dict "lease" $lease) (default dict .Values.config.leaderElection)) -}}
{{- end -}}
{{- with .Values.rbac.namespaces -}}
{{- range $config.clusters -}}
{{- if not (or .kubeconfig .observer .namespaces) -}}{{- $_ := set . "namespaces" $.Values.rbac.namespaces -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- $config | toYaml -}}
{{- end -}}

{{/* By digest where one is given: a tag can be moved. */}}
{{- define "connector.image" -}}
{{- with .Values.image.digest -}}
{{ $.Values.image.repository }}@{{ . }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* Not those of the connector: no service leads to the test. */}}
{{- define "connector.testLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
