#!/usr/bin/env bash
# The check of the GitHub Action. While the report for people is written, the runner reads no commands from it: words of
# an article stay words. The annotations come after that, escaped.
set -uo pipefail

scratch="$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/copydesk.XXXXXX")" || exit 2
arguments=(--out "github=$scratch/annotations")
if [ -n "${COPYDESK_SARIF:-}" ]; then arguments+=(--out "sarif=$COPYDESK_SARIF"); fi
if [ -n "${COPYDESK_HTML:-}" ]; then arguments+=(--out "html=$COPYDESK_HTML"); fi
if [ -n "${COPYDESK_DIFF:-}" ]; then arguments+=("--diff=$COPYDESK_DIFF"); fi
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${COPYDESK_ARGUMENTS:-}"
arguments+=(--)
while IFS= read -r line; do
  if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${COPYDESK_ARTICLES:-}"

token="$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')"
echo "::stop-commands::$token"
copydesk check "${arguments[@]}" 2>&1
code=$?
echo
echo "::$token::"
if [ -f "$scratch/annotations" ]; then cat "$scratch/annotations"; fi
rm -rf "$scratch"
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "exit-code=$code" >>"$GITHUB_OUTPUT"; fi
exit "$code"
