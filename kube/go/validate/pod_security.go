package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	podsecurity "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// namespaces are those that are known beside the objects: what their labels enforce, by name.
type namespaces map[string]podsecurity.LevelVersion

// Pod Security is admission that is built in and always on: pods that their namespace does not take are
// refused when a controller makes them, long after the object that brings them was taken.
func readNamespaces(texts []string) namespaces {
	known := namespaces{}
	for _, text := range texts {
		namespace, err := read(text)
		if err != nil {
			continue
		}
		privileged := podsecurity.LevelVersion{Level: podsecurity.LevelPrivileged, Version: podsecurity.LatestVersion()}
		asked, wrong := podsecurity.PolicyToEvaluate(namespace.GetLabels(), podsecurity.Policy{Enforce: privileged})
		if len(wrong) == 0 && asked.Enforce.Level != podsecurity.LevelPrivileged {
			known[namespace.GetName()] = asked.Enforce
		}
	}
	return known
}

var podSecurity = func() policy.Evaluator {
	made, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		panic(err)
	}
	return made
}()

// warnOfPods says which pods the namespace would refuse. Who is exempt is for the cluster's own settings
// to say, so that it is no error.
func (n namespaces) warnOfPods(result *judged, object *unstructured.Unstructured) {
	enforced, there := n[object.GetNamespace()]
	if !there {
		return
	}
	template := podTemplateOf(object)
	if template == nil {
		return
	}
	said := policy.AggregateCheckResults(podSecurity.EvaluatePod(enforced, &template.ObjectMeta, &template.Spec))
	if !said.Allowed {
		result.warn("", fmt.Sprintf(
			"pods would be refused in namespace %s: violates PodSecurity %q: %s",
			object.GetNamespace(), enforced.String(), said.ForbiddenDetail(),
		))
	}
}

var podTemplates = map[schema.GroupKind][]string{
	groupKind("", "Pod"):                   {},
	groupKind("", "ReplicationController"): {"spec", "template"},
	groupKind("apps", "DaemonSet"):         {"spec", "template"},
	groupKind("apps", "Deployment"):        {"spec", "template"},
	groupKind("apps", "ReplicaSet"):        {"spec", "template"},
	groupKind("apps", "StatefulSet"):       {"spec", "template"},
	groupKind("batch", "CronJob"):          {"spec", "jobTemplate", "spec", "template"},
	groupKind("batch", "Job"):              {"spec", "template"},
}

func podTemplateOf(object *unstructured.Unstructured) *corev1.PodTemplateSpec {
	path, there := podTemplates[object.GroupVersionKind().GroupKind()]
	if !there {
		return nil
	}
	fields, found, err := unstructured.NestedMap(object.Object, path...)
	template := &corev1.PodTemplateSpec{}
	if err != nil || !found || runtime.DefaultUnstructuredConverter.FromUnstructured(fields, template) != nil {
		return nil
	}
	return template
}
