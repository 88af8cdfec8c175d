#!/bin/sh
# Builds the OpenTelemetry Collector that the profile "collector" tests against, with the Collector's own
# builder, from manifest.yaml. Usage: build.sh OUTPUT_DIRECTORY. The binary is OUTPUT_DIRECTORY/otelcol-plait.
# Does nothing when that binary was built from the manifest as it is now.
set -eu

BUILDER_VERSION=v0.165.0

here=$(cd "$(dirname "$0")" && pwd)
if [ $# -ne 1 ]; then
  echo "usage: $0 OUTPUT_DIRECTORY" >&2
  exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
binary=$out/otelcol-plait
built_from=$out/built-from

wanted=$(echo "builder $BUILDER_VERSION" && cat "$here/manifest.yaml")
if [ -x "$binary" ] && [ "$(cat "$built_from" 2>/dev/null)" = "$wanted" ]; then
  echo "$binary is up to date"
  exit 0
fi

PATH=$PATH:/usr/local/go/bin
if ! command -v go >/dev/null 2>&1; then
  echo "no Collector built: 'go' is neither on the PATH nor in /usr/local/go/bin (https://go.dev/dl/)" >&2
  exit 3
fi

# One compiler at a time and at low priority unless told otherwise: it shares the machine with the tests.
export GOMAXPROCS="${GOMAXPROCS:-1}" GOFLAGS="${GOFLAGS:--p=1}"
rm -f "$built_from"

builder=$out/bin/builder-$BUILDER_VERSION
if [ ! -x "$builder" ]; then
  GOBIN=$out/bin nice go install "go.opentelemetry.io/collector/cmd/builder@$BUILDER_VERSION"
  mv "$out/bin/builder" "$builder"
fi
cd "$out"
nice "$builder" --config "$here/manifest.yaml" --skip-compilation
cd "$out/source"
nice go build -ldflags=-s -o "$binary.part" .
mv "$binary.part" "$binary"
echo "$wanted" >"$built_from"
"$binary" --version
