#!/usr/bin/env bash
# The main job from nothing: learn what a genuine passport shows, draw a genuine and a forged one, examine both.
set -euo pipefail
cd "$(dirname "$0")/.."

docexam=.venv/bin/docexam
out=out/demo
rm -rf "$out/issued" "$out/models" "$out/captures" "$out/reports" "$out"/authority*.pem
mkdir -p "$out"
look=(--design uto-passport --lights white,ir,uv --device camera-box --ppi 400 --wear 0.1)

echo "Drawing five passports of Utopia, and learning from them what a genuine one shows ..."
"$docexam" specimen make "$out/issued" "${look[@]}" --count 5 --seed 101 >/dev/null
"$docexam" model enrol "$out/issued" --out "$out/models" --key "$out/authority.pem" --new-key --first-year 2021 >/dev/null

echo "Drawing a genuine and a forged one ..."
"$docexam" specimen make "$out/captures/genuine" "${look[@]}" --seed 5 --json >/dev/null
"$docexam" specimen forge "$out/captures/forged" "${look[@]}" --seed 8 --attack photo-under-laminate,viz-alteration --severity 0.6 --json >/dev/null
mv "$out"/captures/genuine/uto-* "$out/captures/genuine-passport"
mv "$out"/captures/forged/uto-* "$out/captures/forged-passport"

echo
code=0
"$docexam" examine "$out/captures/genuine-passport" "$out/captures/forged-passport" \
    --models "$out/models" --trust "$out/authority.pub.pem" --html "$out/reports" || code=$?
# Something to refer (1) is what a forged passport should give.
[ "$code" -le 1 ] || exit "$code"
echo "Both reports, to open in a browser: $out/reports"
