#!/usr/bin/env bash
# Measures whole commands, files written, on folders NAME_SIZE/ that hold categories.csv (feature,value,min,max) and
# respondents.csv (id first), and prints the rows of BENCHMARKS.md. A transcript of each kind of draw is verified.
#
#   benches/compare.sh [-n RUNS] [-t SECONDS] FOLDER...                   draw, draw --spread 0, draw --lottery, verify
#   benches/compare.sh [-t SECONDS] -p SORTITION -j RULE:SOLVER FOLDER...  the peer's command `sortition`, once
#
# RUNS (default 3): the median is printed. SECONDS (default 180): a command is stopped after so long. Needs GNU time.
set -euo pipefail

runs=3 limit=180 peer='' job=maximin:mip
while getopts n:t:p:j: flag; do
  case $flag in
    n) runs=$OPTARG ;;
    t) limit=$OPTARG ;;
    p) peer=$OPTARG ;;
    j) job=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))

programs=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/target/release/examples
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# timed COMMAND...: "wall CPU MB" of one run, or nothing when it failed or was stopped; its output is in $tmp/text.
timed() {
  timeout "$limit" /usr/bin/time -o "$tmp/time" -f '%e %U %S %M' "$@" >"$tmp/text" 2>"$tmp/errors" || return 0
  awk '{printf "%.2f %.2f %.0f\n", $1, $2 + $3, $4 / 1024}' "$tmp/time"
}

# median COMMAND...: the run with the median wall time; with `fresh` in front of it the folder $tmp/out is emptied first.
median() {
  local before=: result
  if [ "$1" = fresh ]; then
    before="rm -rf $tmp/out"
    shift
  fi
  : >"$tmp/runs"
  for _ in $(seq "$runs"); do
    $before
    result=$(timed "$@")
    if [ -z "$result" ]; then
      echo "> $limit - -"
      return
    fi
    echo "$result" >>"$tmp/runs"
  done
  sort -n "$tmp/runs" | sed -n "$(((runs + 1) / 2))p"
}

# spread: compositions, largest weight and effective number, from the summary of the last draw.
spread() {
  awk '/^Compositions/ {c = $2} /^Largest weight/ {l = $3} /^Effective number/ {e = $3} END {print c, l, e}' "$tmp/text"
}

# accepted VERIFY...: ends the measurement when the transcript of the last draw is not accepted.
accepted() {
  "$@" >"$tmp/text" 2>&1 || {
    cat "$tmp/text" >&2
    exit 1
  }
}

ours() {
  local folder=$1 size=${1##*_} out=$tmp/out wall cpu memory
  local input=(--quotas "$folder/categories.csv" --pool "$folder/respondents.csv")
  local draw=("$programs/draw" "${input[@]}" --size "$size" --out "$out")
  local people=$(($(wc -l <"$folder/respondents.csv") - 1))
  local verify=("$programs/verify" "$out/transcript.json" "${input[@]}")

  rm -rf "$out"
  if [ -z "$(timed "${draw[@]}" --source "a public source")" ]; then
    echo "| $(basename "$folder") | $people/$size | not finished in $limit s: $(head -1 "$tmp/errors") |"
    return
  fi
  accepted "${verify[@]}"
  read -r wall cpu memory < <(median fresh "${draw[@]}" --source "a public source")
  local wide narrow plain
  wide=$(spread)
  plain=$(median fresh "${draw[@]}" --source "a public source" --spread 0)
  narrow=$(spread)
  accepted "${verify[@]}"
  rm -rf "$out"
  "${draw[@]}" --commit-only >"$tmp/text"
  local committed checked
  committed=$(median "$programs/draw" --lottery "$out/lottery.json" "${input[@]}" --source "a public source" --out "$out")
  checked=$(median "${verify[@]}")
  printf '| %s | %s | %s | %s | %s | %s · %s · %s | %s | %s · %s · %s | %s | %s |\n' "$(basename "$folder")" \
    "$people/$size" "$wall" "$cpu" "$memory" $wide "${plain%% *}" $narrow "${committed%% *}" "${checked%% *}"
}

theirs() {
  local folder=$1 size=${1##*_} id result
  id=$(head -1 "$folder/respondents.csv" | cut -d, -f1 | tr -d '\r')
  cat >"$tmp/settings.toml" <<TOML
id_column = "$id"
columns_to_keep = []
check_same_address = false
check_same_address_columns = []
selection_algorithm = "${job%%:*}"
solver_backend = "${job##*:}"
random_number_seed = 1
TOML
  result=$(timed "$peer" csv --no-progress -S "$tmp/settings.toml" -f "$folder/categories.csv" \
    -p "$folder/respondents.csv" -n "$size" -s "$tmp/selected.csv" -r "$tmp/remaining.csv")
  echo "| $(basename "$folder") | $job | ${result:-no answer in $limit s} |"
}

if [ -z "$peer" ]; then
  echo '| pool | people/seats | wall s | CPU s | MB | compositions · largest · effective | spread 0: wall s | compositions · largest · effective | from a committed lottery, s | verify, s |'
  echo '|---|---|---|---|---|---|---|---|---|---|'
  for folder in "$@"; do ours "${folder%/}"; done
else
  echo '| pool | rule and solver | wall s, CPU s, MB |'
  echo '|---|---|---|'
  for folder in "$@"; do theirs "${folder%/}"; done
fi
