package main

import (
	"encoding/json"
	"fmt"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// judgeSafely never lets one object stop another: what panics, in the API server's code or in ours, is
// said of the object that it was given.
func judgeSafely(one asked, definitions definitions, namespaces namespaces) (result judged) {
	defer func() {
		if cause := recover(); cause != nil {
			result = newJudged()
			result.refuse("", "Panic", fmt.Sprint(cause))
		}
	}()
	return judge(one, definitions, namespaces)
}

func judge(one asked, definitions definitions, namespaces namespaces) judged {
	unread := newJudged()
	object, err := read(one.Object)
	if err != nil {
		unread.refuse("", "Unreadable", err.Error())
		return unread
	}
	managed := object.GetManagedFields() != nil
	object.SetManagedFields(nil)
	both := pair{object: object}
	if one.Before != "" {
		if both.before, err = read(one.Before); err != nil {
			unread.refuse("", "Unreadable", "as it was: "+err.Error())
			return unread
		}
		both.before.SetManagedFields(nil)
	}
	var result judged
	places := openPlaces(both, one.Open, definitions)
	if len(places) > 0 {
		result = judgeOpen(both, places, definitions)
	} else {
		result = judgeOnce(both.copy(), definitions)
		result.refuseLabels(both)
		namespaces.warnOfPods(&result, object)
	}
	if result.unread {
		if wrong := wrongPlaces(both, definitions); len(wrong) > 0 {
			rest := judgeOpen(both, append(wrong, places...), definitions)
			result.Errors = append(result.named(wrong), rest.Errors...)
			result.Warnings = rest.Warnings
		}
	}
	if managed {
		// As server-side apply itself says it, before it looks at anything else.
		result.refuse("metadata.managedFields", "BadRequest", "metadata.managedFields must be nil")
	}
	result.mask(object, both.before)
	return result
}

func judgeOnce(both pair, definitions definitions) (result judged) {
	result = newJudged()
	defer func() {
		if cause := recover(); cause != nil {
			result.Errors = append(result.Errors, finding{Type: "Panic", Text: fmt.Sprint(cause)})
		}
	}()
	object, old := both.object, both.before
	kind := object.GroupVersionKind()
	if definition, there := definitions[kind.GroupKind()]; there {
		judgeCustom(&result, definition, object, old)
	} else if strategy, there := strategies[kind.GroupKind()]; there && legacyscheme.Scheme.Recognizes(kind) {
		judgeBuiltIn(&result, strategy, object, old)
	} else if legacyscheme.Scheme.Recognizes(kind) {
		// Lists, options, reviews, bindings: there is a type and no storage.
		result.refuse("", "NotApplicable", fmt.Sprintf("the API server keeps no objects of kind %q: nobody can apply one", kind.Kind))
	} else if isBuiltInGroup(kind.Group) {
		result.refuse("", "NoMatch", noMatch(kind))
	} else {
		result.Kind = "unknown-kind"
	}
	return result
}

func newJudged() judged {
	return judged{Kind: "judged", Errors: []finding{}, Warnings: []finding{}}
}

func (d definitions) has(object *unstructured.Unstructured) bool {
	_, there := d[object.GroupVersionKind().GroupKind()]
	return there
}

// read decodes as the API server decodes what it is sent to apply: integers stay integers.
func read(text string) (*unstructured.Unstructured, error) {
	object := &unstructured.Unstructured{}
	return object, object.UnmarshalJSON([]byte(text))
}

func (j *judged) refuse(field, kind, text string) {
	one := finding{Field: field, Type: kind, Text: text}
	for _, said := range j.Errors {
		if said == one {
			return
		}
	}
	j.Errors = append(j.Errors, one)
}

func (j *judged) warn(field, text string) {
	j.Warnings = append(j.Warnings, finding{Field: field, Type: "Warning", Text: text})
}

// Groups that belong to the API server itself: a kind that is not in them does not exist, and no
// definition elsewhere can bring it.
func isBuiltInGroup(group string) bool {
	return group == "extensions" || legacyscheme.Scheme.IsGroupRegistered(group)
}

func namespaceOf(object *unstructured.Unstructured) string {
	if namespace := object.GetNamespace(); namespace != "" {
		return namespace
	}
	// Flux needs one; which it will be is not known here, and no rule depends on it.
	return "default"
}

func asJSON(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

func groupKind(group, kind string) schema.GroupKind {
	return schema.GroupKind{Group: group, Kind: kind}
}
