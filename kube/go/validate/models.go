package main

import (
	"maps"
	"strings"

	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	generatedopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

const reference = "#/definitions/"

// definitionModels are the schemas that server-side apply reads definitions by, and what is inside of
// custom resources without being in their schemas.
var definitionModels = readDefinitionModels()

func readDefinitionModels() map[string]*spec.Schema {
	models := map[string]*spec.Schema{}
	at := func(name string) spec.Ref { return spec.MustCreateRef(reference + name) }
	for name, one := range generatedopenapi.GetOpenAPIDefinitions(at) {
		if strings.Contains(name, ".apiextensions.") || strings.Contains(name, ".meta.") || strings.HasSuffix(name, ".RawExtension") {
			models[name] = &one.Schema
		}
	}
	name := apiextensionsv1.CustomResourceDefinition{}.OpenAPIModelName()
	models[name] = ofKind(models[name], apiextensionsv1.SchemeGroupVersion.WithKind("CustomResourceDefinition"))
	return models
}

// typedBy is the schema that server-side apply reads custom resources of a version by, as the API server
// makes it (pkg/controller/openapi/builder of apiextensions-apiserver).
func typedBy(structural *structuralschema.Structural, kind schema.GroupVersionKind, keepsUnknown bool) (managedfields.TypeConverter, error) {
	model := structural.Unfold().ToKubeOpenAPI()
	asObject(model)
	embed(model)
	models := maps.Clone(definitionModels)
	models["custom"] = ofKind(model, kind)
	return managedfields.NewTypeConverter(models, keepsUnknown)
}

func ofKind(model *spec.Schema, kind schema.GroupVersionKind) *spec.Schema {
	model.AddExtension("x-kubernetes-group-version-kind", []any{
		map[string]any{"group": kind.Group, "version": kind.Version, "kind": kind.Kind},
	})
	return model
}

func asObject(model *spec.Schema) {
	model.SetProperty("apiVersion", *spec.StringProperty())
	model.SetProperty("kind", *spec.StringProperty())
	model.SetProperty("metadata", *spec.RefSchema(reference + metav1.ObjectMeta{}.OpenAPIModelName()))
}

func embed(model *spec.Schema) {
	for key, inner := range model.Properties {
		embed(&inner)
		model.Properties[key] = inner
	}
	if model.Items != nil {
		embed(model.Items.Schema)
	}
	if model.AdditionalProperties != nil && model.AdditionalProperties.Schema != nil {
		embed(model.AdditionalProperties.Schema)
	}
	if embedded, _ := model.Extensions.GetBool("x-kubernetes-embedded-resource"); embedded {
		asObject(model)
	}
}

func definitionTypes() managedfields.TypeConverter {
	made, err := managedfields.NewTypeConverter(definitionModels, false)
	if err != nil {
		panic(err)
	}
	return made
}
