package main

import (
	"k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kube-aggregator/pkg/registry/apiservice"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/mutatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicy"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingadmissionpolicybinding"
	"k8s.io/kubernetes/pkg/registry/admissionregistration/validatingwebhookconfiguration"
	"k8s.io/kubernetes/pkg/registry/apps/controllerrevision"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/replicaset"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
	"k8s.io/kubernetes/pkg/registry/autoscaling/horizontalpodautoscaler"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/pkg/registry/certificates/clustertrustbundle"
	"k8s.io/kubernetes/pkg/registry/certificates/podcertificaterequest"
	"k8s.io/kubernetes/pkg/registry/coordination/lease"
	"k8s.io/kubernetes/pkg/registry/coordination/leasecandidate"
	"k8s.io/kubernetes/pkg/registry/core/configmap"
	"k8s.io/kubernetes/pkg/registry/core/endpoint"
	"k8s.io/kubernetes/pkg/registry/core/event"
	"k8s.io/kubernetes/pkg/registry/core/limitrange"
	"k8s.io/kubernetes/pkg/registry/core/namespace"
	"k8s.io/kubernetes/pkg/registry/core/node"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolume"
	"k8s.io/kubernetes/pkg/registry/core/persistentvolumeclaim"
	"k8s.io/kubernetes/pkg/registry/core/pod"
	"k8s.io/kubernetes/pkg/registry/core/podtemplate"
	"k8s.io/kubernetes/pkg/registry/core/replicationcontroller"
	"k8s.io/kubernetes/pkg/registry/core/resourcequota"
	"k8s.io/kubernetes/pkg/registry/core/secret"
	"k8s.io/kubernetes/pkg/registry/core/service"
	"k8s.io/kubernetes/pkg/registry/core/serviceaccount"
	"k8s.io/kubernetes/pkg/registry/discovery/endpointslice"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/flowschema"
	"k8s.io/kubernetes/pkg/registry/flowcontrol/prioritylevelconfiguration"
	"k8s.io/kubernetes/pkg/registry/networking/ingress"
	"k8s.io/kubernetes/pkg/registry/networking/ingressclass"
	"k8s.io/kubernetes/pkg/registry/networking/ipaddress"
	"k8s.io/kubernetes/pkg/registry/networking/networkpolicy"
	"k8s.io/kubernetes/pkg/registry/networking/servicecidr"
	"k8s.io/kubernetes/pkg/registry/node/runtimeclass"
	"k8s.io/kubernetes/pkg/registry/policy/poddisruptionbudget"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
	"k8s.io/kubernetes/pkg/registry/resource/deviceclass"
	"k8s.io/kubernetes/pkg/registry/resource/devicetaintrule"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaim"
	"k8s.io/kubernetes/pkg/registry/resource/resourceclaimtemplate"
	"k8s.io/kubernetes/pkg/registry/resource/resourceslice"
	"k8s.io/kubernetes/pkg/registry/scheduling/podgroup"
	"k8s.io/kubernetes/pkg/registry/scheduling/priorityclass"
	"k8s.io/kubernetes/pkg/registry/scheduling/workload"
	"k8s.io/kubernetes/pkg/registry/storage/csidriver"
	"k8s.io/kubernetes/pkg/registry/storage/csinode"
	"k8s.io/kubernetes/pkg/registry/storage/csistoragecapacity"
	"k8s.io/kubernetes/pkg/registry/storage/storageclass"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattachment"
	"k8s.io/kubernetes/pkg/registry/storage/volumeattributesclass"
	"k8s.io/kubernetes/pkg/registry/storagemigration/storagemigration"
)

// strategy is what the API server does to a kind before it stores an object of it.
type strategy = rest.RESTCreateUpdateStrategy

// Every kind that the API server stores, by the registry of its own.
var strategies = map[schema.GroupKind]strategy{
	groupKind("admissionregistration.k8s.io", "MutatingAdmissionPolicy"):          mutatingadmissionpolicy.NewStrategy(nil, nil),
	groupKind("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding"):   mutatingadmissionpolicybinding.NewStrategy(nil, nil, anyResource{}),
	groupKind("admissionregistration.k8s.io", "MutatingWebhookConfiguration"):     mutatingwebhookconfiguration.Strategy,
	groupKind("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"):        validatingadmissionpolicy.NewStrategy(nil, nil),
	groupKind("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding"): validatingadmissionpolicybinding.NewStrategy(nil, nil, anyResource{}),
	groupKind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"):   validatingwebhookconfiguration.Strategy,
	groupKind("apps", "ControllerRevision"):                                       controllerrevision.Strategy,
	groupKind("apps", "DaemonSet"):                                                daemonset.Strategy,
	groupKind("apps", "Deployment"):                                               deployment.Strategy,
	groupKind("apps", "ReplicaSet"):                                               replicaset.Strategy,
	groupKind("apps", "StatefulSet"):                                              statefulset.Strategy,
	groupKind("autoscaling", "HorizontalPodAutoscaler"):                           horizontalpodautoscaler.Strategy,
	groupKind("batch", "CronJob"):                                                 cronjob.Strategy,
	groupKind("batch", "Job"):                                                     job.Strategy,
	groupKind("certificates.k8s.io", "CertificateSigningRequest"):                 certificates.Strategy,
	groupKind("certificates.k8s.io", "ClusterTrustBundle"):                        clustertrustbundle.Strategy,
	groupKind("certificates.k8s.io", "PodCertificateRequest"):                     podcertificaterequest.NewStrategy(),
	groupKind("coordination.k8s.io", "Lease"):                                     lease.Strategy,
	groupKind("coordination.k8s.io", "LeaseCandidate"):                            leasecandidate.Strategy,
	groupKind("", "ConfigMap"):                                                    configmap.Strategy,
	groupKind("", "Endpoints"):                                                    endpoint.Strategy,
	groupKind("", "Event"):                                                        event.Strategy,
	groupKind("", "LimitRange"):                                                   limitrange.Strategy,
	groupKind("", "Namespace"):                                                    namespace.Strategy,
	groupKind("", "Node"):                                                         node.Strategy,
	groupKind("", "PersistentVolume"):                                             persistentvolume.Strategy,
	groupKind("", "PersistentVolumeClaim"):                                        persistentvolumeclaim.Strategy,
	groupKind("", "Pod"):                                                          pod.Strategy,
	groupKind("", "PodTemplate"):                                                  podtemplate.Strategy,
	groupKind("", "ReplicationController"):                                        replicationcontroller.Strategy,
	groupKind("", "ResourceQuota"):                                                resourcequota.Strategy,
	groupKind("", "Secret"):                                                       secret.Strategy,
	groupKind("", "Service"):                                                      service.Strategy,
	groupKind("", "ServiceAccount"):                                               serviceaccount.Strategy,
	groupKind("events.k8s.io", "Event"):                                           event.Strategy,
	groupKind("discovery.k8s.io", "EndpointSlice"):                                endpointslice.Strategy,
	groupKind("flowcontrol.apiserver.k8s.io", "FlowSchema"):                       flowschema.Strategy,
	groupKind("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration"):       prioritylevelconfiguration.Strategy,
	groupKind("networking.k8s.io", "Ingress"):                                     ingress.Strategy,
	groupKind("networking.k8s.io", "IngressClass"):                                ingressclass.Strategy,
	groupKind("networking.k8s.io", "IPAddress"):                                   ipaddress.Strategy,
	groupKind("networking.k8s.io", "NetworkPolicy"):                               networkpolicy.Strategy,
	groupKind("networking.k8s.io", "ServiceCIDR"):                                 servicecidr.Strategy,
	groupKind("node.k8s.io", "RuntimeClass"):                                      runtimeclass.Strategy,
	groupKind("policy", "PodDisruptionBudget"):                                    poddisruptionbudget.Strategy,
	groupKind("rbac.authorization.k8s.io", "ClusterRole"):                         clusterrole.Strategy,
	groupKind("rbac.authorization.k8s.io", "ClusterRoleBinding"):                  clusterrolebinding.Strategy,
	groupKind("rbac.authorization.k8s.io", "Role"):                                role.Strategy,
	groupKind("rbac.authorization.k8s.io", "RoleBinding"):                         rolebinding.Strategy,
	groupKind("resource.k8s.io", "DeviceClass"):                                   deviceclass.Strategy,
	groupKind("resource.k8s.io", "DeviceTaintRule"):                               devicetaintrule.Strategy,
	groupKind("resource.k8s.io", "ResourceClaim"):                                 resourceclaim.NewStrategy(anyNamespace{}, nil),
	groupKind("resource.k8s.io", "ResourceClaimTemplate"):                         resourceclaimtemplate.NewStrategy(anyNamespace{}),
	groupKind("resource.k8s.io", "ResourceSlice"):                                 resourceslice.Strategy,
	groupKind("scheduling.k8s.io", "PodGroup"):                                    podgroup.NewStrategy(),
	groupKind("scheduling.k8s.io", "PriorityClass"):                               priorityclass.Strategy,
	groupKind("scheduling.k8s.io", "Workload"):                                    workload.Strategy,
	groupKind("storage.k8s.io", "CSIDriver"):                                      csidriver.Strategy,
	groupKind("storage.k8s.io", "CSINode"):                                        csinode.Strategy,
	groupKind("storage.k8s.io", "CSIStorageCapacity"):                             csistoragecapacity.Strategy,
	groupKind("storage.k8s.io", "StorageClass"):                                   storageclass.Strategy,
	groupKind("storage.k8s.io", "VolumeAttachment"):                               volumeattachment.Strategy,
	groupKind("storage.k8s.io", "VolumeAttributesClass"):                          volumeattributesclass.Strategy,
	groupKind("storagemigration.k8s.io", "StorageVersionMigration"):               storagemigration.Strategy,
	groupKind("apiextensions.k8s.io", "CustomResourceDefinition"):                 customresourcedefinition.NewStrategy(legacyscheme.Scheme),
	groupKind("apiregistration.k8s.io", "APIService"):                             apiservice.NewStrategy(legacyscheme.Scheme).(strategy),
}
