"""The gate: what a caller demands of assessments, what a team has accepted, and whether it opens."""
