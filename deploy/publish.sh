#!/usr/bin/env bash
# Publishes the coordinator and the hospital's agent as self-contained programs: what lies in OUT runs on a Linux x64 machine
# that has neither an SDK nor a runtime. Needs the .NET 10 SDK here, and only here.
#
#   deploy/publish.sh [OUT]        OUT defaults to artifacts/publish
#
# OUT/fedmeta/         fedmeta, its systemd unit, its account          for the coordinator's machine
# OUT/fedmeta-client/  fedmeta-client, its systemd unit, its account   for a hospital's machine; holds no server code
# OUT/SHA256SUMS       of every file above; carry it by another way than the files
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-artifacts/publish}
runtime=linux-x64

# The build happens in a copy: a runtime for another machine is not part of the lock files, whose versions all stand in
# Directory.Packages.props as well.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r Directory.* BannedSymbols.txt .editorconfig deploy protos samples src "$copy/"
find "$copy" -name packages.lock.json -delete

mkdir -p "$out"
rm -rf "$out/fedmeta" "$out/fedmeta-client" "$out/SHA256SUMS"
publish() { # project, program
  dotnet publish "$copy/$1" -c Release -r "$runtime" --self-contained true -o "$out/$2" -v quiet --nologo \
    -p:PublishSingleFile=true -p:DebugType=none -p:GenerateDocumentationFile=false \
    -p:RestorePackagesWithLockFile=false -p:RestoreLockedMode=false
  rm -f "$out/$2"/*.pdb "$out/$2"/*.xml
  install -m 0644 "deploy/systemd/$2.service" "deploy/systemd/$2.sysusers" "$out/$2/"
}
publish src/Server fedmeta
publish src/Client fedmeta-client

# No file of one program's own code may lie in the other's folder.
[ ! -e "$out/fedmeta-client/fedmeta" ] || { echo "error: server code beside the agent" >&2; exit 1; }
(cd "$out" && find fedmeta fedmeta-client -type f -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)
du -sh "$out/fedmeta" "$out/fedmeta-client"
