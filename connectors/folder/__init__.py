"""The drop folder: what a department puts into its inbox is handed in, and comes back with a receipt."""
