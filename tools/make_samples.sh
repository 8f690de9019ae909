#!/usr/bin/env bash
# Draws samples/pictures and samples/captures anew: plain pictures for `docexam read`, capture sets with their truth for trainers.
# Everything is drawn by `docexam specimen` from seeds; nothing in it is anybody's.
set -euo pipefail
cd "$(dirname "$0")/.."

docexam=.venv/bin/docexam
new=$(mktemp -d "${TMPDIR:-/tmp}/samples.XXXXXX")
trap 'rm -rf "$new"' EXIT

draw() { # what, folder, options...
    "$docexam" specimen "$1" "$new/$2" "${@:3}" >/dev/null
}

take() { # folder, picture in it, name in samples/pictures
    local found=("$new/$1"/*/"$2")
    cp "${found[0]}" "$new/samples/pictures/$3"
}

mkdir -p "$new/samples/pictures"
draw make photo --design uto-passport --seed 11 --device telephone --lights white --ppi 250
take photo white.jpg passport-telephone.jpg
draw make scan --design uto-passport --seed 4 --device camera-box --lights white --ppi 200
take scan white.jpg passport-reader.jpg
draw make cyrillic --design qmc-passport --seed 6 --device camera-box --lights white --ppi 200
take cyrillic white.jpg passport-cyrillic.jpg
draw make arabic --design qme-passport --seed 7 --device telephone --lights white --ppi 250
take arabic white.jpg passport-arabic-telephone.jpg
draw make card --design uto-card --seed 12 --device telephone --lights white --ppi 300 --pages back
take card white.jpg card-back-telephone.jpg
draw make visa --design qmb-visa --seed 13 --device camera-box --lights white --ppi 200
take visa white.jpg visa.jpg
draw forge digit --design uto-passport --attack mrz-character --severity 0.3 --seed 21 \
    --device camera-box --lights white --ppi 200
take digit white.jpg passport-altered-zone.jpg

draw make genuine --design uto-passport --seed 5 --device camera-box --lights white,ir,uv --ppi 300 \
    --wear 0.1 --sheet
draw forge forged --design uto-passport --attack photo-over-laminate,counterfeit-dye-inkjet-bright \
    --severity 0.8 --seed 8 --device camera-box --lights white,ir,uv --ppi 300 --sheet
mkdir -p "$new/samples/captures/truth"
for set in genuine forged; do
    name=$(cd "$new/$set" && ls -d */ | grep -v '^truth/' | head -n 1 | tr -d /)
    cp -r "$new/$set/$name" "$new/samples/captures/$set"
    cp "$new/$set/truth/$name.json" "$new/samples/captures/truth/$set.json"
    cp "$new/$set/truth/$name.png" "$new/samples/captures/truth/$set.png"
done
rm -rf samples/pictures samples/captures
mv "$new/samples/pictures" "$new/samples/captures" samples/
du -sh samples
