package main

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// place is where an object holds a variable whose value is not known.
type place struct {
	path  []string
	name  string
	isKey bool
	want  want
	// Why the value that stands there cannot be read; empty for an open one.
	wrong string
}

// openPlaces finds `${NAME}` of the given names in texts and keys.
func openPlaces(asked pair, open []string, definitions definitions) []place {
	if len(open) == 0 {
		return nil
	}
	quotedNames := make([]string, len(open))
	for i, name := range open {
		quotedNames[i] = regexp.QuoteMeta(name)
	}
	pattern := regexp.MustCompile(`\$\{(` + strings.Join(quotedNames, "|") + `)\b[^}]*\}`)
	var found []place
	add := func(path []string, text string, isKey bool) {
		if name := pattern.FindStringSubmatch(text); name != nil {
			found = append(found, place{path: slices.Clone(path), name: name[1], isKey: isKey})
		}
	}
	visit(asked.object.Object, nil, add)
	if asked.before != nil {
		visit(asked.before.Object, nil, add)
	}
	wants := wantsOf(asked.object, definitions)
	for i := range found {
		found[i].want = wants(found[i].path)
	}
	return found
}

func visit(value any, path []string, add func(path []string, text string, isKey bool)) {
	switch value := value.(type) {
	case string:
		add(path, value, false)
	case []any:
		for i, item := range value {
			visit(item, append(path, strconv.Itoa(i)), add)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			inner := append(path, key)
			add(inner, key, true)
			visit(value[key], inner, add)
		}
	}
}

var variable = regexp.MustCompile(`\$\{[A-Za-z_]\w*[^}]*\}`)

// fill puts a value in this place, where the object has it.
func (p place) fill(object map[string]any, way filling, number int64) {
	at, last := any(object), len(p.path)-1
	for _, key := range p.path[:last] {
		at = childOf(at, key)
	}
	text := way.text
	if way.only != "" && way.only != p.name {
		text = ""
	}
	if fields, is := at.(map[string]any); is && p.isKey {
		value, there := fields[p.path[last]]
		if there && text != "" {
			delete(fields, p.path[last])
			fields[filledText(p.path[last], text)] = value
		}
		return
	}
	was, is := childOf(at, p.path[last]).(string)
	if !is && p.wrong == "" {
		return
	}
	value := p.want.value(way.large, number)
	if p.want == wantText && p.wrong != "" {
		value = "x"
	} else if p.want == wantText {
		value = was
		if text != "" {
			value = filledText(was, text)
		}
	}
	switch holder := at.(type) {
	case map[string]any:
		if value == nil {
			delete(holder, p.path[last])
		} else {
			holder[p.path[last]] = value
		}
	case []any:
		// As it was, the list may have been shorter.
		if index, err := strconv.Atoi(p.path[last]); err == nil && index < len(holder) {
			holder[index] = value
		}
	}
}

// `data-${ENV}` may be `data-prod` as a whole; otherwise the text is the variable's value.
func filledText(was, text string) string {
	places := variable.FindStringIndex(was)
	if places == nil {
		return was
	}
	if strings.HasPrefix(text, was[:places[0]]) && strings.HasSuffix(text, was[places[1]:]) {
		return text
	}
	return variable.ReplaceAllLiteralString(was, text)
}

func childOf(value any, key string) any {
	switch value := value.(type) {
	case map[string]any:
		return value[key]
	case []any:
		if index, err := strconv.Atoi(key); err == nil && index < len(value) {
			return value[index]
		}
	}
	return nil
}

func names(places []place) []string {
	var all []string
	for _, one := range places {
		if one.name != "" {
			all = append(all, one.name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
