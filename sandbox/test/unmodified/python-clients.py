"""What a delivery team does, by the vendor's Python client and by libgit2: prints JSON lines."""

import json
import os
import sys
import time

import pygit2
from azure.devops.connection import Connection
from azure.devops.v7_1.git.models import (
    GitPullRequest,
    GitPullRequestSearchCriteria,
    GitPullRequestStatus,
    GitStatusContext,
)
from azure.devops.v7_1.pipelines.models import RunPipelineParameters
from msrest.authentication import BasicAuthentication

url, directory = sys.argv[1], sys.argv[2]


def say(**found):
    print(json.dumps(found), flush=True)


connection = Connection(base_url=url, creds=BasicAuthentication("", "sandbox-developer"))
clients = connection.clients_v7_1
git = clients.get_git_client()
repository = git.get_repositories("shop")[0]
say(repositories=[repository.name])

credentials = pygit2.UserPass("any", "sandbox-developer")
callbacks = pygit2.RemoteCallbacks(credentials=credentials)
clone = pygit2.clone_repository(repository.remote_url, directory, callbacks=callbacks)
base = clone.revparse_single("HEAD")
with open(os.path.join(directory, "a.txt"), "w") as file:
    file.write("a\n")
clone.index.add("a.txt")
author = pygit2.Signature("dev", "dev@example.com")
tree = clone.index.write_tree()
commit = clone.create_commit("refs/heads/change", author, author, "change", tree, [base.id])
clone.remotes["origin"].push(["refs/heads/change"], callbacks=callbacks)
say(pushed=str(commit))

opened = git.create_pull_request(
    GitPullRequest(
        title="t", source_ref_name="refs/heads/change", target_ref_name="refs/heads/main"
    ),
    repository.id,
    project="shop",
)
git.create_pull_request_status(
    GitPullRequestStatus(
        state="succeeded", description="fine", context=GitStatusContext(name="check", genre="team")
    ),
    repository.id,
    opened.pull_request_id,
    project="shop",
)
git.update_pull_request(
    GitPullRequest(status="completed", last_merge_source_commit=opened.last_merge_source_commit),
    repository.id,
    opened.pull_request_id,
    project="shop",
)
for _ in range(100):
    shown = git.get_pull_request_by_id(opened.pull_request_id, project="shop")
    if shown.status == "completed":
        break
    time.sleep(0.1)
say(source=opened.last_merge_source_commit.commit_id, status=shown.status)
active = git.get_pull_requests(
    repository.id, GitPullRequestSearchCriteria(status="active"), project="shop"
)
say(active=len(active))

pipelines = clients.get_pipelines_client()
say(pipelines=[one.name for one in pipelines.list_pipelines("shop")])
run = pipelines.run_pipeline(RunPipelineParameters(), "shop", 1)
build = clients.get_build_client()
for _ in range(300):
    found = build.get_build("shop", run.id)
    if found.status == "completed":
        break
    time.sleep(0.1)
say(result=found.result, artifacts=[one.name for one in build.get_artifacts("shop", run.id)])
groups = clients.get_task_agent_client().get_variable_groups("shop")
say(groups=[one.name for one in groups])
try:
    clients.get_work_item_tracking_client().get_queries("shop")
    say(absent="answered")
except Exception as error:
    say(absent=str(error))
