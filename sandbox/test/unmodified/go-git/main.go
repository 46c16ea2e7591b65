// What a Flux controller or a delivery script does with go-git: clone, commit, push, fetch.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/plumbing/transport/http"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	url, directory := os.Args[1], os.Args[2]
	// Azure DevOps asks for multi_ack, which go-git holds back unless told (its own documents); with
	// "plain" it stays held back.
	if len(os.Args) < 4 || os.Args[3] != "plain" {
		transport.UnsupportedCapabilities = []capability.Capability{capability.ThinPack}
	}
	auth := &http.BasicAuth{Username: "any", Password: "sandbox-developer"}
	repository, err := git.PlainClone(directory, false, &git.CloneOptions{URL: url, Auth: auth})
	must(err)
	tree, err := repository.Worktree()
	must(err)
	branch := plumbing.NewBranchReferenceName("change")
	must(tree.Checkout(&git.CheckoutOptions{Branch: branch, Create: true}))
	must(os.WriteFile(filepath.Join(directory, "a.txt"), []byte("a\n"), 0o600))
	_, err = tree.Add("a.txt")
	must(err)
	author := &object.Signature{Name: "dev", Email: "dev@example.com", When: time.Now()}
	commit, err := tree.Commit("change", &git.CommitOptions{Author: author})
	must(err)
	spec := config.RefSpec(branch + ":" + branch)
	must(repository.Push(&git.PushOptions{Auth: auth, RefSpecs: []config.RefSpec{spec}}))
	again, err := git.PlainClone(directory+"-again", false, &git.CloneOptions{
		URL: url, Auth: auth, ReferenceName: branch, SingleBranch: true, Depth: 1,
	})
	must(err)
	head, err := again.Head()
	must(err)
	fmt.Println(commit.String(), head.Hash().String())
}
