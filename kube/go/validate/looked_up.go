package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	resourcev1 "k8s.io/api/resource/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
)

// What a few strategies look up in the cluster. Nothing is known of it here, so that it is taken to be
// as the object needs it: whoever may not is told so by the cluster.

// anyResource stands in for discovery, which is asked for before anybody's rights are, even where nobody
// asks for these.
type anyResource struct{}

func (anyResource) Resolve(kind schema.GroupVersionKind) (schema.GroupVersionResource, error) {
	return kind.GroupVersion().WithResource(kind.Kind), nil
}

// anyNamespace is one that allows administrative access to devices.
type anyNamespace struct{ typedcorev1.NamespaceInterface }

func (anyNamespace) Get(_ context.Context, name string, _ metav1.GetOptions) (*corev1.Namespace, error) {
	labels := map[string]string{resourcev1.DRAAdminNamespaceLabelKey: "true"}
	return &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels}}, nil
}
