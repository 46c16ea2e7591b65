package main

import (
	"regexp"
	"strings"
)

// asFluxSays is an error's text as Flux in its cluster would have it: files are named as the repository
// names them, and the system's words are those of Linux.
func asFluxSays(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, root+"/", ""), root, ".")
	for _, each := range systemWords {
		text = each.of.ReplaceAllString(text, each.linux)
	}
	return text
}

// Go's words for the errors of WASI, and what the disk in memory says where another would say more.
var systemWords = []struct {
	of    *regexp.Regexp
	linux string
}{
	{regexp.MustCompile(`\bread (\S+): Bad file number`), "read $1: is a directory"},
	{regexp.MustCompile(`\blstat (\S+): Bad file number`), "lstat $1: no such file or directory"},
	{regexp.MustCompile(`: No such file or directory`), ": no such file or directory"},
	{regexp.MustCompile(`: Is a directory`), ": is a directory"},
	{regexp.MustCompile(`: Not a directory`), ": not a directory"},
}
