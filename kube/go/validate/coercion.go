package main

import (
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// coercion does to custom resources of one version what the API server does whenever it stores or decodes
// one (pkg/apiserver of apiextensions-apiserver, which is not to be had without its storage).
type coercion struct{ *version }

func (c coercion) apply(object *unstructured.Unstructured) error {
	kind, apiVersion := object.GetKind(), object.GetAPIVersion()
	metadata, there, err := objectmeta.GetObjectMeta(object.Object, false)
	if err != nil {
		return err
	}
	if !c.keepsUnknown {
		pruning.Prune(object.Object, c.structural, true)
		defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, c.structural)
	}
	if err := objectmeta.Coerce(nil, object.Object, c.structural, false, false); err != nil {
		return err
	}
	object.SetKind(kind)
	object.SetAPIVersion(apiVersion)
	if there {
		return objectmeta.SetObjectMeta(object.Object, metadata)
	}
	return nil
}

func (c coercion) Default(object runtime.Object) {
	defaulting.Default(object.(*unstructured.Unstructured).Object, c.structural)
}

func (c coercion) New(kind schema.GroupVersionKind) (runtime.Object, error) {
	made := &unstructured.Unstructured{}
	made.SetGroupVersionKind(kind)
	return made, nil
}

// Between versions of a custom resource nothing but a webhook converts, and server-side apply sees
// objects before they are stored: nothing is dropped for it, so that a null where none may stand is refused.
func (c coercion) ConvertToVersion(in runtime.Object, _ runtime.GroupVersioner) (runtime.Object, error) {
	return in.DeepCopyObject(), nil
}

func (c coercion) Convert(in, out, _ any) error {
	out.(*unstructured.Unstructured).Object = in.(*unstructured.Unstructured).DeepCopy().Object
	return nil
}

func (c coercion) ConvertFieldLabel(_ schema.GroupVersionKind, label, value string) (string, string, error) {
	return label, value, nil
}
