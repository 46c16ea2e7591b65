package main

import (
	"reflect"
	"strings"

	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// want is what the type of a field takes: any other value would stop the reading of the whole object.
type want int

const (
	wantText want = iota
	wantNumber
	wantTruth
	wantQuantity
	wantBytes
	wantTime
	wantDuration
	// A list, a map or an object, which nobody can make up.
	wantNothing
)

func (w want) value(large bool, number int64) any {
	switch w {
	case wantNumber:
		if large {
			return 1_000_000 + number
		}
		return 1 + number
	case wantTruth:
		return !large
	case wantQuantity:
		if large {
			return "1000000"
		}
		return "1"
	case wantBytes:
		return "eA=="
	case wantTime:
		return "2020-01-01T00:00:00Z"
	case wantDuration:
		return "1s"
	}
	return nil
}

// wantsOf tells what the fields of an object take, by its Go type or its definition's schema.
func wantsOf(object *unstructured.Unstructured, definitions definitions) func(path []string) want {
	kind := object.GroupVersionKind()
	if custom, there := definitions[kind.GroupKind()]; there {
		if version, served := custom.served[kind.Version]; served {
			return func(path []string) want { return wantBySchema(version.structural, path) }
		}
	} else if versioned, err := legacyscheme.Scheme.New(kind); err == nil {
		of := reflect.TypeOf(versioned)
		return func(path []string) want { return wantByType(of, path) }
	}
	return func([]string) want { return wantText }
}

var special = map[reflect.Type]want{
	reflect.TypeFor[resource.Quantity](): wantQuantity,
	reflect.TypeFor[metav1.Time]():       wantTime,
	reflect.TypeFor[metav1.MicroTime]():  wantTime,
	reflect.TypeFor[metav1.Duration]():   wantDuration,
	reflect.TypeFor[[]byte]():            wantBytes,
}

func wantByType(at reflect.Type, path []string) want {
	for at.Kind() == reflect.Pointer {
		at = at.Elem()
	}
	if wanted, is := special[at]; is {
		return wanted
	}
	if len(path) > 0 {
		switch at.Kind() {
		case reflect.Struct:
			if field := fieldOf(at, path[0]); field != nil {
				return wantByType(field, path[1:])
			}
		case reflect.Slice, reflect.Map:
			return wantByType(at.Elem(), path[1:])
		}
		return wantText
	}
	switch at.Kind() {
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		return wantNumber
	case reflect.Bool:
		return wantTruth
	case reflect.Slice, reflect.Map:
		return wantNothing
	case reflect.Struct:
		// What reads itself, as IntOrString does, takes texts too.
		if _, reads := reflect.New(at).Interface().(interface{ UnmarshalJSON([]byte) error }); !reads {
			return wantNothing
		}
	}
	return wantText
}

// fieldOf is the type of a field by its name in JSON, those of inlined structs included.
func fieldOf(at reflect.Type, name string) reflect.Type {
	for i := range at.NumField() {
		field := at.Field(i)
		tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == name {
			return field.Type
		}
		if tag == "" && (field.Anonymous || strings.Contains(options, "inline")) {
			inner := field.Type
			if inner.Kind() == reflect.Struct {
				if found := fieldOf(inner, name); found != nil {
					return found
				}
			}
		}
	}
	return nil
}

func wantBySchema(at *structuralschema.Structural, path []string) want {
	for _, key := range path {
		if at == nil || at.XEmbeddedResource && key == "metadata" {
			return wantText
		}
		if child, there := at.Properties[key]; there {
			at = &child
		} else if at.AdditionalProperties != nil {
			at = at.AdditionalProperties.Structural
		} else {
			at = at.Items
		}
	}
	if at == nil || at.XIntOrString {
		return wantText
	}
	switch at.Type {
	case "integer", "number":
		return wantNumber
	case "boolean":
		return wantTruth
	case "array", "object":
		return wantNothing
	}
	return wantText
}
