package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apiserver/pkg/endpoints/deprecation"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/batch"
	core "k8s.io/kubernetes/pkg/apis/core"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

const manager = "kustomize-controller"

// judgeBuiltIn goes the way of a server-side apply through the API server, up to its storage: admission
// and what lies in the cluster are not known.
func judgeBuiltIn(result *judged, strategy strategy, object, before *unstructured.Unstructured) {
	kind := object.GroupVersionKind()
	versioned, err := legacyscheme.Scheme.New(kind)
	if err != nil {
		result.refuse("", "NoMatch", err.Error())
		return
	}
	if !sayLifecycle(result, versioned) {
		return
	}
	ctx := contextOf(result, object)
	if before == nil {
		if created := create(result, object); created != nil {
			fillMeta(created)
			begin(created, nil)
			result.refuseAll(rest.BeforeCreate(strategy, ctx, created))
		}
		return
	}
	fields, err := fieldManagerOf(strategy, kind)
	if err != nil {
		result.refuse("", "Internal", err.Error())
		return
	}
	// What lies in git is what was applied; if it was not accepted, there is nothing to update.
	asItWas := judged{}
	old := apply(&asItWas, fields, versioned, before)
	if old != nil {
		fillMeta(old)
		begin(old, nil)
		asItWas.refuseAll(rest.BeforeCreate(strategy, contextOf(&asItWas, before), old))
	}
	if old == nil || len(asItWas.Errors) > 0 {
		judgeBuiltIn(result, strategy, object, nil)
		return
	}
	establish(old, object)
	if updated := apply(result, fields, old.DeepCopyObject(), object); updated != nil {
		begin(updated, old)
		result.refuseAll(rest.BeforeUpdate(strategy, ctx, updated, old))
	}
}

// create is a server-side apply of an object that is not there yet, without the bookkeeping of who owns
// which field, which nobody asks for here and which takes most of the time.
func create(result *judged, object *unstructured.Unstructured) runtime.Object {
	kind := object.GroupVersionKind()
	_, err := typeConverterOf(kind).ObjectToTyped(object)
	var versioned runtime.Object
	if err == nil {
		versioned, err = legacyscheme.Scheme.ConvertToVersion(object, kind.GroupVersion())
	}
	if err != nil {
		return leniently(result, object, err)
	}
	return inside(versioned)
}

// apply is one server-side apply to an object that is there.
func apply(result *judged, fields *managedfields.FieldManager, live runtime.Object, object *unstructured.Unstructured) runtime.Object {
	applied, err := fields.Apply(live, object.DeepCopy(), manager, true)
	if err == nil {
		return applied
	}
	taken := leniently(result, object, err)
	if taken != nil {
		carryOver(live, taken)
	}
	return taken
}

// carryOver gives an object that was not merged into the one that is there what the server keeps of that:
// nobody has to write these down, so they are not what is wrong.
func carryOver(live, taken runtime.Object) {
	fillMeta(taken)
	job, is := taken.(*batch.Job)
	if !is || job.Spec.Selector != nil {
		return
	}
	was := live.(*batch.Job).Spec
	job.Spec.Selector = was.Selector
	for _, label := range []string{batch.ControllerUidLabel, batch.LegacyControllerUidLabel, batch.JobNameLabel, batch.LegacyJobNameLabel} {
		if value, has := was.Template.Labels[label]; has {
			metav1.SetMetaDataLabel(&job.Spec.Template.ObjectMeta, label, value)
		}
	}
}

// leniently decodes an object that server-side apply refuses, so that one misspelt field does not hide
// what else is wrong. Nil where it cannot be decoded at all.
func leniently(result *judged, object *unstructured.Unstructured, refusal error) runtime.Object {
	result.refuseTyped(refusal)
	decoded, _, err := legacyscheme.Codecs.UniversalDeserializer().Decode(asJSON(object.Object), nil, nil)
	if err != nil {
		result.unread = true
		return nil
	}
	return inside(decoded)
}

// inside is an object as the API server has it inside: with defaults, in its internal version.
func inside(versioned runtime.Object) runtime.Object {
	legacyscheme.Scheme.Default(versioned)
	internal, err := legacyscheme.Scheme.ConvertToVersion(versioned, runtime.InternalGroupVersioner)
	if err != nil {
		panic(err)
	}
	return internal
}

// What lies in a cluster has been taken up by its controllers; some rules are only for that.
func establish(old runtime.Object, object *unstructured.Unstructured) {
	switch old := old.(type) {
	case *apiextensions.CustomResourceDefinition:
		apiextensions.SetCRDCondition(old, apiextensions.CustomResourceDefinitionCondition{
			Type:   apiextensions.Established,
			Status: apiextensions.ConditionTrue,
		})
	case *core.Service:
		allocate(old, object)
	case *core.PersistentVolumeClaim:
		// Only one that is bound may grow, and it is as large as was asked for.
		old.Status.Phase = core.ClaimBound
		old.Status.Capacity = old.Spec.Resources.Requests.DeepCopy()
	}
}

func fieldManagerOf(strategy strategy, kind schema.GroupVersionKind) (*managedfields.FieldManager, error) {
	if known, there := fieldManagers[kind]; there {
		return known, nil
	}
	var reset map[fieldpath.APIVersion]fieldpath.Filter
	if resets, does := strategy.(rest.ResetFieldsStrategy); does {
		reset = fieldpath.NewExcludeFilterSetMap(resets.GetResetFields())
	}
	made, err := managedfields.NewDefaultFieldManager(
		typeConverterOf(kind), legacyscheme.Scheme, legacyscheme.Scheme, legacyscheme.Scheme,
		kind, schema.GroupVersion{Group: kind.Group, Version: runtime.APIVersionInternal}, "", reset,
	)
	fieldManagers[kind] = made
	return made, err
}

var fieldManagers = map[schema.GroupVersionKind]*managedfields.FieldManager{}

func fillMeta(object runtime.Object) {
	accessor, err := meta.Accessor(object)
	if err != nil {
		panic(err)
	}
	accessor.SetCreationTimestamp(madeAt)
	accessor.SetUID("00000000-0000-4000-8000-000000000000")
	accessor.SetResourceVersion("1")
}

// One time and one UID for all objects, where rest.FillObjectMetaSystemFields takes them anew: asking the
// host for them was a tenth of the judging, and no rule compares those of two objects.
var madeAt = metav1.Now()

// contextOf is what the API server's handlers put into a request's context.
func contextOf(result *judged, object *unstructured.Unstructured) context.Context {
	kind := object.GroupVersionKind()
	plural, _ := meta.UnsafeGuessKindToResource(kind)
	ctx := genericapirequest.WithNamespace(context.Background(), namespaceOf(object))
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true,
		Verb:              "patch",
		APIGroup:          kind.Group,
		APIVersion:        kind.Version,
		Resource:          plural.Resource,
		Name:              object.GetName(),
	})
	return warning.WithWarningRecorder(ctx, recorder{result})
}

type recorder struct{ result *judged }

func (r recorder) AddWarning(_, text string) {
	field, _, found := strings.Cut(text, ": ")
	if !found || strings.Contains(field, " ") {
		field = ""
	}
	r.result.warn(field, text)
}

// sayLifecycle says that a version is deprecated; false where this server does not have it any more.
func sayLifecycle(result *judged, versioned runtime.Object) bool {
	kind := versioned.GetObjectKind().GroupVersionKind()
	if kinds, _, err := legacyscheme.Scheme.ObjectKinds(versioned); err == nil {
		kind = kinds[0]
		versioned.GetObjectKind().SetGroupVersionKind(kind)
	}
	if isRemoved(versioned) {
		result.refuse("", "NoMatch", deprecation.WarningMessage(versioned))
		return false
	}
	if !canBeServed(kind) {
		result.refuse("", "NoMatch", noMatch(kind))
		return false
	}
	if deprecation.IsDeprecated(versioned, major, minor) {
		result.warn("", deprecation.WarningMessage(versioned))
	}
	if !isServedByDefault(kind.Version) {
		result.warn("", kind.GroupVersion().String()+" is off by default: the API server has to be told to serve it")
	}
	return true
}

func noMatch(kind schema.GroupVersionKind) string {
	return fmt.Sprintf("no matches for kind %q in version %q", kind.Kind, kind.GroupVersion())
}

func (j *judged) refuseAll(err error) {
	if err == nil {
		return
	}
	status, is := err.(apierrors.APIStatus)
	if !is || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		j.refuse("", "Invalid", err.Error())
		return
	}
	known := j.Errors
	for _, cause := range status.Status().Details.Causes {
		// How a path of nothing is written.
		field := strings.TrimPrefix(cause.Field, "<nil>")
		if !slices.ContainsFunc(known, func(said finding) bool { return said.isOfType(field) }) {
			j.refuse(field, string(cause.Type), cause.Message)
		}
	}
}

// isOfType: what server-side apply said of a field's type is not said once more by the checks behind it.
func (f finding) isOfType(field string) bool {
	said, other := segments(f.Field), segments(field)
	return f.Type == "FieldTypeInvalid" && f.Field != "" && len(said) == len(other) && startsWith(said, other)
}
