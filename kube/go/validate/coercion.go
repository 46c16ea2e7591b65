package main

import (
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/objectmeta"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// coercion does to custom resources of one version what the API server does whenever it decodes or
// converts one (pkg/apiserver of apiextensions-apiserver, which is not to be had without its storage).
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

func (c coercion) ConvertToVersion(in runtime.Object, _ runtime.GroupVersioner) (runtime.Object, error) {
	out := in.DeepCopyObject().(*unstructured.Unstructured)
	if err := c.apply(out); err != nil {
		return nil, err
	}
	return out, nil
}

func (c coercion) Convert(in, out, _ any) error {
	from := in.(*unstructured.Unstructured).DeepCopy()
	out.(*unstructured.Unstructured).Object = from.Object
	return c.apply(out.(*unstructured.Unstructured))
}

func (c coercion) ConvertFieldLabel(_ schema.GroupVersionKind, label, value string) (string, string, error) {
	return label, value, nil
}
