package main

import (
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

type definitions map[schema.GroupKind]*definition

type definition struct {
	served map[string]*version
}

type version struct {
	structural *structuralschema.Structural
	strategy   strategy
	warning    string
	// spec.preserveUnknownFields, which old definitions have.
	keepsUnknown bool
	typed        managedfields.TypeConverter
	fields       *managedfields.FieldManager
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
	subresources := &apiextensions.CustomResourceSubresources{}
	if one.Subresources != nil {
		if err := apiextensionsv1.Convert_v1_CustomResourceSubresources_To_apiextensions_CustomResourceSubresources(one.Subresources, subresources, nil); err != nil {
			return nil
		}
	}
	warning := ""
	if one.Deprecated {
		warning = kind.GroupVersion().String() + " " + kind.Kind + " is deprecated"
		if one.DeprecationWarning != nil {
			warning = *one.DeprecationWarning
		}
	}
	keepsUnknown := crd.Spec.PreserveUnknownFields
	typed, err := typedBy(structural, kind, keepsUnknown)
	if err != nil {
		return nil
	}
	if keepsUnknown {
		structural.XPreserveUnknownFields = true
	} else if err := defaulting.PruneDefaults(structural); err != nil {
		return nil
	}
	made := &version{structural: structural, warning: warning, keepsUnknown: keepsUnknown, typed: typed}
	made.strategy = customresource.NewStrategy(
		unstructuredTyper{}, crd.Spec.Scope == apiextensionsv1.NamespaceScoped, kind,
		validator, nil, structural, subresources.Status, subresources.Scale, one.SelectableFields,
	)
	return made
}

// judgeCustom goes the way of a server-side apply, as judgeBuiltIn does.
func judgeCustom(result *judged, definition *definition, object, before *unstructured.Unstructured) {
	version, there := definition.served[object.GroupVersionKind().Version]
	if !there {
		result.refuse("", "NoMatch", noMatch(object.GroupVersionKind()))
		return
	}
	if version.warning != "" {
		result.warn("", version.warning)
	}
	if before != nil && before.GroupVersionKind() == object.GroupVersionKind() {
		if old := version.stored(before); old != nil {
			version.update(result, object, old)
			return
		}
	}
	if created := version.create(result, object); created != nil {
		fillMeta(created)
		result.refuseAll(rest.BeforeCreate(version.strategy, contextOf(result, object), created))
	}
}

// stored is an object as it lies in the cluster once it was applied; nil where it was refused.
func (v *version) stored(before *unstructured.Unstructured) *unstructured.Unstructured {
	fields, err := v.fieldManager(before.GroupVersionKind())
	if err != nil {
		panic(err)
	}
	empty, _ := coercion{v}.New(before.GroupVersionKind())
	applied, err := fields.Apply(empty, before.DeepCopy(), manager, true)
	if err != nil {
		return nil
	}
	old := applied.(*unstructured.Unstructured)
	coercion{v}.Default(old)
	fillMeta(old)
	if rest.BeforeCreate(v.strategy, contextOf(&judged{}, before), old) != nil || (coercion{v}).apply(old) != nil {
		return nil
	}
	return old
}

func (v *version) update(result *judged, object, old *unstructured.Unstructured) {
	fields, err := v.fieldManager(object.GroupVersionKind())
	if err != nil {
		panic(err)
	}
	var updated *unstructured.Unstructured
	applied, err := fields.Apply(old.DeepCopy(), object.DeepCopy(), manager, true)
	if err == nil {
		updated = applied.(*unstructured.Unstructured)
		coercion{v}.Default(updated)
	} else if updated = v.leniently(result, object, err); updated == nil {
		return
	}
	updated.SetUID(old.GetUID())
	updated.SetCreationTimestamp(old.GetCreationTimestamp())
	updated.SetResourceVersion(old.GetResourceVersion())
	result.refuseAll(rest.BeforeUpdate(v.strategy, contextOf(result, object), updated, old))
}

// create is a server-side apply without its bookkeeping, as that of built-in kinds.
func (v *version) create(result *judged, object *unstructured.Unstructured) *unstructured.Unstructured {
	if _, err := v.typed.ObjectToTyped(object); err != nil {
		return v.leniently(result, object, err)
	}
	created := object.DeepCopy()
	coercion{v}.Default(created)
	return created
}

// leniently takes what is refused for one field, so that it does not hide what else is wrong.
func (v *version) leniently(result *judged, object *unstructured.Unstructured, refusal error) *unstructured.Unstructured {
	result.refuseTyped(refusal)
	taken := object.DeepCopy()
	if err := (coercion{v}).apply(taken); err != nil {
		result.unread = true
		return nil
	}
	coercion{v}.Default(taken)
	return taken
}

func (v *version) fieldManager(kind schema.GroupVersionKind) (*managedfields.FieldManager, error) {
	if v.fields != nil {
		return v.fields, nil
	}
	var reset map[fieldpath.APIVersion]fieldpath.Filter
	if resets, does := v.strategy.(rest.ResetFieldsStrategy); does {
		reset = fieldpath.NewExcludeFilterSetMap(resets.GetResetFields())
	}
	made, err := managedfields.NewDefaultCRDFieldManager(
		v.typed, coercion{v}, coercion{v}, coercion{v}, kind, kind.GroupVersion(), "", reset,
	)
	v.fields = made
	return made, err
}
