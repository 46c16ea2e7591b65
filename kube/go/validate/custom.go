package main

import (
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

type definitions map[schema.GroupKind]*definition

type definition struct {
	served map[string]*version
}

type version struct {
	structural *structuralschema.Structural
	strategy   strategy
	warning    string
}

// Read definitions are kept: their rules are compiled once, whoever asks how often.
var known = map[string]struct {
	kind schema.GroupKind
	*definition
}{}

func readDefinitions(texts []string) definitions {
	read := definitions{}
	for _, text := range texts {
		one, there := known[text]
		if !there {
			one.kind, one.definition = readDefinition(text)
			known[text] = one
		}
		if one.definition != nil {
			read[one.kind] = one.definition
		}
	}
	return read
}

// A definition that cannot be read judges nothing here; as an object of its own it is judged too.
func readDefinition(text string) (schema.GroupKind, *definition) {
	decoded, _, err := legacyscheme.Codecs.UniversalDeserializer().Decode([]byte(text), nil, nil)
	crd, is := decoded.(*apiextensionsv1.CustomResourceDefinition)
	if err != nil || !is {
		return schema.GroupKind{}, nil
	}
	apiextensionsv1.SetDefaults_CustomResourceDefinition(crd)
	apiextensionsv1.SetDefaults_CustomResourceDefinitionSpec(&crd.Spec)
	kind := schema.GroupKind{Group: crd.Spec.Group, Kind: crd.Spec.Names.Kind}
	made := &definition{served: map[string]*version{}}
	for _, one := range crd.Spec.Versions {
		if !one.Served || one.Schema == nil || one.Schema.OpenAPIV3Schema == nil {
			continue
		}
		if read := readVersion(crd, one, kind.WithVersion(one.Name)); read != nil {
			made.served[one.Name] = read
		}
	}
	return kind, made
}

func readVersion(crd *apiextensionsv1.CustomResourceDefinition, one apiextensionsv1.CustomResourceDefinitionVersion, kind schema.GroupVersionKind) *version {
	props := &apiextensions.JSONSchemaProps{}
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(one.Schema.OpenAPIV3Schema, props, nil); err != nil {
		return nil
	}
	structural, err := structuralschema.NewStructural(props)
	if err != nil {
		return nil
	}
	validator, _, err := validation.NewSchemaValidator(props)
	if err != nil {
		return nil
	}
	var status *apiextensions.CustomResourceSubresourceStatus
	if one.Subresources != nil && one.Subresources.Status != nil {
		status = &apiextensions.CustomResourceSubresourceStatus{}
	}
	warning := ""
	if one.Deprecated {
		warning = kind.GroupVersion().String() + " " + kind.Kind + " is deprecated"
		if one.DeprecationWarning != nil {
			warning = *one.DeprecationWarning
		}
	}
	if crd.Spec.PreserveUnknownFields {
		structural.XPreserveUnknownFields = true
	}
	return &version{structural: structural, warning: warning, strategy: customresource.NewStrategy(
		unstructuredTyper{}, crd.Spec.Scope == apiextensionsv1.NamespaceScoped, kind,
		validator, nil, structural, status, nil, one.SelectableFields,
	)}
}

func judgeCustom(result *judged, definition *definition, object, before *unstructured.Unstructured) {
	version, there := definition.served[object.GroupVersionKind().Version]
	if !there {
		result.refuse("", "NoMatch", "no matches for kind \""+object.GetKind()+"\" in version \""+object.GetAPIVersion()+"\"")
		return
	}
	if version.warning != "" {
		result.warn("", version.warning)
	}
	ctx := contextOf(result, object)
	for _, path := range version.settle(object) {
		result.refuse(path, "FieldTypeInvalid", "field not declared in schema")
	}
	if before != nil && before.GroupVersionKind() == object.GroupVersionKind() {
		version.settle(before)
		asItWas := judged{}
		fillMeta(before)
		if rest.BeforeCreate(version.strategy, contextOf(&asItWas, before), before) == nil {
			object.SetUID(before.GetUID())
			object.SetResourceVersion(before.GetResourceVersion())
			result.refuseAll(rest.BeforeUpdate(version.strategy, ctx, object, before))
			return
		}
	}
	fillMeta(object)
	result.refuseAll(rest.BeforeCreate(version.strategy, ctx, object))
}

// settle does what the API server does when it decodes a custom resource: unknown fields are pruned and
// defaults filled in. It returns the paths of unknown fields: server-side apply refuses them.
func (v *version) settle(object *unstructured.Unstructured) []string {
	unknown := pruning.PruneWithOptions(object.Object, v.structural, true, structuralschema.UnknownFieldPathOptions{
		TrackUnknownFieldPaths: true,
	})
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, v.structural)
	defaulting.Default(object.Object, v.structural)
	paths := make([]string, len(unknown))
	for i, path := range unknown {
		paths[i] = strings.TrimPrefix(path, ".")
	}
	return paths
}
