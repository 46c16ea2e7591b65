package main

import (
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// So many ways of filling open values in are tried for one object.
const mostFillings = 24

// judgeOpen judges an object some of whose values nobody knows yet: `${NAME}` of variables that only
// the cluster has. It is judged with several values in their place, and what is said of other fields
// counts when no value that was tried takes it away.
func judgeOpen(asked pair, places []place, definitions definitions) judged {
	result := judgeOnce(asked.filled(places, filling{}), definitions)
	certain := result.Errors[:0:0]
	for _, one := range result.Errors {
		if !isAbout(one, places, definitions.has(asked.object)) {
			certain = append(certain, one)
		}
	}
	for _, way := range fillings(places, result.Errors) {
		if len(certain) == 0 {
			break
		}
		said := judgeOnce(asked.filled(places, way), definitions)
		kept := certain[:0:0]
		for _, one := range certain {
			if said.holds(one) {
				kept = append(kept, one)
			}
		}
		certain = kept
	}
	result.Errors = certain
	warnings := result.Warnings[:0:0]
	for _, one := range result.Warnings {
		if !isAbout(one, places, false) {
			warnings = append(warnings, one)
		}
	}
	result.Warnings = warnings
	result.Open = names(places)
	return result
}

// Values of the whole object may stand in a text, and be filled in there too: its end says what is wrong.
func (j judged) holds(one finding) bool {
	for _, said := range j.Errors {
		if said.Field == one.Field && said.Type == one.Type && reason(said.Text) == reason(one.Text) {
			return true
		}
	}
	return false
}

func reason(text string) string {
	return text[strings.LastIndex(text, ": ")+1:]
}

// isAbout: what is said of an open value, or of a part of it, depends on the value; of custom resources
// also what is said of all around it, since their rules may be about anything.
func isAbout(said finding, places []place, isCustom bool) bool {
	if strings.Contains(said.Text, "not declared in schema") {
		return false
	}
	field := segments(said.Field)
	for _, one := range places {
		if startsWith(field, one.path) || isCustom && said.Type != "NoMatch" && startsWith(one.path, field) {
			return true
		}
	}
	return false
}

func startsWith(path, start []string) bool {
	if len(path) < len(start) {
		return false
	}
	for i, each := range start {
		if path[i] != each && path[i] != anyItem && each != anyItem {
			return false
		}
	}
	return true
}

// How an entry of a list is called by its keys, `[name="a"]`: which it is takes more than the path.
const anyItem = "[]"

var segment = regexp.MustCompile(`\[([^\]]*)\]|[^.\[]+`)

// segments of `spec.containers[0].image`, `data[a.b]`.
func segments(field string) []string {
	var parts []string
	for _, found := range segment.FindAllStringSubmatch(field, -1) {
		switch {
		case strings.Contains(found[1], "="):
			parts = append(parts, anyItem)
		case found[1] != "":
			parts = append(parts, found[1])
		default:
			parts = append(parts, found[0])
		}
	}
	return parts
}

// filling is one way to fill open values in. Texts stay as they are where it has none for them.
type filling struct {
	// Numbers and quantities as large as can be, the other truth value.
	large bool
	text  string
	// The only variable that gets the text; all where it is empty.
	only string
}

var quoted = regexp.MustCompile(`"([^"\\]*)"|'([^'\\]*)'`)

// fillings are values that may make an object right: plain ones, and what the errors themselves name.
func fillings(places []place, errors []finding) []filling {
	ways := []filling{{large: true, text: "x"}}
	seen := map[string]bool{}
	for _, said := range errors {
		for _, found := range quoted.FindAllStringSubmatch(said.Text, -1) {
			text := found[1] + found[2]
			if text == "" || strings.Contains(text, "${") || seen[text] {
				continue
			}
			seen[text] = true
			ways = append(ways, filling{text: text})
			for _, name := range names(places) {
				ways = append(ways, filling{text: text, only: name, large: true})
			}
		}
	}
	return ways[:min(len(ways), mostFillings)]
}

// pair is an object and, where an update is judged, what it was.
type pair struct {
	object, before *unstructured.Unstructured
}

func (p pair) copy() pair {
	result := pair{object: p.object.DeepCopy()}
	if p.before != nil {
		result.before = p.before.DeepCopy()
	}
	return result
}

func (p pair) filled(places []place, way filling) pair {
	result := p.copy()
	for i, one := range places {
		one.fill(result.object.Object, way, int64(i))
		if result.before != nil {
			one.fill(result.before.Object, way, int64(i))
		}
	}
	return result
}
