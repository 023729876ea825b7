"""Training loops: the visible one of five steps, and the fused one by closed-form gradients."""
