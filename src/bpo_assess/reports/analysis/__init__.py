"""What an analysis found, from figures to a page: one file for each analysis."""
