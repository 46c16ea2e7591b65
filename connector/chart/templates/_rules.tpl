{{/* What the connector may do: in the cluster, or in each of rbac.namespaces. */}}
{{- define "connector.rules" }}
  # What Flux does: watched.
  - apiGroups: [source.toolkit.fluxcd.io]
    resources: [gitrepositories, helmcharts, helmrepositories, ocirepositories, externalartifacts]
    verbs: [get, list, watch]
  - apiGroups: [kustomize.toolkit.fluxcd.io]
    resources: [kustomizations]
    verbs: [get, list, watch]
  - apiGroups: [helm.toolkit.fluxcd.io]
    resources: [helmreleases]
    verbs: [get, list, watch]
  # What writes images to git, shown beside what it changes.
  - apiGroups: [image.toolkit.fluxcd.io]
    resources: [imagerepositories, imagepolicies, imageupdateautomations]
    verbs: [get, list, watch]
  # Health of what Flux applied: read when it is asked for.
  - apiGroups: [apps]
    resources: [deployments, statefulsets, daemonsets]
    verbs: [get]
  - apiGroups: [batch]
    resources: [jobs, cronjobs]
    verbs: [get]
  - apiGroups: [""]
    resources: [namespaces, services, persistentvolumeclaims]
    verbs: [get]
  - apiGroups: [networking.k8s.io]
    resources: [ingresses]
    verbs: [get]
  - apiGroups: [autoscaling]
    resources: [horizontalpodautoscalers]
    verbs: [get]
  - apiGroups: [policy]
    resources: [poddisruptionbudgets]
    verbs: [get]
  {{- if not .Values.rbac.namespaces }}
  - apiGroups: [apiextensions.k8s.io]
    resources: [customresourcedefinitions]
    verbs: [get]
  - apiGroups: [apiregistration.k8s.io]
    resources: [apiservices]
    verbs: [get]
  {{- end }}
  # Custom resources whose health is known (core/health/known): operators' own words, no secrets.
  - apiGroups: [argoproj.io]
    resources: [rollouts, analysisruns, experiments]
    verbs: [get]
  - apiGroups: [flagger.app]
    resources: [canaries]
    verbs: [get]
  - apiGroups: [serving.knative.dev, eventing.knative.dev, messaging.knative.dev]
    resources: ["*"]
    verbs: [get]
  - apiGroups: [keda.sh]
    resources: [scaledobjects, scaledjobs]
    verbs: [get]
  - apiGroups: [source.toolkit.fluxcd.io]
    resources: [buckets]
    verbs: [get]
  - apiGroups: [notification.toolkit.fluxcd.io]
    resources: [receivers]
    verbs: [get]
  - apiGroups: [source.extensions.fluxcd.io]
    resources: [artifactgenerators]
    verbs: [get]
  - apiGroups: [fluxcd.controlplane.io]
    resources: [fluxinstances, fluxreports, resourcesets, resourcesetinputproviders]
    verbs: [get]
  - apiGroups: [cert-manager.io, trust.cert-manager.io]
    resources: [certificates, certificaterequests, issuers, clusterissuers, bundles]
    verbs: [get]
  - apiGroups: [external-secrets.io]
    resources:
      [externalsecrets, clusterexternalsecrets, pushsecrets, secretstores, clustersecretstores]
    verbs: [get]
  - apiGroups: [bitnami.com]
    resources: [sealedsecrets]
    verbs: [get]
  - apiGroups: [kyverno.io, policies.kyverno.io]
    resources: ["*"]
    verbs: [get]
  - apiGroups: [templates.gatekeeper.sh]
    resources: [constrainttemplates]
    verbs: [get]
  - apiGroups: [gateway.networking.k8s.io]
    resources: [gateways, gatewayclasses, httproutes, grpcroutes, tlsroutes, tcproutes, udproutes]
    verbs: [get]
  - apiGroups: [cilium.io]
    resources: [ciliumnetworkpolicies, ciliumclusterwidenetworkpolicies]
    verbs: [get]
  - apiGroups: [pkg.crossplane.io, apiextensions.crossplane.io]
    resources: [providers, configurations, functions, compositeresourcedefinitions]
    verbs: [get]
  - apiGroups: [postgresql.cnpg.io]
    resources: [clusters, poolers, backups, databases]
    verbs: [get]
  - apiGroups: [kafka.strimzi.io]
    resources:
      [kafkas, kafkatopics, kafkausers, kafkaconnects, kafkaconnectors, kafkabridges, kafkamirrormaker2s, kafkanodepools]
    verbs: [get]
  - apiGroups: [monitoring.coreos.com]
    resources: [prometheuses, prometheusagents, alertmanagers, thanosrulers]
    verbs: [get]
  - apiGroups: [acid.zalan.do]
    resources: [postgresqls]
    verbs: [get]
  - apiGroups: [rabbitmq.com]
    resources: [rabbitmqclusters]
    verbs: [get]
  - apiGroups: [snapshot.storage.k8s.io]
    resources: [volumesnapshots]
    verbs: [get]
  # Why a workload is not healthy: its newest pods.
  - apiGroups: [apps]
    resources: [replicasets]
    verbs: [get, list]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list]
  {{- if .Values.rbac.events }}
  # rbac.events: why a pod or a volume is not there, where only an event says it.
  - apiGroups: [""]
    resources: [events]
    verbs: [get, list]
  {{- end }}
  {{- range .Values.config.environments }}
  {{- if dig "snapshot" "events" false . }}
  # config.environments[].snapshot.events of {{ .name }}
  - apiGroups: [""]
    resources: [events]
    verbs: [get, list]
  {{- end }}
  {{- if gt (int (dig "snapshot" "logLines" 0 .)) 0 }}
  # config.environments[].snapshot.logLines of {{ .name }}
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
  {{- end }}
  {{- end }}
  {{- if .Values.config.nudge }}
  # config.nudge: asks Flux to fetch after a merge. It could change the rest of a source too.
  - apiGroups: [source.toolkit.fluxcd.io]
    resources: [gitrepositories]
    verbs: [patch]
  # And helm-controller to look at values that changed, which nothing else proves that it did.
  - apiGroups: [helm.toolkit.fluxcd.io]
    resources: [helmreleases]
    verbs: [patch]
  {{- end }}
  {{- with .Values.rbac.extraRules }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
