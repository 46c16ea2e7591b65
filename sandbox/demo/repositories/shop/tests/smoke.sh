#!/usr/bin/env bash
# Stands for the tests that would call the deployed shop.
set -euo pipefail
echo "Smoke test of $1: api, web and cache answer"
