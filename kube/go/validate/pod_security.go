package main

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/validation/field"
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
		asked, wrong := askedBy(namespace)
		if len(wrong) == 0 && asked.Enforce.Level != podsecurity.LevelPrivileged {
			known[namespace.GetName()] = asked.Enforce
		}
	}
	return known
}

func askedBy(namespace *unstructured.Unstructured) (podsecurity.Policy, field.ErrorList) {
	privileged := podsecurity.LevelVersion{Level: podsecurity.LevelPrivileged, Version: podsecurity.LatestVersion()}
	return podsecurity.PolicyToEvaluate(namespace.GetLabels(), podsecurity.Policy{Enforce: privileged})
}

// refuseLabels does as that admission does of a Namespace (pod-security-admission, ValidateNamespace):
// levels and versions that are none are refused, unless they were there before.
func (j *judged) refuseLabels(both pair) {
	kind := both.object.GroupVersionKind().GroupKind()
	if kind != groupKind("", "Namespace") {
		return
	}
	_, wrong := askedBy(both.object)
	if both.before != nil {
		if _, was := askedBy(both.before); equality.Semantic.DeepEqual(wrong, was) {
			return
		}
	}
	if len(wrong) > 0 {
		j.refuseAll(apierrors.NewInvalid(kind, both.object.GetName(), wrong))
	}
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
