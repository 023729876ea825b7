# Read by the documents here, where it lies beside them: all of their pictures in 64 colours, which
# take a quarter of the room. By Pillow, which comes with matplotlib.
knitr::knit_hooks$set(document = function(x) {
  pillow <- reticulate::import("PIL.Image")
  for (file in dir(dirname(knitr::fig_path()), "[.]png$", full.names = TRUE)) {
    pillow$open(file)$convert("RGB")$quantize(64L)$save(file, optimize = TRUE)
  }
  x
})
