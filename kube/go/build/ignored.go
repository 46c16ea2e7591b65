package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/sourceignore"
)

// dropIgnored removes what source-controller leaves out of the artefact (SourceIgnoreFilter of
// fluxcd/pkg/artifact): its defaults, or what .sourceignore files and spec.ignore of the source say
// in their place.
func dropIgnored(ignore *string) error {
	domain := strings.Split(root, string(filepath.Separator))
	patterns, err := sourceignore.LoadIgnorePatterns(root, domain)
	if err != nil {
		return err
	}
	if ignore != nil {
		patterns = append(patterns, sourceignore.ReadPatterns(strings.NewReader(*ignore), domain)...)
	}
	matcher := sourceignore.NewDefaultMatcher(nil, domain)
	if len(patterns) > 0 {
		matcher = sourceignore.NewMatcher(append(sourceignore.VCSPatterns(domain), patterns...))
	}
	var folders []string
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		if !matcher.Match(strings.Split(path, string(filepath.Separator)), entry.IsDir()) {
			return nil
		}
		if entry.IsDir() {
			folders = append(folders, path)
			return nil
		}
		return os.Remove(path)
	})
	// A folder whose files are taken back by a later pattern is not empty, and stays.
	for _, folder := range slices.Backward(folders) {
		_ = os.Remove(folder)
	}
	return err
}
