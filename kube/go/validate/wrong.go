package main

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
)

// wrongPlaces finds values that do not fit the types of their fields: each of them hides all else that
// is wrong with the object, and some of the API server's words for them name no field.
func wrongPlaces(asked pair, definitions definitions) []place {
	wants := wantsOf(asked.object, definitions)
	var found []place
	visitValues(asked.object.Object, nil, func(path []string, value any) {
		wanted := wants(path)
		if why := wanted.refuses(value); why != "" {
			found = append(found, place{path: slices.Clone(path), want: wanted, wrong: why})
		}
	})
	return found
}

func visitValues(value any, path []string, take func(path []string, value any)) {
	switch value := value.(type) {
	case []any:
		for i, item := range value {
			visitValues(item, append(path, strconv.Itoa(i)), take)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			visitValues(value[key], append(path, key), take)
		}
	case nil:
	default:
		take(path, value)
	}
}

// refuses tells why a plain value is none of the field's type; empty where it is one, or may be.
func (w want) refuses(value any) string {
	text, isText := value.(string)
	_, isTruth := value.(bool)
	unfit := fmt.Sprintf("must be %s", w)
	switch w {
	case wantText:
		return ""
	case wantNumber:
		if isText || isTruth {
			return unfit
		}
	case wantTruth:
		if !isTruth {
			return unfit
		}
	case wantNothing:
		return unfit
	case wantQuantity:
		if isTruth {
			return unfit
		}
		if _, err := resource.ParseQuantity(fmt.Sprint(value)); err != nil {
			return err.Error()
		}
	case wantBytes:
		if !isText {
			return unfit
		}
		if _, err := base64.StdEncoding.DecodeString(text); err != nil {
			return err.Error()
		}
	case wantTime:
		if _, err := time.Parse(time.RFC3339, text); err != nil {
			return err.Error()
		}
	case wantDuration:
		if _, err := time.ParseDuration(text); err != nil {
			return err.Error()
		}
	}
	return ""
}

func (w want) String() string {
	return [...]string{
		"a text", "a number", "true or false", "a quantity", "base64", "a time", "a duration",
		"a list or an object",
	}[w]
}

// named are the errors with a field each: what is said of the object as a whole, because one value of it
// cannot be read, is said of that value.
func (j judged) named(wrong []place) []finding {
	named := j.Errors[:0:0]
	for _, one := range j.Errors {
		if one.Field != "" {
			named = append(named, one)
		}
	}
	for _, one := range wrong {
		isSaid := slices.ContainsFunc(named, func(said finding) bool {
			return startsWith(segments(said.Field), one.path) || startsWith(one.path, segments(said.Field))
		})
		if !isSaid {
			named = append(named, finding{Field: fieldOfPath(one.path), Type: "FieldValueInvalid", Text: "cannot be read: " + one.wrong})
		}
	}
	return named
}

// fieldOfPath writes a path as the API server does.
func fieldOfPath(path []string) string {
	text := ""
	for _, key := range path {
		_, err := strconv.Atoi(key)
		switch {
		case err == nil || strings.ContainsAny(key, "./"):
			text += "[" + key + "]"
		case text == "":
			text = key
		default:
			text += "." + key
		}
	}
	return text
}
