"""Questions about an assessment: how sure it is, what would change it, and how weights are agreed."""
