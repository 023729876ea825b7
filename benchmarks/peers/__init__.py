"""Everything that does the job of `benchmarks.job`: ours, and what else a user could pick."""
