#!/usr/bin/env bash
# Builds the site in site/: pkgdown's pages for R, pdoc's for Python, and one index that leads to both.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly site="$PWD/site"
say() { printf 'docs: %s\n' "$*"; }
quietly() { "$@" >.dev/docs.log 2>&1 || { tail -n 40 .dev/docs.log; exit 1; }; }

rm -rf "$site" && mkdir "$site"

say "pages for R, by pkgdown"
quietly Rscript tools/site/pkgdown.R
rm -rf inst/python "$site"/r/reference/Rplot*.png
# Python's figures are named as seen from the document's folder, R's as seen from the page.
sed -i 's#\.\./site/r/articles/##g' "$site"/r/articles/*.html
# Pictures of an article's own, which pkgdown copies only where this folder's name is plain.
cp -r vignettes/*/ "$site/r/articles"

say "what the README leads to"
mkdir -p "$site"/r/benchmarks/results "$site"/r/inst/notebooks
cp inst/notebooks/lesson.ipynb "$site/r/inst/notebooks"
cp benchmarks/results/*.png "$site/r/benchmarks/results"
for text in benchmarks/README.md benchmarks/results/*.md; do
  up=../..; [[ $text != */results/* ]] || up=../../..
  quietly pandoc --standalone --metadata pagetitle="xorlab beside its peers" --variable fontsize=15px \
    --variable include-before="<p><a href=\"$up/index.html\">All pages</a></p>" --output "$site/r/${text%.md}.html" "$text"
done
sed -i -e 's#\.md"#.html"#g' -e 's#max-width: 36em#max-width: 64em#' "$site"/r/benchmarks/*.html "$site"/r/benchmarks/results/*.html
sed -i -E -e 's#vignettes/([a-z-]+)\.Rmd#articles/\1.html#g' -e 's#"NEWS\.html"#"news/index.html"#' \
  -e 's#"(benchmarks/results/[^"]*)\.md"#"\1.html"#' "$site"/r/index.html

say "pages for Python, by pdoc"
PYTHONPATH=python quietly .dev/venv/bin/python tools/site/pages.py --docformat numpy --template-directory tools/site/pdoc \
  --no-show-source --no-search --output-directory "$site/python" xorlab '!xorlab\..*'

say "the index"
cp tools/site/index.html "$site"
quietly Rscript -e 'library(xorlab)
  animate_xor(train_xor(seed = 1, snapshots = 0:100, verbose = FALSE), "site/learning.html")'
.dev/venv/bin/python tools/site/offline.py "$site"
# Whatever a page would load from elsewhere fails here, as a dead link does.
.dev/venv/bin/python tools/links.py "$site"
say "ready: site/index.html"
